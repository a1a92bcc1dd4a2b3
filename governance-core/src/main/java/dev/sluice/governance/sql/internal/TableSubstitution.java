package dev.sluice.governance.sql.internal;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.AtSourceRewriter.Rewrite;
import dev.sluice.governance.sql.AtSourceRewriter.Substitute;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.create.table.ColDataType;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.merge.Merge;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.WithItem;
import net.sf.jsqlparser.statement.update.Update;
import org.jspecify.annotations.Nullable;

/// Replaces tables in one tree, in place.
///
/// The walk follows every field of every node, so no kind of node can hide a table; a table found
/// where it is neither read in a FROM clause nor the qualifier of a column is refused.
final class TableSubstitution {

  private static final Set<String> SYSTEM_COLUMNS =
      Set.of(
          "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "oid", "rowid", "_rowid_", "rownum");

  static final int DEEPEST_VIEW = 16;

  private final Dialect dialect;
  private final CatalogSnapshot catalog;
  private final Map<TableRef, Substitute> substitutes = new LinkedHashMap<>();
  private final SourceMap places;
  private final ParserWorker worker;
  private final int depth;
  private final TableNames names;
  private final SubstituteText text;
  private final Set<TableRef> replaced = new TreeSet<>();
  private final Set<TableRef> shadowed = new TreeSet<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Column> columns = new ArrayList<>();
  private @Nullable Object locking;
  private @Nullable Object writing;

  TableSubstitution(
      Dialect dialect,
      CatalogSnapshot catalog,
      List<Substitute> substitutes,
      SourceMap places,
      ParserWorker worker) {
    this(dialect, catalog, substitutes, places, worker, 0);
  }

  private TableSubstitution(
      Dialect dialect,
      CatalogSnapshot catalog,
      List<Substitute> substitutes,
      SourceMap places,
      ParserWorker worker,
      int depth) {
    this.dialect = dialect;
    this.catalog = catalog;
    substitutes.forEach(substitute -> this.substitutes.put(substitute.table(), substitute));
    this.places = places;
    this.worker = worker;
    this.depth = depth;
    this.names = new TableNames(dialect, catalog, this.substitutes.keySet(), places);
    this.text = new SubstituteText(dialect, names, places, worker);
  }

  Set<TableRef> replaced() {
    return replaced;
  }

  void apply(Statement statement) {
    visit(statement, null, Map.of());
    if (replaced.isEmpty() && shadowed.isEmpty()) {
      return;
    }
    if (writing != null) {
      refuseWrite(writing);
    }
    if (locking != null) {
      throw refused(
          locking,
          "Rows of a table that shows masked values cannot be locked.",
          "Leave out the locking clause.");
    }
    for (Column column : columns) {
      String name = names.fold(column.getColumnName());
      if (SYSTEM_COLUMNS.contains(name.toLowerCase(Locale.ROOT)) && !anyTableHas(name)) {
        throw refused(
            column,
            "The system column " + name + " does not exist where masked values are read.",
            "Use the primary key.");
      }
    }
  }

  private boolean anyTableHas(String column) {
    return catalog.relations().stream()
        .flatMap(relation -> relation.columns().stream())
        .anyMatch(found -> found.name().equalsIgnoreCase(column));
  }

  /// @param common names of common table expressions in scope; true for those that a name may not
  ///     refer to without doubt
  private void visit(@Nullable Object node, @Nullable Object holder, Map<String, Boolean> common) {
    if (node == null || !NodeFields.isNode(node)) {
      return;
    }
    if (node instanceof Table table) {
      visitTable(table, holder, common);
      return;
    }
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case Insert insert -> writing = insert;
      case Update update -> writing = update;
      case Delete delete -> writing = delete;
      case Merge merge -> writing = merge;
      case Column column -> columns.add(column);
      case ColDataType type -> checkType(type);
      case Select select when select.getForMode() != null || select.getForUpdateTables() != null ->
          locking = select;
      default -> {
        // every other kind of node matters only for what it holds
      }
    }
    Map<String, Boolean> scope = scopeOf(node, common);
    for (Object child : NodeFields.childrenOf(node)) {
      visit(child, node, scope);
    }
    replaceIn(node, scope);
  }

