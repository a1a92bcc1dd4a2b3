package dev.sluice.server.enforcement;

import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.SqlMask;
import dev.sluice.governance.enforcement.SqlMasks;
import dev.sluice.governance.masking.Mask;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.masking.Masks;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares, cell by cell, what a masked view shows with what the core's mask makes of the same
/// value as its driver gives it.
final class MaskParity {

  static final List<MaskSpec> SPECS =
      List.of(
          MaskSpec.of("redact"),
          MaskSpec.of("nullify"),
          new MaskSpec("fixed", Map.of("value", "it's hidden")),
          new MaskSpec("fixed", Map.of("value", 0)),
          new MaskSpec("fixed", Map.of("value", 7.5)),
          new MaskSpec("fixed", Map.of("value", true)),
          new MaskSpec("keep-first", Map.of("count", 1)),
          new MaskSpec("keep-first", Map.of("count", 3)),
          new MaskSpec("keep-last", Map.of("count", 4)),
          new MaskSpec("keep-both", Map.of("first", 1, "last", 2)),
          new MaskSpec("range", Map.of("show", "1-3")),
          new MaskSpec("range", Map.of("show", List.of("2-3", "6-7", "9-9"))),
          new MaskSpec("range", Map.of("show", List.of("3-5", "4-6"))),
          MaskSpec.of("email"),
          new MaskSpec("email", Map.of("keep-domain", true)),
          MaskSpec.of("phone"),
          new MaskSpec("phone", Map.of("count", 0)),
          new MaskSpec("phone", Map.of("count", 4)),
          MaskSpec.of("card"),
          new MaskSpec("card", Map.of("first", 6)),
          new MaskSpec("card", Map.of("first", 4, "last", 0)),
          MaskSpec.of("iban"),
          MaskSpec.of("date-to-year"),
          MaskSpec.of("date-to-month"),
          new MaskSpec("age-band", Map.of("years", 10, "as-of", "2026-06-15")),
          new MaskSpec("age-band", Map.of("years", 7, "as-of", "2024-02-29")),
          new MaskSpec("round", Map.of("to", 1000)),
          new MaskSpec("round", Map.of("to", 3)),
          new MaskSpec("bucket", Map.of("size", 10)),
          new MaskSpec("bucket", Map.of("size", 10000)));

  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "ab",
          "abc",
          "abcd",
          "12345678",
          "123-45-6789",
          "Wintermute",
          "jane.doe@acme.test",
          "jo@ab.com",
          "j@acme.test",
          "a@b@c.test",
          "@acme.test",
          "jane@",
          "jane@acme",
          "jane@acme.",
          "jane.doe@mail.acme.co.uk",
          "jane@.test",
          "ja@.a.test",
          "not an address",
          "Ünïcödé@bücher.example",
          "😀😁😂@😃😄.😅",
          "x\n@y.example.test",
          "+49 171 1234567",
          "(030) 901820",
          "110",
          "1-2",
          "call me",
          "٣٤٥٦٧٨٩٠",
          "1 2 3 4 5 6",
          "4111111111111111",
          "4111-1111-1111-1111",
          "4111 1111 1111 1234",
          "3782 822463 10005",
          "411111",
          "41111111",
          "411111111111111111112",
          "41111111111111111112",
          "  41 11  1111-11111111 11",
          "DE89370400440532013000",
          "DE89 3704 0044 0532 0130 00",
          " DE89 3704 0044 0532 0130 00 ",
          "de89370400440532013000",
          "DE8937040044053",
          "DE89-3704-0044-0532-0130-00",
          "DEX9370400440532013000",
          "GB29NWBK60161331926819",
          "ſE89370400440532013000",
          "NO9386011117947",
          "DE89370400440532013000\n",
          "1984-05-12",
          "1984-13-45",
          "2000",
          "1499",
          "-7.5",
          "1e5",
          "NaN",
          "a'b''c",
          "100%_off",
          "[0-9]",
          "日本語のテキスト",
          "e\u0301clair",
          "tab\tand\nline",
          "😀😁😂😃😄",
          "🏴󠁧󠁢󠁥󠁮󠁧󠁿 flag",
          "x".repeat(300),
          "7".repeat(100));

  /// A column with its type as created and as the facts describe it.
  record TypedColumn(String created, ColumnFact fact, List<?> values) {}

  private final SqlMasks masks;

  MaskParity(SqlMasks masks) {
    this.masks = masks;
  }

  /// @return cells compared, by algorithm; differences are added to the list
  Map<String, Integer> compare(Connection connection, TypedColumn column, List<String> differences)
      throws SQLException {
    String name = column.fact().name();
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS parity");
      statement.execute("CREATE TABLE parity (n INTEGER, " + name + " " + column.created() + ")");
    }
    boolean postgresql = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO parity VALUES (?, ?)")) {
      int row = 0;
      List<Object> values = new ArrayList<>(column.values());
      values.add(null);
      for (Object value : values) {
        insert.setInt(1, row++);
        if (value instanceof String text && postgresql) {
          // PostgreSQL takes the text for whatever type the column has.
          insert.setObject(2, text, java.sql.Types.OTHER);
        } else {
          insert.setObject(2, value);
        }
        insert.executeUpdate();
      }
    }
    Map<String, Integer> cells = new LinkedHashMap<>();
    for (MaskSpec spec : SPECS) {
      SqlMask mask = masks.of(spec, column.fact());
      if (!mask.exact()) {
        continue;
      }
      Mask expected = Masks.of(spec, MaskKeys.none());
      String sql = "SELECT " + name + ", " + mask.sql() + " FROM parity ORDER BY n";
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          Object raw = result.getObject(1);
          Object core = plain(expected.mask(raw));
          Object view = plain(result.getObject(2));
          cells.merge(spec.algorithm(), 1, Integer::sum);
          if (!java.util.Objects.equals(core, view)) {
            differences.add(
                spec
                    + " over "
                    + column.created()
                    + " <"
                    + raw
                    + ">: core <"
                    + core
                    + ">, view <"
                    + view
                    + ">");
          }
        }
      } catch (SQLException e) {
        differences.add(spec + " over " + column.created() + ": " + e.getMessage() + "\n" + sql);
      }
    }
    return cells;
  }

  /// Which algorithms have no exact form for a column.
  Set<String> inexact(ColumnFact column) {
    Set<String> found = new java.util.TreeSet<>();
    for (MaskSpec spec : SPECS) {
      if (!masks.of(spec, column).exact()) {
        found.add(spec.algorithm());
      }
    }
    return found;
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Double || value instanceof Float) {
      return new BigDecimal(value.toString()).stripTrailingZeros();
    }
    if (value instanceof Number) {
      return new BigDecimal(value.toString()).stripTrailingZeros();
    }
    if (value instanceof java.time.LocalDateTime time) {
      return java.sql.Timestamp.valueOf(time).toString();
    }
    return value == null ? null : value.toString();
  }
}
