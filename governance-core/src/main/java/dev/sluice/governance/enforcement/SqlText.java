package dev.sluice.governance.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.CatalogPath;
import dev.sluice.governance.sql.Dialect;
import java.util.stream.Collectors;

/// Names and literals as SQL.
final class SqlText {

  private SqlText() {}

  /// A delimited identifier.
  ///
  /// @throws IllegalArgumentException for a name with a NUL, which no engine can hold
  static String name(Dialect dialect, String name) {
    if (name.indexOf('\0') >= 0 || name.isEmpty()) {
      throw new IllegalArgumentException("Not a name.");
    }
    return switch (dialect) {
      case MYSQL, MARIADB -> "`" + name.replace("`", "``") + "`";
      case SQLSERVER -> "[" + name.replace("]", "]]") + "]";
      case POSTGRESQL, SQLITE, DUCKDB, TRINO, ANSI -> "\"" + name.replace("\"", "\"\"") + "\"";
    };
  }

  static String table(Dialect dialect, TableRef ref) {
    return CatalogPath.of(ref.schema(), dialect).stream()
            .map(part -> name(dialect, part) + ".")
            .collect(Collectors.joining())
        + name(dialect, ref.name());
  }

  /// A character literal that means the same whatever the session's escape settings are.
  ///
  /// @throws IllegalArgumentException for text with a backslash or NUL, whose meaning depends on
  ///     the session
  static String literal(String text) {
    if (text.indexOf('\0') >= 0 || text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("A literal with a backslash depends on the session.");
    }
    return "'" + text.replace("'", "''") + "'";
  }
}