  private void refuseWrite(Object node) {
    throw refused(
        node,
        "A statement that writes cannot be given masked values in place of a table.",
        "Read the table in a statement of its own.");
  }

  private void checkType(ColDataType type) {
    String name = names.fold(String.valueOf(type.getDataType()));
    for (TableRef table : substitutes.keySet()) {
      if (table.name().equalsIgnoreCase(name)) {
        throw refused(
            type,
            "A row with masked values is not of the type " + table.dotted() + ".",
            "Leave out the cast.");
      }
    }
  }

  /// Visits the common table expressions of a query in order and returns the names its body sees.
  private Map<String, Boolean> scopeOf(Object node, Map<String, Boolean> common) {
    List<WithItem<?>> items = node instanceof Select select ? select.getWithItemsList() : null;
    if (items == null || items.isEmpty()) {
      return common;
    }
    boolean recursive = items.stream().anyMatch(WithItem::isRecursive);
    Map<String, Boolean> scope = new HashMap<>(common);
    for (int i = 0; i < items.size(); i++) {
      Map<String, Boolean> inItem = new HashMap<>(scope);
      for (int later = i; later < items.size(); later++) {
        boolean self = later == i;
        inItem.put(nameOf(items.get(later)), !(recursive && self));
      }
      visit(items.get(i), node, inItem);
      scope.put(nameOf(items.get(i)), false);
    }
    return scope;
  }

  private String nameOf(WithItem<?> item) {
    return names.key(names.fold(String.valueOf(item.getAliasName())));
  }

  /// A table anywhere but in a FROM clause.
  private void visitTable(Table table, @Nullable Object holder, Map<String, Boolean> common) {
    if (holder instanceof Column || holder instanceof AllTableColumns) {
      Optional<TableRef> qualified =
          table.getSchemaName() == null ? Optional.empty() : names.resolve(table, Map.of());
      qualified.ifPresent(
          ref -> {
            table.setNameParts(List.of(table.getName()));
            replaced.add(ref);
          });
      return;
    }
    boolean read =
        holder instanceof PlainSelect
            || holder instanceof Join
            || holder instanceof ParenthesedFromItem;
    if (!read && names.resolve(table, common).isPresent()) {
      throw refused(
          table,
          table.getName() + " cannot be replaced by masked values here.",
          "Read it in the FROM clause of a SELECT.");
    }
  }

  private void replaceIn(Object node, Map<String, Boolean> common) {
    switch (node) {
      case PlainSelect select -> {
        if (select.getIntoTables() != null) {
          for (Table into : select.getIntoTables()) {
            if (names.resolve(into, Map.of()).isPresent()) {
              refuseWrite(into);
            }
          }
        }
        checkGrouping(select, common);
        FromItem before = select.getFromItem();
        if (before != null) {
          select.setFromItem(replaced(before, common));
          if ((select.getFromItem() instanceof SubstitutedTable || isShadowed(before, common))
              && (select.isUsingOnly() || select.isUsingFinal())) {
            throw refused(
                before,
                "ONLY and FINAL do not apply where masked values are read.",
                "Leave the word out.");
          }
        }
      }
      case Join join -> join.setRightItem(replaced(join.getRightItem(), common));
      case ParenthesedFromItem parenthesed ->
          parenthesed.setFromItem(replaced(parenthesed.getFromItem(), common));
      default -> {
        // nothing is read here
      }
    }
  }

  private FromItem replaced(FromItem item, Map<String, Boolean> common) {
    if (!(item instanceof Table table)) {
      return item;
    }
    Optional<TableRef> found = names.resolve(table, common);
    if (found.isEmpty()) {
      return item;
    }
    TableRef ref = found.get();
    checkPlain(table, ref);
    Substitute substitute = substitutes.get(ref);
    if (substitute == null) {
      return expandedView(table, ref);
    }
    return switch (substitute) {
      case Substitute.Derived derived -> {
        replaced.add(ref);
        yield text.derived(table, relation(table, ref), derived);
      }
      case Substitute.Renamed renamed -> {
        replaced.add(ref);
        yield new SubstitutedTable(names.quoted(renamed.to()), text.aliasOf(table, List.of()));
      }
      case Substitute.Shadowed view when table.getSchemaName() == null -> {
        shadowed.add(ref);
        yield table;
      }
      case Substitute.Shadowed view -> {
        replaced.add(ref);
        yield new SubstitutedTable(names.quoted(view.to()), text.aliasOf(table, List.of()));
      }
    };
  }

