package dev.sluice.governance.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for every text.
class LexerPropertyTest {
  private static final long SEED = Long.getLong("sluice.seed", 20260101L);

  private static final List<String> PIECES =
      List.of(
          "SELECT",
          " ",
          "\n",
          "a",
          "ssn",
          "'",
          "''",
          "\"",
          "`",
          "[",
          "]",
          "$$",
          "$a$",
          "--",
          "/*",
          "*/",
          "/*!",
          "#",
          "\\",
          "E'",
          "U&'",
          "U&\"",
          "x'",
          "_utf8'",
          "N'",
          ";",
          "DELIMITER //",
          "//",
          "GO",
          "\r\n",
          "\r",
          "1",
          "1e",
          "0x",
          ".",
          "..",
          "1.5",
          "@",
          "@@",
          ":",
          "::",
          "?",
          "$1",
          "{",
          "}",
          "(",
          ")",
          ",",
          "+",
          "-",
          "*",
          "=",
          "<>",
          "!",
          "|",
          "||",
          "&",
          "\0",
          "\u00a0",
          "é",
          "\ud83d\ude00",
          "\ud800",
          "BEGIN",
          "END",
          "CREATE TRIGGER",
          "UESCAPE '!'");

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(24);
    for (int i = 0; i < length; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @Test
  void tokensCoverEveryTextAndNothingThrows() {
    Random random = new Random(SEED);
    for (int i = 0; i < 6_000; i++) {
      String text = randomText(random);
      for (Dialect dialect : Dialect.values()) {
        TokenStream stream = Lexer.lex(text, dialect);
        if (!covers(stream, text)) {
          fail("seed %d, %s: %s", SEED, dialect, text);
        }
      }
    }
  }

  private static boolean covers(TokenStream stream, String text) {
    StringBuilder joined = new StringBuilder();
    boolean invalid = false;
    for (Token token : stream.tokens()) {
      if (token.start() != joined.length()) {
        return false;
      }
      joined.append(token.text());
      if (token.end() != joined.length()) {
        return false;
      }
      invalid |= token.kind() == TokenKind.INVALID;
    }
    return joined.toString().equals(text) && (!invalid || !stream.problems().isEmpty());
  }

  @Test
  void statementsLieInTheScriptInOrder() {
    Random random = new Random(SEED + 1);
    for (int i = 0; i < 3_000; i++) {
      String text = randomText(random);
      for (Dialect dialect : Dialect.values()) {
        int end = 0;
        for (StatementText statement : SqlScript.cut(text, dialect).statements()) {
          Span span = statement.span();
          if (span.start() < end
              || statement.text().isBlank()
              || !text.substring(span.start(), span.end()).equals(statement.text())) {
            fail("seed %d, %s: %s", SEED, dialect, text);
          }
          end = span.end();
        }
      }
    }
  }

  @Test
  void longRunsOfOneThingAreRead() {
    LexicalLimits wide = new LexicalLimits(Integer.MAX_VALUE, 200, 100);
    for (String piece : List.of("(", "/*", "'a' ", "$a$", "x'", "U&'a' ", "-", "a", "@ ", "1 ")) {
      String text = piece.repeat(60_000 / piece.length());
      for (Dialect dialect : Dialect.values()) {
        int covered = 0;
        for (Token token : Lexer.lex(text, dialect, LexicalModes.SERVER_DEFAULTS, wide).tokens()) {
          covered += token.text().length();
        }
        assertThat(covered).isEqualTo(text.length());
      }
    }
  }

  @Test
  void tenMillionCharactersAreRefusedForTheirLength() {
    String huge = "SELECT 1; ".repeat(1_000_000);
    assertThat(Lexer.lex(huge, Dialect.POSTGRESQL).problems())
        .extracting(LexicalProblem::code)
        .containsExactly("text-too-long");
  }
}
