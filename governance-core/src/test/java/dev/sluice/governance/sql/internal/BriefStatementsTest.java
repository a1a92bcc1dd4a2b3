package dev.sluice.governance.sql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;
import dev.sluice.governance.sql.StatementText;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BriefStatementsTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int TEXTS = Integer.getInteger("sluice.test.brief", 3_000);

  /// Far beyond what any of them took, cold and on a slow machine, and far below what a person
  /// notices.
  private static final long MOST_NANOSECONDS = 500_000_000L;

  private static final List<String> OPENING =
      List.of(
          "(",
          "((",
          "(((",
          "[",
          "{",
          "CASE WHEN ",
          "CASE ",
          "f(",
          "EXISTS (",
          "(SELECT ",
          "x IN (",
          "CAST(",
          "ARRAY[",
          "coalesce(",
          "(a, (",
          "LATERAL (",
          "NOT (",
          "INTERVAL (",
          "x[",
          "-(",
          "count(DISTINCT ",
          "sum(x) OVER (",
          "(VALUES (",
          "((SELECT ");
  private static final List<String> PLAIN =
      List.of(
          "a",
          "1",
          "'s'",
          "+",
          "-",
          "NOT ",
          "AND ",
          "OR ",
          "a.b.c",
          "BETWEEN ",
          "::int",
          ", ",
          "THEN ",
          "ELSE ",
          "END ",
          ")",
          "))",
          "]",
          "}",
          "FROM t ",
          "JOIN u ON ",
          "WHERE ",
          "= ",
          "UNION ALL SELECT ",
          "SELECT ",
          "ORDER BY ",
          "GROUP BY ",
          "LIKE ",
          "IS NULL ",
          "->> ",
          "AT TIME ZONE ",
          "LIMIT 1 ",
          "INTERVAL '1' ",
          "x.y ",
          "* ",
          "|| ",
          "IN ",
          "AS ",
          "|",
          "&");

  @Test
  void noBriefStatementTakesLongToRead() {
    long seed = Long.getLong("sluice.test.seed", System.nanoTime());
    Random random = new Random(seed);
    StatementAnalyzer analyzer = StatementAnalyzers.standard(ParserWorker.onCallerThread());
    for (int i = 0; i < 300; i++) {
      // Loading classes is not reading.
      analyzer.analyze(
          StatementText.of(nested(random)), Dialect.POSTGRESQL, CatalogSnapshot.empty());
    }
    long slowest = 0;
    String worst = "";
    int brief = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = i % 2 == 0 ? nested(random) : mixed(random);
      if (!BriefStatements.isBrief(text)) {
        continue;
      }
      brief++;
      long before = THREADS.getCurrentThreadCpuTime();
      analyzer.analyze(
          StatementText.of(text),
          Dialect.values()[random.nextInt(Dialect.values().length)],
          CatalogSnapshot.empty());
      long took = THREADS.getCurrentThreadCpuTime() - before;
      if (took > slowest) {
        slowest = took;
        worst = text;
      }
    }
    System.out.printf(
        "brief: %d texts, slowest %.1f ms of processor, seed %d: %s%n",
        brief, slowest / 1e6, seed, worst);
    assertThat(brief).isGreaterThan(TEXTS / 3);
    assertThat(slowest).as(worst).isLessThan(MOST_NANOSECONDS);
  }

  @Test
  void briefStatementsAreReadByTheirCallerUnlessAViewIsPartOfThem() {
    AtomicInteger handedOver = new AtomicInteger();
    StatementAnalyzer analyzer =
        StatementAnalyzers.standard(
            new ParserWorker() {
              @Override
              public <T> T run(Callable<T> work) throws ParserOverrun {
                handedOver.incrementAndGet();
                return ParserWorker.onCallerThread().run(work);
              }
            });
    Relation orders =
        Relation.table(
            new TableRef("public", "orders"), List.of(CatalogColumn.of("total", "numeric")));
    Relation view =
        Relation.view(
            new TableRef("public", "large"),
            List.of(CatalogColumn.of("total", "numeric")),
            "SELECT total FROM public.orders WHERE total > 100");
    CatalogSnapshot catalog =
        CatalogSnapshot.of(List.of("public"), List.of(orders, view), List.of());

    assertThat(read(analyzer, "SELECT total FROM orders", catalog).complete()).isTrue();
    assertThat(handedOver).hasValue(0);
    assertThat(read(analyzer, "SELECT total FROM large", catalog).tables())
        .containsExactly(view.ref(), orders.ref());
    assertThat(handedOver.getAndSet(0)).isPositive();
    String deep = "SELECT " + "(".repeat(9) + "total" + ")".repeat(9) + " FROM orders";
    assertThat(read(analyzer, deep, catalog).complete()).isTrue();
    assertThat(handedOver.getAndSet(0)).isPositive();
    String wide = "SELECT total" + " + total".repeat(100) + " FROM orders";
    assertThat(read(analyzer, wide, catalog).complete()).isTrue();
    assertThat(handedOver.get()).isPositive();
  }

  private static StatementAnalysis read(
      StatementAnalyzer analyzer, String text, CatalogSnapshot catalog) {
    return analyzer.analyze(StatementText.of(text), Dialect.POSTGRESQL, catalog);
  }

  /// Opened as deeply as is allowed, most of it well formed.
  private static String nested(Random random) {
    String[] shapes = {
      "(%s)",
      "CASE WHEN %s THEN 1 ELSE 2 END",
      "f(%s)",
      "(SELECT %s FROM t)",
      "x IN (%s)",
      "NOT (%s)",
      "(%s) + 1",
      "(%s) BETWEEN 1 AND 2",
      "(a, %s)",
      "CAST(%s AS int)",
      "(SELECT 1 FROM t WHERE %s)",
      "(SELECT a FROM (%s) x)",
      "a AND (%s) OR b",
      "(((%s)))",
      "-(%s)",
      "ARRAY[%s]",
      "(%s) IS NULL",
      "CASE x WHEN %s THEN (1) END",
      "EXISTS (SELECT %s)",
      "(VALUES (%s))",
      "sum(%s) OVER (ORDER BY a)"
    };
    String inner = random.nextBoolean() ? "a = 1" : "a";
    String one = shapes[random.nextInt(shapes.length)];
    boolean alike = random.nextInt(3) == 0;
    int depth = 2 + random.nextInt(8);
    for (int i = 0; i < depth; i++) {
      inner = (alike ? one : shapes[random.nextInt(shapes.length)]).replace("%s", inner);
    }
    // Broken at the end, everything that was looked ahead at has been in vain.
    String end = random.nextInt(3) == 0 ? " !" : random.nextInt(3) == 0 ? ")" : "";
    return switch (random.nextInt(6)) {
      case 0 -> "SELECT " + inner + end;
      case 1 -> "SELECT a FROM t WHERE " + inner + end;
      case 2 -> "SELECT a FROM " + inner + end;
      case 3 -> "UPDATE t SET a = " + inner + end;
      case 4 -> inner + end;
      default -> "SELECT a FROM t JOIN u ON " + inner + " ORDER BY " + inner + end;
    };
  }

  private static String mixed(Random random) {
    StringBuilder text = new StringBuilder("SELECT ");
    int opened = 0;
    int length = 40 + random.nextInt(460);
    while (text.length() < length) {
      boolean open = opened < 6 && random.nextInt(6) == 0;
      List<String> words = open ? OPENING : PLAIN;
      text.append(words.get(random.nextInt(words.size())));
      opened += open ? 1 : 0;
    }
    return text.toString();
  }
}
