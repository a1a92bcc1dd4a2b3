package dev.sluice.server.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.SqlMasks;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.enforcement.MaskParity.TypedColumn;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class MariadbMaskParityTest {

  private static final List<TypedColumn> COLUMNS =
      List.of(
          column("text CHARACTER SET utf8mb4", "text", MaskParity.TEXTS),
          column("varchar(300) CHARACTER SET utf8mb4", "varchar(300)", MaskParity.TEXTS),
          column("int", "int(11)", wholeNumbers(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          column("bigint", "bigint(20)", wholeNumbers(Long.MIN_VALUE, Long.MAX_VALUE)),
          column(
              "decimal(40,6)",
              "decimal(40,6)",
              List.of(
                  "0",
                  "-0.5",
                  "0.5",
                  "1.5",
                  "2.5",
                  "499.999",
                  "500",
                  "1500",
                  "2500",
                  "-1500",
                  "-2500.00",
                  "52300.75",
                  "1234567890123456789012345678.123456",
                  "43",
                  "200")),
          column(
              "date",
              "date",
              List.of(
                  "1984-05-12",
                  "2000-02-29",
                  "2026-06-15",
                  "2026-06-16",
                  "2030-01-01",
                  "1000-01-01",
                  "9999-12-31",
                  "1899-12-31")),
          column(
              "datetime(6)",
              "datetime(6)",
              List.of(
                  "1984-05-12 23:59:59.999999",
                  "2000-02-29 00:00:00",
                  "2026-06-15 12:00:00",
                  "1900-01-01 00:00:01")),
          column("blob", "blob", List.of(new byte[] {1, 2, 3})));

  private static TypedColumn column(String created, String type, List<?> values) {
    return new TypedColumn(created, new ColumnFact("value", type, type, 0, Set.of()), values);
  }

  private static List<Long> wholeNumbers(long smallest, long largest) {
    List<Long> values = new ArrayList<>(List.of(0L, 1L, -1L, 2L, 4L, 5L, 14L, 15L, 16L, 43L, 99L));
    values.addAll(List.of(199L, 200L, 201L, 499L, 500L, 501L, 1500L, 2500L, -1500L, -2500L));
    values.addAll(List.of(smallest, smallest + 1, largest, largest - 1));
    return values;
  }

  @Test
  void everyExactMaskShowsInAViewWhatTheCoreShows() throws Exception {
    MaskParity parity = new MaskParity(SqlMasks.forDialect(Dialect.MARIADB).orElseThrow());
    Map<String, Integer> cells = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    try (MariadbServer server = new MariadbServer()) {
      server.administrator("CREATE DATABASE parity CHARACTER SET utf8mb4");
      try (Connection connection = server.connect("parity", "admin", "admin")) {
        for (TypedColumn column : COLUMNS) {
          parity
              .compare(connection, column, differences)
              .forEach((algorithm, count) -> cells.merge(algorithm, count, Integer::sum));
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(cells.keySet())
        .contains("email", "keep-last", "card", "iban", "phone", "round", "age-band");
    assertThat(cells.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(2000);
  }
}
