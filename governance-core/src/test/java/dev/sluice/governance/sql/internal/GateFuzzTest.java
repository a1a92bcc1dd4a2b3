package dev.sluice.governance.sql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Mutated statements. Whatever comes through must print text that the lexer finds no problem in
/// and that reads the same when it goes through the gate again.
class GateFuzzTest {
  private static final long SEED = Long.getLong("sluice.seed", 20260102L);

  private static final List<String> SEEDS =
      List.of(
          "SELECT a, b AS c FROM t WHERE id = 1 AND name LIKE '%x%' ORDER BY 2 LIMIT 3",
          "SELECT count(*), max(x) FROM s.t x LEFT JOIN u ON x.id = u.id GROUP BY a HAVING max(x) >"
              + " 2",
          "WITH q AS (SELECT 1 AS n) SELECT n, (SELECT 2) FROM q UNION ALL SELECT 3, 4",
          "INSERT INTO t (a, b) VALUES (1, 'it''s'), (2, NULL)",
          "UPDATE t SET a = a + 1, b = 'x' WHERE id IN (1, 2, 3)",
          "DELETE FROM t WHERE id = 4 / 2 OR a <> b",
          "SELECT CASE WHEN a THEN \"b c\" ELSE -1 END FROM (SELECT * FROM t) q",
          "SELECT a || 'b' || c, x -> 'y', -z, 1.5e3 FROM t WHERE NOT a = b",
          "CREATE TABLE x AS SELECT 1",
          "EXPLAIN SELECT a FROM t");

  private static final List<String> SPLICES =
      List.of(
          "--", "/*", "*/", "/*!", "#", "//", "'", "\"", "`", "\\", "$$", "$a$", "@", ":", "::",
          "?", "E'", "U&", "{", "}", "[", "]", "(", ")", ";", "\n", "\r", "\u00a0", "\0", "AS",
          "TABLE", "ONLY", "OR", "||", "-", "+", "AND", "1", "x", ",", ".", "SELECT", "DELETE",
          "UNION");

  private static String mutate(String text, Random random) {
    StringBuilder result = new StringBuilder(text);
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count && !result.isEmpty(); i++) {
      int at = random.nextInt(result.length());
      switch (random.nextInt(5)) {
        case 0 -> result.deleteCharAt(at);
        case 1 -> result.setLength(at);
        case 2 -> result.setCharAt(at, (char) (32 + random.nextInt(95)));
        case 3 -> swapTokens(result, random);
        default -> result.insert(at, SPLICES.get(random.nextInt(SPLICES.size())));
      }
    }
    return result.toString();
  }

  private static void swapTokens(StringBuilder text, Random random) {
    String[] words = text.toString().split(" ");
    int a = random.nextInt(words.length);
    int b = random.nextInt(words.length);
    String word = words[a];
    words[a] = words[b];
    words[b] = word;
    text.setLength(0);
    text.append(String.join(" ", words));
  }

  @Test
  void nothingThrowsAndWhatComesThroughIsStable() {
    Random random = new Random(SEED);
    int passed = 0;
    for (int i = 0; i < 10_000; i++) {
      String text = mutate(SEEDS.get(random.nextInt(SEEDS.size())), random);
      Dialect dialect = Dialect.values()[random.nextInt(Dialect.values().length)];
      GateResult result;
      try {
        result = Gate.read(StatementText.of(text), dialect, ParserWorker.onCallerThread());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", " + dialect + ": " + text, e);
      }
      if (result instanceof GateResult.Parsed parsed) {
        passed++;
        checkStable(text, dialect, parsed);
      }
    }
    assertThat(passed).isGreaterThan(500);
  }

  private static void checkStable(String text, Dialect dialect, GateResult.Parsed parsed) {
    if (!Lexer.lex(parsed.printed(), dialect).problems().isEmpty()) {
      fail("seed %d, %s: %s prints unreadable %s", SEED, dialect, text, parsed.printed());
    }
    GateResult again =
        Gate.read(StatementText.of(parsed.printed()), dialect, ParserWorker.onCallerThread());
    if (!(again instanceof GateResult.Parsed second)
        || !second.printed().equals(parsed.printed())) {
      fail(
          "seed %d, %s: %s prints %s, which reads as %s",
          SEED, dialect, text, parsed.printed(), again);
    }
    if (!literals(parsed.printed(), dialect).equals(literals(text, dialect))) {
      fail("seed %d, %s: %s prints other literals: %s", SEED, dialect, text, parsed.printed());
    }
  }

  private static List<String> literals(String text, Dialect dialect) {
    List<String> values = new ArrayList<>();
    for (Token token : Lexer.lex(text, dialect).significant()) {
      if (token.kind() == TokenKind.STRING) {
        values.add(token.value());
      }
    }
    return List.of(String.join("", values));
  }
}
