package dev.sluice.governance.sql.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.UseRole;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each line of `cases.txt` is one statement and what it means for sensitive columns.
class AnalysisCasesTest {
  private static final Set<String> SENSITIVE =
      Set.of(
          "people.email",
          "people.tax_id",
          "people.phone",
          "receipts.card",
          "receipts.iban",
          "staff.wage",
          "staff.email");

  private final StatementAnalyzer analyzer =
      StatementAnalyzers.standard(ParserWorker.onCallerThread());

  @TestFactory
  Stream<DynamicTest> eachStatementMeansWhatItsLineSays() throws IOException {
    return lines()
        .map(line -> line.split(" \\| ", 3))
        .map(
            parts ->
                DynamicTest.dynamicTest(
                    parts[0] + ": " + parts[2],
                    () -> assertThat(meaning(parts[0], parts[2])).isEqualTo(parts[1])));
  }

  private static Stream<String> lines() throws IOException {
    try (InputStream stream = AnalysisCasesTest.class.getResourceAsStream("cases.txt")) {
      assertThat(stream).isNotNull();
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
    }
  }

  private String meaning(String dialectId, String sql) {
    Dialect dialect = Dialect.named(dialectId).orElseThrow();
    StatementAnalysis analysis = analyzer.analyze(StatementText.of(sql), dialect, catalog(dialect));
    List<String> words = new ArrayList<>();
    analysis.refusals().stream().map(Refusal::code).map("refuses "::concat).forEach(words::add);
    if (analysis.refusals().isEmpty() && !analysis.complete()) {
      words.add("unknown sources");
    }
    Set<String> roles = new TreeSet<>();
    analysis.uses().stream()
        .filter(use -> use.role() != UseRole.DECLASSIFIED && sensitive(use.sources()))
        .forEach(use -> roles.add(use.role().name()));
    if (!roles.isEmpty()) {
      words.add("tells " + String.join(",", roles));
    }
    String effects =
        analysis.effects().stream()
            .filter(effect -> effect.kind() != EffectKind.READ)
            .filter(effect -> effect.kind() != EffectKind.UNRECOGNISED)
            .map(
                effect ->
                    effect.kind()
                        + ((effect.kind() == EffectKind.UPDATE
                                    || effect.kind() == EffectKind.DELETE)
                                && !effect.filtered()
                            ? "!"
                            : ""))
            .sorted()
            .collect(Collectors.joining(","));
    if (!effects.isEmpty()) {
      words.add("does " + effects);
    }
    String shown =
        analysis.columns().stream()
            .filter(column -> sensitive(column.sources()))
            .map(AnalysisCasesTest::shown)
            .collect(Collectors.joining(","));
    if (!shown.isEmpty()) {
      words.add("shows " + shown);
    }
    return words.isEmpty() ? "open" : String.join("; ", words);
  }

  private static String shown(OutputColumn column) {
    return column.ordinal() + (column.direct() ? "" : "'");
  }

  private static boolean sensitive(Collection<ColumnRef> columns) {
    return columns.stream()
        .anyMatch(column -> SENSITIVE.contains(column.table().name() + "." + column.column()));
  }

  static CatalogSnapshot catalog(Dialect dialect) {
    String schema =
        switch (dialect) {
          case POSTGRESQL -> "public";
          case DUCKDB, SQLITE -> "main";
          case MYSQL, MARIADB -> "shop";
          case SQLSERVER -> "dbo";
          case TRINO, ANSI -> "";
        };
    Map<String, String> tables =
        Map.of(
            "people", "id name email tax_id phone country notes created_at",
            "receipts", "id person_id card iban amount currency paid_at",
            "staff", "id name wage manager_id email",
            "purchases", "id person_id total status",
            "goods", "id name price",
            "mailings", "id email topic",
            "scratch", "id data");
    List<Relation> relations = new ArrayList<>();
    tables.forEach(
        (name, columns) ->
            relations.add(Relation.table(new TableRef(schema, name), columns(columns))));
    relations.add(
        Relation.view(
            new TableRef(schema, "v_addresses"),
            columns("id name address"),
            "SELECT id, name, email AS address FROM people"));
    relations.add(
        Relation.view(
            new TableRef(schema, "v_pay"),
            columns("id person_id card iban amount currency paid_at"),
            "SELECT * FROM receipts"));
    relations.add(
        Relation.view(
            new TableRef(schema, "v_purchases"),
            columns("id total status"),
            "SELECT id, total, status FROM purchases"));
    relations.add(
        Relation.view(new TableRef(schema, "v_loop"), columns("id"), "SELECT id FROM v_loop"));
    relations.add(
        Relation.view(
            new TableRef(schema, "v_rich"),
            columns("id"),
            "SELECT id FROM staff WHERE wage > 50000"));
    return CatalogSnapshot.of(List.of(schema), relations, List.of());
  }

  private static List<CatalogColumn> columns(String names) {
    return Arrays.stream(names.split(" ")).map(CatalogColumn::named).toList();
  }
}
