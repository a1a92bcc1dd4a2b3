package dev.sluice.app.shell;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.CatalogPath;
import dev.sluice.governance.sql.Dialect;
import java.util.stream.Collectors;

/// Names and values as SQL text of one engine.
public final class SqlText {

  private SqlText() {}

  /// A name, always quoted: no list of reserved words is ever complete.
  public static String name(String name, Dialect dialect) {
    return backslashes(dialect)
        ? "`" + name.replace("`", "``") + "`"
        : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /// A table with its schema, when it has one.
  public static String table(TableRef table, Dialect dialect) {
    return CatalogPath.of(table.schema(), dialect).stream()
            .map(part -> name(part, dialect) + ".")
            .collect(Collectors.joining())
        + name(table.name(), dialect);
  }

  /// A text literal.
  public static String text(String value, Dialect dialect) {
    String doubled = value.replace("'", "''");
    return "'" + (backslashes(dialect) ? doubled.replace("\\", "\\\\") : doubled) + "'";
  }

  private static boolean backslashes(Dialect dialect) {
    return dialect == Dialect.MYSQL || dialect == Dialect.MARIADB;
  }
}
