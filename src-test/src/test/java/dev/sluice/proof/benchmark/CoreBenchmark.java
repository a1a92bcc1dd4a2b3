package dev.sluice.proof.benchmark;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.masking.RowMasker;
import dev.sluice.governance.masking.RowMaskers;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngine;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;
import dev.sluice.governance.sql.StatementText;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How long a decision takes with few and with very many rules, and what masking a row costs.
/// Prints figures; asserts nothing. Run its main method from the test class path.
public final class CoreBenchmark {

  private static final int DECISIONS = 20_000;
  private static final int ROWS = 1_000_000;
  private static final String SQL =
      "SELECT c.id, c.name, c.email, o.total FROM customers c JOIN orders o ON o.customer_id = c.id"
          + " WHERE o.status = 'paid' ORDER BY o.total DESC LIMIT 100";

  private CoreBenchmark() {}

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    decisions(out, 10);
    decisions(out, 10_000);
    masking(out);
  }

  private static void decisions(PrintStream out, int rules) {
    long start = System.nanoTime();
    PolicyEngine engine = PolicyEngines.of(bundle(rules));
    PolicyEngines.warmUp(engine, 20);
    double made = (System.nanoTime() - start) / 1e6;
    StatementAnalyzer analyzer = StatementAnalyzers.standard(ParserWorker.onCallerThread());
    CatalogSnapshot catalog = catalog();
    StatementAnalysis analysis =
        analyzer.analyze(StatementText.of(SQL), Dialect.POSTGRESQL, catalog);
    DecisionRequest request = request(analysis, catalog);
    long[] decide = new long[DECISIONS];
    long[] both = new long[DECISIONS];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < DECISIONS; i++) {
        long before = System.nanoTime();
        engine.decide(request);
        decide[i] = System.nanoTime() - before;
      }
    }
    for (int i = 0; i < DECISIONS; i++) {
      long before = System.nanoTime();
      StatementAnalysis fresh =
          analyzer.analyze(StatementText.of(SQL), Dialect.POSTGRESQL, catalog);
      engine.decide(request(fresh, catalog));
      both[i] = System.nanoTime() - before;
    }
    out.printf(
        Locale.ROOT,
        "%6d rules: engine ready in %.0f ms; decision p50 %.3f ms p99 %.3f ms; analysis and"
            + " decision p50 %.3f ms p99 %.3f ms; %s%n",
        rules,
        made,
        percentile(decide, 50),
        percentile(decide, 99),
        percentile(both, 50),
        percentile(both, 99),
        engine.decide(request).word());
  }

  private static void masking(PrintStream out) {
    MaskingPlan open = new MaskingPlan(List.of("a", "b", "c", "d", "e", "f", "g", "h"), List.of());
    MaskingPlan masked =
        new MaskingPlan(
            open.labels(),
            List.of(
                new ColumnMask(2, Set.of("pii"), Set.of(), MaskSpec.of("email"), false),
                new ColumnMask(
                    5,
                    Set.of("pii"),
                    Set.of(),
                    new MaskSpec("keep-last", Map.of("count", 4L)),
                    false)));
    for (int round = 0; round < 3; round++) {
      double without = rows(RowMaskers.of(open, MaskKeys.none()));
      double with = rows(RowMaskers.of(masked, MaskKeys.none()));
      out.printf(
          Locale.ROOT,
          "%d rows x 8: %.0f ns a row unmasked, %.0f ns with two partial masks%n",
          ROWS,
          without,
          with);
    }
  }

  private static double rows(RowMasker masker) {
    long start = System.nanoTime();
    int seen = 0;
    for (int i = 0; i < ROWS; i++) {
      Object[] row = {
        i,
        "Ada Lovelace",
        "ada.lovelace" + (i & 1023) + "@example.test",
        17,
        true,
        "123-45-6789",
        1,
        2
      };
      masker.mask(row);
      seen += String.valueOf(row[2]).length();
    }
    double nanoseconds = (System.nanoTime() - start) / (double) ROWS;
    return seen < 0 ? 0 : nanoseconds;
  }

  private static double percentile(long[] nanoseconds, int percent) {
    long[] sorted = nanoseconds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length * percent / 100] / 1e6;
  }

  private static DecisionRequest request(StatementAnalysis analysis, CatalogSnapshot catalog) {
    Principal analyst =
        new Principal("local", "ann", null, "Ann", Set.of("analysts", "team-7"), Set.of());
    return new DecisionRequest(
        analysis,
        catalog,
        new Actor.Person(analyst),
        new ConnectionContext("shop", "production", Dialect.POSTGRESQL, "brokered", Map.of()),
        Instant.parse("2026-06-15T12:00:00Z"),
        "window",
        "",
        false,
        0,
        List.of(),
        Optional.empty());
  }

  private static PolicyBundle bundle(int rules) {
    StringBuilder yaml =
        new StringBuilder(
            """
            version: 1
            classifications: [{tag: pii.email, columns: [customers.email]}]
            masks: {pii.email: {algorithm: email}}
            rules:
              - {id: read, when: '"analysts" in user.groups && statement.reads_only', effect: allow}
            """);
    String[] effects = {"DROP", "ALTER", "UPDATE", "DELETE", "INSERT", "GRANT", "READ"};
    for (int i = 1; i < rules; i++) {
      yaml.append("  - {id: r")
          .append(i)
          .append(", effect: ")
          .append(i % 3 == 0 ? "allow" : "block")
          .append(", when: 'connection.environment == \"production\" && \"team-")
          .append(i % 500)
          .append("\" in user.groups && statement.effects.exists(e, e.kind == \"")
          .append(effects[i % 7])
          .append("\") && \"public.t")
          .append(i)
          .append("\" in statement.tables'}\n");
    }
    return switch (PolicyParser.parsePublished(yaml.toString(), "benchmark")) {
      case ParsedPolicy.Parsed parsed -> parsed.bundle();
      case ParsedPolicy.Problems problems ->
          throw new IllegalStateException(problems.problems().toString());
    };
  }

  private static CatalogSnapshot catalog() {
    return CatalogSnapshot.of(
        List.of("public"),
        List.of(
            table("customers", "id", "name", "email"),
            table("orders", "id", "customer_id", "status", "total")),
        List.of());
  }

  private static Relation table(String name, String... columns) {
    return Relation.table(
        new TableRef("public", name),
        Arrays.stream(columns).map(column -> CatalogColumn.of(column, "text")).toList());
  }
}
