package dev.sluice.gateway.export;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Writes rows to a Parquet file, through a DuckDB of its own in memory that can reach no other
/// file of its own accord. Columns keep whole numbers, doubles, booleans, dates and timestamps as
/// such when every value fits; everything else, such as decimals of any length, stays exact as
/// text.
public final class ParquetFile implements AutoCloseable {

  private final DuckDBConnection connection;
  private final DuckDBAppender appender;
  private final List<Column> columns;

  /// @param label unique among the columns it is written with; a repeated one gets a number
  /// @param typeName the engine's type, empty when it is to be text
  public record Column(String label, String typeName) {}

  private ParquetFile(DuckDBConnection connection, DuckDBAppender appender, List<Column> columns) {
    this.connection = connection;
    this.appender = appender;
    this.columns = columns;
  }

  /// @throws IOException when the engine cannot be started
  public static ParquetFile of(List<Column> columns) throws IOException {
    try {
      Connection opened = DriverManager.getConnection("jdbc:duckdb:");
      try (Statement statement = opened.createStatement()) {
        StringBuilder create = new StringBuilder("CREATE TABLE rows_ (");
        for (int i = 0; i < columns.size(); i++) {
          create.append(i == 0 ? "" : ", ").append("c").append(i).append(" VARCHAR");
        }
        statement.execute(create.append(")").toString());
      }
      DuckDBConnection connection = opened.unwrap(DuckDBConnection.class);
      return new ParquetFile(
          connection, connection.createAppender("main", "rows_"), List.copyOf(columns));
    } catch (SQLException e) {
      throw new IOException("The Parquet writer cannot be started.", e);
    }
  }

  /// @param values as many as there are columns; null for NULL
  public void add(List<@Nullable String> values) throws IOException {
    try {
      appender.beginRow();
      for (@Nullable String value : values) {
        if (value == null) {
          appender.appendNull();
        } else {
          appender.append(value);
        }
      }
      appender.endRow();
    } catch (SQLException e) {
      throw new IOException("A row could not be written.", e);
    }
  }

  /// Writes the file.
  public void writeTo(Path target) throws IOException {
    try (Statement statement = connection.createStatement()) {
      appender.close();
      List<String> items = new ArrayList<>();
      List<String> taken = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        items.add(
            expression(statement, i) + " AS " + quoted(unique(columns.get(i).label(), taken)));
      }
      statement.execute(
          "COPY (SELECT "
              + String.join(", ", items)
              + " FROM rows_) TO '"
              + target.toString().replace("'", "''")
              + "' (FORMAT parquet, COMPRESSION zstd)");
    } catch (SQLException e) {
      throw new IOException("The Parquet file could not be written.", e);
    }
  }

  /// A type is kept only where it keeps every value.
  private String expression(Statement statement, int index) throws SQLException {
    String column = "c" + index;
    String type = duckType(columns.get(index).typeName());
    if (type.isEmpty()) {
      return column;
    }
    try (var lost =
        statement.executeQuery(
            "SELECT count(*) FROM rows_ WHERE "
                + column
                + " IS NOT NULL AND TRY_CAST("
                + column
                + " AS "
                + type
                + ") IS NULL")) {
      lost.next();
      return lost.getLong(1) == 0 ? "CAST(" + column + " AS " + type + ")" : column;
    }
  }

  private static String duckType(String typeName) {
    return switch (typeName.toLowerCase(Locale.ROOT)) {
      case "int2", "int4", "int8", "int", "integer", "bigint", "smallint", "serial", "bigserial" ->
          "BIGINT";
      case "float4", "float8", "double", "real", "float" -> "DOUBLE";
      case "bool", "boolean" -> "BOOLEAN";
      case "date" -> "DATE";
      case "timestamp", "datetime" -> "TIMESTAMP";
      default -> "";
    };
  }

  private static String unique(String label, List<String> taken) {
    String name = label.isEmpty() ? "column" : label;
    for (int number = 2; taken.contains(name.toLowerCase(Locale.ROOT)); number++) {
      name = label + "_" + number;
    }
    taken.add(name.toLowerCase(Locale.ROOT));
    return name;
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("The Parquet writer did not end cleanly.", e);
    }
  }
}