  private void checkGrouping(PlainSelect select, Map<String, Boolean> common) {
    if (dialect != Dialect.POSTGRESQL || select.getGroupBy() == null) {
      return;
    }
    for (FromItem item : GroupedByKey.sources(select)) {
      if (item instanceof Table table) {
        names
            .resolve(table, common)
            .filter(substitutes::containsKey)
            .flatMap(catalog::find)
            .flatMap(relation -> GroupedByKey.ungrouped(select, table, relation, names))
            .ifPresent(
                column -> {
                  throw refused(
                      column,
                      table.getName()
                          + " shows masked values and has no primary key there, so "
                          + column.getColumnName()
                          + " is not decided by the grouping.",
                      "Add " + column.getColumnName() + " to GROUP BY.");
                });
      }
    }
  }

  private boolean isShadowed(FromItem item, Map<String, Boolean> common) {
    return item instanceof Table table
        && names.resolve(table, common).map(substitutes::get).orElse(null)
            instanceof Substitute.Shadowed;
  }

  /// A table with nothing but an alias; options such as samples would not survive.
  private void checkPlain(Table table, TableRef ref) {
    Alias alias = table.getAlias();
    String plain = table.getFullyQualifiedName() + (alias == null ? "" : alias.toString());
    if (!table.toString().equals(plain)) {
      throw refused(
          table,
          ref.dotted() + " shows masked values, so samples, hints and the like do not apply.",
          "Name the table and its alias only.");
    }
  }

  /// A view over replaced tables is read through its definition, rewritten in its turn.
  private FromItem expandedView(Table table, TableRef ref) {
    Relation view = relation(table, ref);
    String definition = view.definition().orElse("");
    Rewrite rewrite = rewriteView(definition, table, ref);
    List<String> columnNames = view.columns().stream().map(CatalogColumn::name).toList();
    return switch (rewrite) {
      case Rewrite.Refused refused ->
          throw refused(
              table,
              "The view "
                  + ref.dotted()
                  + " cannot be given masked values: "
                  + refused.refusal().message(),
              "Query its tables.");
      // Its text holds the name of a masked table, but not as that of a table it reads.
      case Rewrite.Unchanged unchanged -> table;
      case Rewrite.Rewritten rewritten -> {
        replaced.addAll(rewritten.tables());
        yield new SubstitutedTable("(" + rewritten.text() + ")", text.aliasOf(table, columnNames));
      }
    };
  }

  private Rewrite rewriteView(String definition, Table table, TableRef ref) {
    if (definition.isBlank() || depth >= DEEPEST_VIEW) {
      throw refused(
          table, "The view " + ref.dotted() + " cannot be expanded.", "Query its tables.");
    }
    GateResult result = Gate.read(StatementText.of(definition), dialect, worker);
    return switch (result) {
      case GateResult.Refused refused -> new Rewrite.Refused(refused.refusal());
      case GateResult.Recognised recognised ->
          throw refused(
              table, "The definition of " + ref.dotted() + " is not a query.", "Query its tables.");
      case GateResult.Parsed parsed -> {
        TableSubstitution inner =
            new TableSubstitution(
                dialect,
                catalog,
                List.copyOf(substitutes.values()),
                parsed.sources(),
                worker,
                depth + 1);
        try {
          inner.apply(parsed.statement());
        } catch (NotAtSource unsupported) {
          yield new Rewrite.Refused(unsupported.refusal());
        }
        yield inner.replaced().isEmpty()
            ? new Rewrite.Unchanged()
            : new Rewrite.Rewritten(
                TreeReader.printed(
                    parsed.statement(),
                    dialect,
                    dev.sluice.governance.sql.LexicalModes.SERVER_DEFAULTS),
                inner.replaced());
      }
    };
  }

  private Relation relation(Table table, TableRef ref) {
    return catalog
        .find(ref)
        .orElseThrow(
            () ->
                refused(
                    table,
                    "The columns of " + ref.dotted() + " are not known.",
                    "Read the catalog again."));
  }

  private NotAtSource refused(Object node, String message, String wayOut) {
    return NotAtSource.at(places, node, message, wayOut);
  }
}
