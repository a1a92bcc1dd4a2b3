package dev.sluice.server.execution;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.ChangedTable;
import dev.sluice.governance.sql.Dialect;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The texts of the server's own queries for the rows of a change. Every value is asked for as the
/// database's text of it.
final class RowQueries {

  /// More rows than this are not kept.
  static final int MOST = 500;

  private final Dialect dialect;
  private final Relation table;

  RowQueries(Dialect dialect, Relation table) {
    this.dialect = dialect;
    this.table = table;
  }

  boolean postgresql() {
    return dialect == Dialect.POSTGRESQL;
  }

  /// The rows that a condition chooses, as another session sees them.
  String chosen(ChangedTable change) {
    return "SELECT "
        + texts(change.qualifier())
        + " FROM "
        + change.from()
        + change.where().map(where -> " WHERE " + where).orElse("")
        + " LIMIT "
        + (MOST + 1);
  }

  /// Rows by their primary key.
  ///
  /// @param rows by ordinal of the table's columns
  String byKey(List<List<@Nullable String>> rows) {
    return "SELECT "
        + texts(name(table.ref()))
        + " FROM "
        + name(table.ref())
        + " WHERE "
        + rows.stream().map(this::keyOf).collect(Collectors.joining(" OR "));
  }

  /// PostgreSQL: rows that the transaction under way wrote.
  String written() {
    return "SELECT "
        + texts(name(table.ref()))
        + " FROM "
        + name(table.ref())
        + " WHERE xmin = pg_catalog.pg_current_xact_id()::xid LIMIT "
        + (MOST + 1);
  }

  private String keyOf(List<@Nullable String> row) {
    return table.primaryKey().stream()
        .map(column -> name(column) + " = " + literal(row.get(ordinal(column))))
        .collect(Collectors.joining(" AND ", "(", ")"));
  }

  int ordinal(String column) {
    List<CatalogColumn> columns = table.columns();
    for (int index = 0; index < columns.size(); index++) {
      if (columns.get(index).name().equals(column)) {
        return index;
      }
    }
    throw new IllegalArgumentException("The primary key is of a column that is not there.");
  }

  private String texts(String qualifier) {
    return table.columns().stream()
        .map(
            column ->
                postgresql()
                    ? qualifier + "." + name(column.name()) + "::pg_catalog.text"
                    : "CAST(" + qualifier + "." + name(column.name()) + " AS CHAR)")
        .collect(Collectors.joining(", "));
  }

  String name(TableRef ref) {
    return name(ref.schema()) + "." + name(ref.name());
  }

  String name(String name) {
    return name(dialect, name);
  }

  static String name(Dialect dialect, String name) {
    return dialect == Dialect.POSTGRESQL
        ? "\"" + name.replace("\"", "\"\"") + "\""
        : "`" + name.replace("`", "``") + "`";
  }

  /// @throws IllegalArgumentException for text whose literal would depend on the session
  static String literal(@Nullable String value) {
    if (value == null) {
      return "NULL";
    }
    if (value.indexOf('\\') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("A literal with a backslash depends on the session.");
    }
    return "'" + value.replace("'", "''") + "'";
  }
}
