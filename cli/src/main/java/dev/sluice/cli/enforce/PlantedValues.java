package dev.sluice.cli.enforce;

import dev.sluice.governance.catalog.ColumnRef;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The raw values of sensitive columns, to be found wherever they come out.
final class PlantedValues {

  private static final int SHORTEST = 4;

  private final Set<String> values = new TreeSet<>();

  /// Reads them as an administrator.
  void read(Connection administrator, Set<ColumnRef> columns) throws SQLException {
    for (ColumnRef column : columns) {
      String sql =
          "SELECT DISTINCT "
              + quoted(column.column())
              + " FROM "
              + quoted(column.table().schema())
              + "."
              + quoted(column.table().name());
      try (Statement statement = administrator.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          String value = result.getString(1);
          if (value != null && value.length() >= SHORTEST) {
            values.add(value.toLowerCase(Locale.ROOT));
          }
        }
      }
    }
  }

  int count() {
    return values.size();
  }

  /// Whether a text that came back holds one that the statement did not name itself.
  boolean in(@Nullable String text, String statement) {
    if (text == null) {
      return false;
    }
    String found = text.toLowerCase(Locale.ROOT);
    String asked = statement.toLowerCase(Locale.ROOT);
    return values.stream().anyMatch(value -> found.contains(value) && !asked.contains(value));
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
