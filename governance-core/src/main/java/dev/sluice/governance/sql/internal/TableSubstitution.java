package dev.sluice.governance.sql.internal;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.AtSourceRewriter.Rewrite;
import dev.sluice.governance.sql.AtSourceRewriter.Substitute;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Refusal;
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

  private static final int DEEPEST_VIEW = 16;

  private final Dialect dialect;
  private final CatalogSnapshot catalog;
  private final Map<TableRef, Substitute> substitutes = new LinkedHashMap<>();
  private final SourceMap places;
  private final ParserWorker worker;
  private final int depth;
  private final Set<TableRef> replaced = new TreeSet<>();
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
  }

  /// Why a statement cannot be rewritten.
  static final class Unsupported extends RuntimeException {
    private final transient Refusal refusal;

    Unsupported(Refusal refusal) {
      super(refusal.message());
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }

  Set<TableRef> replaced() {
    return replaced;
  }

  void apply(Statement statement) {
    visit(statement, null, Map.of());
    if (replaced.isEmpty()) {
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
      String name = fold(column.getColumnName());
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
    String name = fold(String.valueOf(type.getDataType()));
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
    return key(fold(String.valueOf(item.getAliasName())));
  }

  /// A table anywhere but in a FROM clause.
  private void visitTable(Table table, @Nullable Object holder, Map<String, Boolean> common) {
    if (holder instanceof Column || holder instanceof AllTableColumns) {
      if (table.getSchemaName() != null && resolve(table, Map.of()).isPresent()) {
        table.setNameParts(List.of(table.getName()));
      }
      return;
    }
    boolean read =
        holder instanceof PlainSelect
            || holder instanceof Join
            || holder instanceof ParenthesedFromItem;
    if (!read && resolve(table, common).isPresent()) {
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
            if (resolve(into, Map.of()).isPresent()) {
              refuseWrite(into);
            }
          }
        }
        FromItem before = select.getFromItem();
        if (before != null) {
          select.setFromItem(replaced(before, common));
          if (select.getFromItem() != before && (select.isUsingOnly() || select.isUsingFinal())) {
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
    Optional<TableRef> found = resolve(table, common);
    if (found.isEmpty()) {
      return item;
    }
    TableRef ref = found.get();
    checkPlain(table, ref);
    Substitute substitute = substitutes.get(ref);
    if (substitute == null) {
      return expandedView(table, ref);
    }
    replaced.add(ref);
    return switch (substitute) {
      case Substitute.Derived derived -> derived(table, relation(table, ref), derived);
      case Substitute.Renamed renamed ->
          new SubstitutedTable(quoted(renamed.to()), aliasOf(table, List.of()));
    };
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

  private FromItem derived(Table table, Relation relation, Substitute.Derived derived) {
    List<String> items = new ArrayList<>();
    for (CatalogColumn column : relation.columns()) {
      String expression = derived.columns().get(column.name());
      String name = quoted(column.name());
      items.add(expression == null ? name : expression + " AS " + name);
    }
    StringBuilder source = new StringBuilder("(SELECT ").append(String.join(", ", items));
    source.append(" FROM ").append(quoted(relation.ref()));
    derived
        .rowFilter()
        .ifPresent(
            filter ->
                source.append(" WHERE (").append(checked(filter)).append(")").append(fence()));
    source.append(')');
    return new SubstitutedTable(source.toString(), aliasOf(table, List.of()));
  }

  /// A condition that closes every bracket it opens and holds nothing but a condition.
  private String checked(String filter) {
    String probe = "SELECT 1 FROM t WHERE (" + filter + ")";
    GateResult result =
        Gate.read(dev.sluice.governance.sql.StatementText.of(probe), dialect, worker);
    if (result instanceof GateResult.Parsed parsed
        && parsed.statement() instanceof PlainSelect select
        && select.getWhere()
            instanceof
            net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList<?>
        && select.getGroupBy() == null
        && select.getOrderByElements() == null) {
      String where = select.getWhere().toString();
      return where.substring(1, where.length() - 1);
    }
    throw new Unsupported(
        new Refusal(
            "row-filter",
            "A row filter of the policy is not understood.",
            places.all(),
            "The policy must be corrected."));
  }

  /// Keeps the statement's own conditions from being tried on rows that the filter hides.
  private String fence() {
    return switch (dialect) {
      case POSTGRESQL, DUCKDB -> " OFFSET 0";
      case MYSQL, MARIADB -> " LIMIT 18446744073709551615";
      case SQLITE -> " LIMIT -1";
      case SQLSERVER, TRINO, ANSI -> "";
    };
  }

  /// A view over replaced tables is read through its definition, rewritten in its turn.
  private FromItem expandedView(Table table, TableRef ref) {
    Relation view = relation(table, ref);
    String definition = view.definition().orElse("");
    Rewrite rewrite = rewriteView(definition, table, ref);
    List<String> names = view.columns().stream().map(CatalogColumn::name).toList();
    return switch (rewrite) {
      case Rewrite.Refused refused ->
          throw refused(
              table,
              "The view "
                  + ref.dotted()
                  + " cannot be given masked values: "
                  + refused.refusal().message(),
              "Query its tables.");
      case Rewrite.Unchanged unchanged ->
          throw refused(
              table,
              "The view " + ref.dotted() + " reads masked tables in a way that is not understood.",
              "Query its tables.");
      case Rewrite.Rewritten rewritten -> {
        replaced.addAll(rewritten.tables());
        yield new SubstitutedTable("(" + rewritten.text() + ")", aliasOf(table, names));
      }
    };
  }

  private Rewrite rewriteView(String definition, Table table, TableRef ref) {
    if (definition.isBlank() || depth >= DEEPEST_VIEW) {
      throw refused(
          table, "The view " + ref.dotted() + " cannot be expanded.", "Query its tables.");
    }
    GateResult result =
        Gate.read(dev.sluice.governance.sql.StatementText.of(definition), dialect, worker);
    return switch (result) {
      case GateResult.Refused refused -> new Rewrite.Refused(refused.refusal());
      case GateResult.Recognised recognised -> new Rewrite.Unchanged();
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
        } catch (Unsupported unsupported) {
          yield new Rewrite.Refused(unsupported.refusal());
        }
        yield inner.replaced().isEmpty()
            ? new Rewrite.Unchanged()
            : new Rewrite.Rewritten(
                BorrowedOperators.giveBack(parsed.statement().toString(), dialect),
                inner.replaced());
      }
    };
  }

  private Alias aliasOf(Table table, List<String> columnNames) {
    Alias alias = table.getAlias();
    if (alias != null && (alias.getAliasColumns() != null || columnNames.isEmpty())) {
      return alias;
    }
    Alias own = alias == null ? new Alias(table.getName(), true) : alias;
    if (!columnNames.isEmpty() && dialect != Dialect.SQLITE) {
      own.addAliasColumns(columnNames.stream().map(this::quoted).toArray(String[]::new));
    }
    return own;
  }

  /// The relation to be replaced that a name means, if it means one.
  private Optional<TableRef> resolve(Table table, Map<String, Boolean> common) {
    String name = fold(table.getName());
    if (table.getDatabaseName() != null || table.getNameParts().size() > 2) {
      if (anyNamed(name)) {
        throw refused(
            table,
            "A name of three parts is not resolved for " + name + ".",
            "Name the table with its schema only.");
      }
      return Optional.empty();
    }
    if (table.getSchemaName() != null) {
      return find(fold(table.getSchemaName()), name, table);
    }
    Boolean doubtful = common.get(key(name));
    if (doubtful != null) {
      if (doubtful && anyNamed(name)) {
        throw refused(
            table,
            name + " may mean a table or a common table expression here.",
            "Give the common table expression another name.");
      }
      if (!doubtful) {
        return Optional.empty();
      }
    }
    for (String schema : catalog.searchPath()) {
      Optional<Relation> relation = lookUp(schema, name);
      if (relation.isPresent()) {
        return relevant(relation.get());
      }
    }
    if (anyNamed(name)) {
      throw refused(
          table,
          "It is not certain which table " + name + " means.",
          "Name the table with its schema.");
    }
    return Optional.empty();
  }

  private Optional<TableRef> find(String schema, String name, Table table) {
    Optional<Relation> relation = lookUp(schema, name);
    if (relation.isPresent()) {
      return relevant(relation.get());
    }
    if (anyNamed(name) && !exactNames()) {
      throw refused(
          table,
          "It is not certain which table " + schema + "." + name + " means.",
          "Name the table as the catalog spells it.");
    }
    return Optional.empty();
  }

  private Optional<TableRef> relevant(Relation relation) {
    if (substitutes.containsKey(relation.ref())) {
      return Optional.of(relation.ref());
    }
    return relation.isView() && reachesReplaced(relation, 0)
        ? Optional.of(relation.ref())
        : Optional.empty();
  }

  /// Whether a view's text names a replaced table, or a view that does. Names are enough: to expand
  /// a view needlessly changes nothing, and expanding decides.
  private boolean reachesReplaced(Relation view, int level) {
    if (level > DEEPEST_VIEW || view.definition().isEmpty()) {
      return true;
    }
    Set<String> names = new TreeSet<>();
    dev.sluice.governance.sql.Lexer.lex(
            view.definition().get(),
            dialect,
            dev.sluice.governance.sql.LexicalModes.SERVER_DEFAULTS)
        .significant()
        .forEach(token -> names.add(token.value().toLowerCase(Locale.ROOT)));
    if (substitutes.keySet().stream()
        .anyMatch(table -> names.contains(table.name().toLowerCase(Locale.ROOT)))) {
      return true;
    }
    return catalog.relations().stream()
        .filter(Relation::isView)
        .filter(other -> !other.ref().equals(view.ref()))
        .filter(other -> names.contains(other.ref().name().toLowerCase(Locale.ROOT)))
        .anyMatch(other -> reachesReplaced(other, level + 1));
  }

  private Optional<Relation> lookUp(String schema, String name) {
    Optional<Relation> exact = catalog.find(new TableRef(schema, name));
    if (exact.isPresent() || exactNames()) {
      return exact;
    }
    return catalog.relations().stream()
        .filter(relation -> relation.ref().schema().equalsIgnoreCase(schema))
        .filter(relation -> relation.ref().name().equalsIgnoreCase(name))
        .findFirst();
  }

  private boolean anyNamed(String name) {
    return substitutes.keySet().stream().anyMatch(table -> table.name().equalsIgnoreCase(name));
  }

  private boolean exactNames() {
    return dialect == Dialect.POSTGRESQL;
  }

  private String key(String name) {
    return exactNames() ? name : name.toLowerCase(Locale.ROOT);
  }

  /// A name as the engine takes it: quotes off, and folded when it had none.
  private String fold(String name) {
    if (name.length() >= 2) {
      char first = name.charAt(0);
      char last = name.charAt(name.length() - 1);
      if ((first == '"' || first == '`') && last == first) {
        String quote = String.valueOf(first);
        return name.substring(1, name.length() - 1).replace(quote + quote, quote);
      }
      if (first == '[' && last == ']') {
        return name.substring(1, name.length() - 1).replace("]]", "]");
      }
    }
    return exactNames() ? name.toLowerCase(Locale.ROOT) : name;
  }

  private String quoted(TableRef ref) {
    return ref.schema().isEmpty()
        ? quoted(ref.name())
        : quoted(ref.schema()) + "." + quoted(ref.name());
  }

  private String quoted(String name) {
    return switch (dialect) {
      case MYSQL, MARIADB -> "`" + name.replace("`", "``") + "`";
      case SQLSERVER -> "[" + name.replace("]", "]]") + "]";
      case POSTGRESQL, SQLITE, DUCKDB, TRINO, ANSI -> "\"" + name.replace("\"", "\"\"") + "\"";
    };
  }

  private Unsupported refused(Object node, String message, String wayOut) {
    return new Unsupported(new Refusal("not-at-source", message, places.spanOf(node), wayOut));
  }
}
