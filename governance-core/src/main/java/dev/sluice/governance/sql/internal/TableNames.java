package dev.sluice.governance.sql.internal;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.CatalogPath;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalModes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.sf.jsqlparser.schema.Database;
import net.sf.jsqlparser.schema.Table;

/// Which of some tables a name in a statement means. In doubt it refuses.
final class TableNames {

  private final Dialect dialect;
  private final CatalogSnapshot catalog;
  private final Set<TableRef> replaced;
  private final SourceMap places;

  TableNames(Dialect dialect, CatalogSnapshot catalog, Set<TableRef> replaced, SourceMap places) {
    this.dialect = dialect;
    this.catalog = catalog;
    this.replaced = replaced;
    this.places = places;
  }

  /// The relation to be replaced that a name means, if it means one.
  Optional<TableRef> resolve(Table table, Map<String, Boolean> common) {
    String name = fold(table.getName());
    if (dialect == Dialect.TRINO && table.getSchemaName() != null) {
      return find(inTrino(table), name, table);
    }
    if (table.getDatabaseName() != null || table.getNameParts().size() > 2) {
      if (anyNamed(name)) {
        throw NotAtSource.at(
            places,
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
        throw NotAtSource.at(
            places,
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
      throw NotAtSource.at(
          places,
          table,
          "It is not certain which table " + name + " means.",
          "Name the table with its schema.");
    }
    return Optional.empty();
  }

  private String inTrino(Table table) {
    String schema = fold(table.getSchemaName());
    Database database = table.getDatabase();
    return database == null || database.getDatabaseName() == null
        ? CatalogPath.inSession(schema, catalog)
        : fold(database.getDatabaseName()) + "." + schema;
  }

  private Optional<TableRef> find(String schema, String name, Table table) {
    Optional<Relation> relation = lookUp(schema, name);
    if (relation.isPresent()) {
      return relevant(relation.get());
    }
    if (anyNamed(name) && !exactNames()) {
      throw NotAtSource.at(
          places,
          table,
          "It is not certain which table " + schema + "." + name + " means.",
          "Name the table as the catalog spells it.");
    }
    return Optional.empty();
  }

  private Optional<TableRef> relevant(Relation relation) {
    if (replaced.contains(relation.ref())) {
      return Optional.of(relation.ref());
    }
    return relation.isView() && reachesReplaced(relation, 0)
        ? Optional.of(relation.ref())
        : Optional.empty();
  }

  /// Whether a view's text names a replaced table, or a view that does. Names are enough: to expand
  /// a view needlessly changes nothing, and expanding decides.
  private boolean reachesReplaced(Relation view, int level) {
    if (level > TableSubstitution.DEEPEST_VIEW || view.definition().isEmpty()) {
      return true;
    }
    Set<String> names = new TreeSet<>();
    Lexer.lex(view.definition().get(), dialect, LexicalModes.SERVER_DEFAULTS)
        .significant()
        .forEach(token -> names.add(token.value().toLowerCase(Locale.ROOT)));
    if (replaced.stream()
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
    return replaced.stream().anyMatch(table -> table.name().equalsIgnoreCase(name));
  }

  private boolean exactNames() {
    return dialect == Dialect.POSTGRESQL;
  }

  String key(String name) {
    return exactNames() ? name : name.toLowerCase(Locale.ROOT);
  }

  /// A name as the engine takes it: quotes off, and folded when it had none.
  String fold(String name) {
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

  String quoted(TableRef ref) {
    return CatalogPath.of(ref.schema(), dialect).stream()
            .map(part -> quoted(part) + ".")
            .collect(Collectors.joining())
        + quoted(ref.name());
  }

  String quoted(String name) {
    return switch (dialect) {
      case MYSQL, MARIADB -> "`" + name.replace("`", "``") + "`";
      case SQLSERVER -> "[" + name.replace("]", "]]") + "]";
      case POSTGRESQL, SQLITE, DUCKDB, TRINO, ANSI -> "\"" + name.replace("\"", "\"\"") + "\"";
    };
  }
}
