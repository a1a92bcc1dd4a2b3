package dev.sluice.proof.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementAnalyzers;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.proof.corpus.Everyday;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Damaged texts: whatever is not understood has no text that could be sent, and nothing throws.
class MalformedTest {
  private static final long SEED = 20260303L;
  private static final int MOST_SECONDS = 2;

  private enum Damage {
    TRUNCATED,
    BYTES_FLIPPED,
    NOT_UTF_8,
    TOKENS_SHUFFLED,
    BRACKETS_ADDED
  }

  /// What became of the damaged texts.
  private record Figures(
      int refused, int stillRead, Map<Damage, Integer> refusedBy, long slowest) {}

  @Test
  void noDamagedTextIsForwarded() throws Exception {
    damage(1_500, SEED);
  }

  @Test
  @Tag("proof")
  void noneOfTenThousandDamagedTextsIsForwarded() throws Exception {
    Figures figures = damage(10_000, SEED);
    assertThat(figures.slowest()).isLessThan(MOST_SECONDS * 1_000_000_000L);
    ProofPage.write(
        "malformed.md",
        List.of(
            "# Damaged texts",
            "",
            "Statements of `src-test/corpus/everyday` on seven engines, damaged at random: cut off,"
                + " bytes flipped, bytes that are no UTF-8, tokens shuffled, brackets added.",
            "",
            "| figure | value |",
            "|---|---|",
            "| seed | " + SEED + " |",
            "| texts | 10000 |",
            "| refused | " + figures.refused() + " |",
            "| still a statement, read and judged as what it now says | "
                + figures.stillRead()
                + " |",
            "| thrown | 0 |",
            "| forwarded without being understood | 0 |",
            "| most processor time for one text, ms | "
                + figures.slowest() / 1_000_000
                + " (2000 allowed) |",
            "| refused by kind of damage | " + figures.refusedBy() + " |",
            "",
            "Repeat: `mvn -Pproof -pl src-test -am verify -Dtest=MalformedTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false`."));
  }

  private static Figures damage(int texts, long seed) throws Exception {
    Random random = new Random(seed);
    StatementAnalyzer analyzer = StatementAnalyzers.standard(ParserWorker.onCallerThread());
    Map<Damage, Integer> refusedBy = new EnumMap<>(Damage.class);
    int refused = 0;
    long slowest = 0;
    for (int i = 0; i < texts; i++) {
      Dialect engine = Everyday.ENGINES.get(random.nextInt(Everyday.ENGINES.size()));
      List<String> statements = Everyday.statements(engine.id());
      Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
      String text = damaged(statements.get(random.nextInt(statements.size())), damage, random);
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      StatementAnalysis analysis =
          analyzer.analyze(StatementText.of(text), engine, Everyday.catalog(engine));
      slowest =
          Math.max(slowest, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
      boolean understood = analysis.parsed() && analysis.refusals().isEmpty();
      if (!understood) {
        refused++;
        refusedBy.merge(damage, 1, Integer::sum);
        assertThat(analysis.refusals()).as(text).isNotEmpty();
        assertThat(analysis.refusals().getFirst().wayOut()).as(text).isNotBlank();
        continue;
      }
      // What is left is a statement of its own, and what would be sent is exactly what was judged.
      String sent = analysis.printed().orElseThrow();
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(sent)).as(sent).isTrue();
      StatementAnalysis again =
          analyzer.analyze(StatementText.of(sent), engine, Everyday.catalog(engine));
      assertThat(again.printed()).as(text).contains(sent);
      assertThat(again.effects()).as(text).isEqualTo(analysis.effects());
    }
    System.err.printf(
        "malformed: %d texts, %d refused %s, slowest %d ms, seed %d%n",
        texts, refused, refusedBy, slowest / 1_000_000, seed);
    assertThat(refused).isGreaterThan(texts / 2);
    return new Figures(refused, texts - refused, refusedBy, slowest);
  }

  private static String damaged(String text, Damage damage, Random random) {
    return switch (damage) {
      case TRUNCATED -> text.substring(0, random.nextInt(text.length()));
      case BYTES_FLIPPED -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= random.nextInt(4); i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield new String(bytes, StandardCharsets.UTF_8);
      }
      case NOT_UTF_8 -> {
        int at = random.nextInt(text.length() + 1);
        char lone = (char) (random.nextBoolean() ? 0xD800 : 0xDC00);
        yield text.substring(0, at) + lone + text.substring(at);
      }
      case TOKENS_SHUFFLED -> {
        List<String> words = new ArrayList<>(Arrays.asList(text.split("\\s+")));
        Collections.shuffle(words, random);
        yield String.join(" ", words);
      }
      case BRACKETS_ADDED -> {
        int at = random.nextInt(text.length() + 1);
        String bracket = random.nextBoolean() ? "(" : ")";
        yield text.substring(0, at) + bracket.repeat(1 + random.nextInt(400)) + text.substring(at);
      }
    };
  }
}
