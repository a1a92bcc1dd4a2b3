package dev.sluice.server.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.SqlMasks;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.enforcement.MaskParity.TypedColumn;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PostgresqlMaskParityTest {

  private static final List<String> SHORT =
      MaskParity.TEXTS.stream()
          .filter(text -> text.codePointCount(0, text.length()) <= 40)
          .toList();

  private static final List<TypedColumn> COLUMNS =
      List.of(
          quoted("text", "text", "text", 0, MaskParity.TEXTS),
          quoted("varchar(300)", "character varying(300)", "varchar", 300, MaskParity.TEXTS),
          quoted("char(40)", "character(40)", "bpchar", 40, SHORT),
          quoted("int", "integer", "int4", 0, wholeNumbers(Integer.MIN_VALUE, Integer.MAX_VALUE)),
          quoted("bigint", "bigint", "int8", 0, wholeNumbers(Long.MIN_VALUE, Long.MAX_VALUE)),
          quoted("smallint", "smallint", "int2", 0, wholeNumbers(-32768, 32767)),
          quoted(
              "numeric",
              "numeric",
              "numeric",
              0,
              List.of(
                  "0",
                  "-0.5",
                  "0.5",
                  "1.5",
                  "2.5",
                  "499.999",
                  "500",
                  "500.0001",
                  "1500",
                  "2500",
                  "-1500",
                  "-2500.00",
                  "52300.75",
                  "123456789012345678901234567890.123456789",
                  "1e59",
                  "1e61",
                  "-1e61",
                  "NaN",
                  "Infinity",
                  "-Infinity",
                  "43",
                  "200",
                  "200.5",
                  "0.00000000000000000000001")),
          quoted(
              "float8",
              "double precision",
              "float8",
              0,
              List.of(
                  "0",
                  "-0.0",
                  "0.1",
                  "1499.9999999999998",
                  "1500",
                  "2500",
                  "1e300",
                  "1e-300",
                  "NaN",
                  "Infinity",
                  "-Infinity",
                  "52300.75",
                  "43.7",
                  "9007199254740993")),
          quoted("float4", "real", "float4", 0, List.of("0.1", "1500", "16777217", "1e38", "43.5")),
          quoted("boolean", "boolean", "bool", 0, List.of(true, false)),
          quoted(
              "date",
              "date",
              "date",
              0,
              List.of(
                  "1984-05-12",
                  "2000-02-29",
                  "2026-06-15",
                  "2026-06-16",
                  "2030-01-01",
                  "0001-01-01",
                  "9999-12-31",
                  "1899-12-31")),
          quoted(
              "timestamp",
              "timestamp without time zone",
              "timestamp",
              0,
              List.of(
                  "1984-05-12 23:59:59.999999",
                  "2000-02-29 00:00:00",
                  "2026-06-15 12:00:00",
                  "1900-01-01 00:00:01")),
          quoted(
              "timestamptz",
              "timestamp with time zone",
              "timestamptz",
              0,
              List.of(
                  "1984-05-12 23:59:59+05", "2026-01-01 00:00:00+00", "2000-07-01 00:30:00-08")),
          quoted("uuid", "uuid", "uuid", 0, List.of("7c9e6679-7425-40de-944b-e07fc1f90ae7")),
          quoted("inet", "inet", "inet", 0, List.of("192.0.2.77")),
          quoted("bytea", "bytea", "bytea", 0, List.of(new byte[] {1, 2, 3})));

  private static TypedColumn quoted(
      String created, String type, String baseType, int length, List<?> values) {
    return new TypedColumn(
        created, new ColumnFact("value", type, baseType, length, Set.of()), values);
  }

  private static List<Long> wholeNumbers(long smallest, long largest) {
    List<Long> values = new ArrayList<>(List.of(0L, 1L, -1L, 2L, 4L, 5L, 14L, 15L, 16L, 43L, 99L));
    values.addAll(List.of(199L, 200L, 201L, 499L, 500L, 501L, 1500L, 2500L, -1500L, -2500L));
    values.addAll(List.of(smallest, smallest + 1, largest, largest - 1));
    return values;
  }

  @Test
  void everyExactMaskShowsInAViewWhatTheCoreShows() throws Exception {
    MaskParity parity = new MaskParity(SqlMasks.forDialect(Dialect.POSTGRESQL).orElseThrow());
    Map<String, Integer> cells = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
        Connection connection = postgres.getPostgresDatabase().getConnection()) {
      for (TypedColumn column : COLUMNS) {
        parity
            .compare(connection, column, differences)
            .forEach((algorithm, count) -> cells.merge(algorithm, count, Integer::sum));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(cells.keySet())
        .contains("email", "keep-last", "card", "iban", "phone", "round", "age-band");
    assertThat(cells.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(3000);
  }
}
