package dev.sluice.proof.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Reports of the kinds that TPC-H and TPC-DS ask for, written by us over our copy of their tables
/// with sensitive columns added. Each is answered on each engine that can say it, and exactly those
/// of its columns are masked that show something sensitive.
///
/// `corpus/reports/NAME.sql`: before each statement, one line `-- what it is`, followed by
/// ` | masks 0 3` (ordinals from 0) and ` | not sqlite mariadb` where that applies.
class ReportsTest {

  private static final List<Dialect> ENGINES =
      List.of(Dialect.POSTGRESQL, Dialect.DUCKDB, Dialect.MARIADB, Dialect.SQLITE, Dialect.TRINO);
  private static final Pattern HEAD =
      Pattern.compile("-- ([^|]+?)(?: \\| masks ([0-9 ]+?))?(?: \\| not ([a-z ]+))?");

  private record Report(String name, String sql, String masks, Set<String> not) {}

  @TestFactory
  Stream<DynamicTest> reportsAreAnsweredWithTheirSensitiveColumnsMasked() {
    return ENGINES.stream()
        .flatMap(
            engine ->
                Stream.of("orders", "retail")
                    .map(
                        file ->
                            DynamicTest.dynamicTest(
                                engine.id() + ", " + file,
                                () -> assertThat(wrong(file, engine)).isEmpty())));
  }

  @Test
  void allKindsOfReportsAreThere() throws IOException {
    assertThat(read("orders").stream().map(report -> report.name().split(" ")[0]).distinct())
        .hasSize(22);
    assertThat(read("retail")).hasSizeGreaterThanOrEqualTo(40);
    for (String file : List.of("orders", "retail")) {
      for (Dialect always : List.of(Dialect.POSTGRESQL, Dialect.DUCKDB)) {
        assertThat(read(file)).noneMatch(report -> report.not().contains(always.id()));
      }
    }
  }

  private static List<String> wrong(String file, Dialect engine) throws IOException {
    Decider decider = decider(file, engine);
    List<String> wrong = new ArrayList<>();
    for (Report report : read(file)) {
      if (report.not().contains(engine.id())) {
        continue;
      }
      String outcome =
          switch (decider.decide(report.sql())) {
            case Decision.Allow allow ->
                allow.permit().plan().masks().stream()
                    .map(mask -> Integer.toString(mask.ordinal()))
                    .collect(Collectors.joining(" "));
            case Decision.NeedsApproval asked -> "needs approval";
            case Decision.Deny deny ->
                "refused: " + deny.proof().reason() + " " + deny.proof().spans();
          };
      if (!outcome.equals(report.masks())) {
        wrong.add(report.name() + ": masks [" + report.masks() + "] but " + outcome);
      }
    }
    return wrong;
  }

  private static Decider decider(String file, Dialect engine) {
    PolicyBundle bundle = Decider.policy("reports");
    CatalogSnapshot catalog = CorpusSchemas.named("reports-" + file);
    return new Decider(
        CorpusTest.ANALYZER,
        Decider.engine(bundle),
        catalog,
        new Actor.Person(new Principal("local", "ada", null, "ada", Set.of("analysts"), Set.of())),
        new ConnectionContext("warehouse", "production", engine, "direct", Map.of()),
        Instant.parse("2026-03-02T09:00:00Z"));
  }

  private static List<Report> read(String file) throws IOException {
    Path path = Corpus.folder().resolve("reports").resolve(file + ".sql");
    List<Report> reports = new ArrayList<>();
    Matcher head = null;
    StringBuilder sql = new StringBuilder();
    for (String line : Files.readAllLines(path)) {
      if (head == null) {
        head = HEAD.matcher(line);
        if (!head.matches()) {
          throw new CorpusException(path + ": not the head of a report: " + line);
        }
        continue;
      }
      sql.append(line).append('\n');
      if (line.endsWith(";")) {
        String text = sql.toString().strip();
        reports.add(
            new Report(
                head.group(1),
                text.substring(0, text.length() - 1),
                head.group(2) == null ? "" : head.group(2),
                head.group(3) == null
                    ? Set.of()
                    : Set.copyOf(Arrays.asList(head.group(3).split(" ")))));
        head = null;
        sql.setLength(0);
      }
    }
    if (head != null) {
      throw new CorpusException(path + ": the last report has no semicolon");
    }
    return List.copyOf(reports);
  }
}
