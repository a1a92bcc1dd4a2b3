package dev.sluice.governance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {

  /// Kinds and texts without blanks, such as `WORD:a OPERATOR:+`.
  private static String tokens(Dialect dialect, String text) {
    return tokens(dialect, text, LexicalModes.SERVER_DEFAULTS);
  }

  private static String tokens(Dialect dialect, String text, LexicalModes modes) {
    return Lexer.lex(text, dialect, modes).tokens().stream()
        .filter(token -> token.kind() != TokenKind.WHITESPACE)
        .map(token -> token.kind() + ":" + token.text())
        .collect(Collectors.joining(" "));
  }

  private static List<String> problems(Dialect dialect, String text) {
    return Lexer.lex(text, dialect).problems().stream().map(LexicalProblem::code).toList();
  }

  private static String value(Dialect dialect, String text) {
    return Lexer.lex(text, dialect).significant().getFirst().value();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "POSTGRESQL ¦ @salary ¦ OPERATOR:@ WORD:salary",
        "DUCKDB ¦ @salary ¦ OPERATOR:@ WORD:salary",
        "MYSQL ¦ @salary ¦ VARIABLE:@salary",
        "SQLITE ¦ @salary ¦ PARAMETER:@salary",
        "SQLSERVER ¦ @salary ¦ VARIABLE:@salary",
        "POSTGRESQL ¦ 0#salary ¦ NUMBER:0 OPERATOR:# WORD:salary",
        "SQLSERVER ¦ #t ¦ WORD:#t",
        "MYSQL ¦ @@global.x ¦ VARIABLE:@@global.x",
        "POSTGRESQL ¦ 2*-1 ¦ NUMBER:2 OPERATOR:* OPERATOR:- NUMBER:1",
        "POSTGRESQL ¦ @-1 ¦ OPERATOR:@- NUMBER:1",
        "POSTGRESQL ¦ a<-1 ¦ WORD:a OPERATOR:< OPERATOR:- NUMBER:1",
        "POSTGRESQL ¦ a->>'b' ¦ WORD:a OPERATOR:->> STRING:'b'",
        "POSTGRESQL ¦ a+/*x*/b ¦ WORD:a OPERATOR:+ COMMENT:/*x*/ WORD:b",
        "POSTGRESQL ¦ a*--x ¦ WORD:a OPERATOR:* COMMENT:--x",
        "POSTGRESQL ¦ a::int ¦ WORD:a OPERATOR::: WORD:int",
        "POSTGRESQL ¦ a := 1 ¦ WORD:a OPERATOR::= NUMBER:1",
        "POSTGRESQL ¦ id=? ¦ WORD:id OPERATOR:= PARAMETER:?",
        "POSTGRESQL ¦ j ? 'k' ¦ WORD:j OPERATOR:? STRING:'k'",
        "POSTGRESQL ¦ WHERE ? ¦ WORD:WHERE PARAMETER:?",
        "POSTGRESQL ¦ j ?| k ¦ WORD:j OPERATOR:?| WORD:k",
        "POSTGRESQL ¦ $1 ¦ PARAMETER:$1",
        "POSTGRESQL ¦ :name ¦ PARAMETER::name",
        "POSTGRESQL ¦ a[1:b] ¦ WORD:a PUNCTUATION:[ NUMBER:1 PUNCTUATION:: WORD:b PUNCTUATION:]",
        "POSTGRESQL ¦ a[:b] ¦ WORD:a PUNCTUATION:[ PUNCTUATION:: WORD:b PUNCTUATION:]",
        "DUCKDB ¦ 4 // 2 ¦ NUMBER:4 OPERATOR:// NUMBER:2",
        "DUCKDB ¦ $x ¦ PARAMETER:$x",
        "SQLITE ¦ ?12 ¦ PARAMETER:?12",
        "SQLITE ¦ $x ¦ PARAMETER:$x",
        "MYSQL ¦ 5--1 ¦ NUMBER:5 OPERATOR:- OPERATOR:- NUMBER:1",
        "MYSQL ¦ 5-- 1 ¦ NUMBER:5 COMMENT:-- 1",
        "POSTGRESQL ¦ 5--1 ¦ NUMBER:5 COMMENT:--1",
        "MYSQL ¦ a#b ¦ WORD:a COMMENT:#b",
        "MYSQL ¦ $$ ¦ WORD:$$",
        "MYSQL ¦ a <=> b ¦ WORD:a OPERATOR:<=> WORD:b",
        "MYSQL ¦ @x := 1 ¦ VARIABLE:@x OPERATOR::= NUMBER:1",
        "MYSQL ¦ 1a ¦ WORD:1a",
        "MYSQL ¦ t.1e ¦ WORD:t PUNCTUATION:. WORD:1e",
        "MYSQL ¦ 1e5 ¦ NUMBER:1e5",
        "MYSQL ¦ 0x1F ¦ NUMBER:0x1F",
        "MYSQL ¦ 0X1F ¦ WORD:0X1F",
        "MYSQL ¦ 0b12 ¦ WORD:0b12",
        "POSTGRESQL ¦ 1.e5 ¦ NUMBER:1.e5",
        "POSTGRESQL ¦ .5 ¦ NUMBER:.5",
        "POSTGRESQL ¦ 1. ¦ NUMBER:1.",
        "POSTGRESQL ¦ 1_000 ¦ NUMBER:1_000",
        "POSTGRESQL ¦ 0x1F ¦ NUMBER:0x1F",
        "SQLSERVER ¦ $1.50 ¦ NUMBER:$1.50",
        "SQLSERVER ¦ 0x ¦ NUMBER:0x",
        "SQLITE ¦ a == b ¦ WORD:a OPERATOR:== WORD:b",
        "TRINO ¦ x -> x ¦ WORD:x OPERATOR:-> WORD:x",
        "POSTGRESQL ¦ größe ¦ WORD:größe",
        "MYSQL ¦ _utf8mb4'x' ¦ STRING:_utf8mb4'x'",
      })
  void cutsTokensAsTheServerDoes(Dialect dialect, String text, String expected) {
    assertThat(tokens(dialect, text)).isEqualTo(expected);
    assertThat(problems(dialect, text)).isEmpty();
  }

  @Test
  void readsTheValueOfEveryKindOfString() {
    assertThat(value(Dialect.POSTGRESQL, "'it''s'")).isEqualTo("it's");
    assertThat(value(Dialect.POSTGRESQL, "'a\\'")).isEqualTo("a\\");
    assertThat(value(Dialect.POSTGRESQL, "E'a\\'b\\n\\x41\\u00e9'")).isEqualTo("a'b\nAé");
    assertThat(value(Dialect.POSTGRESQL, "U&'d\\0061t\\+000061'")).isEqualTo("data");
    assertThat(value(Dialect.POSTGRESQL, "U&'d!0061ta' UESCAPE '!'")).isEqualTo("data");
    assertThat(value(Dialect.POSTGRESQL, "$a$x$$y$a$")).isEqualTo("x$$y");
    assertThat(value(Dialect.POSTGRESQL, "'a' -- more\n 'b'")).isEqualTo("ab");
    assertThat(value(Dialect.POSTGRESQL, "U&\"\\0073sn\"")).isEqualTo("ssn");
    assertThat(value(Dialect.MYSQL, "'a\\'b\\\\\\%'")).isEqualTo("a'b\\\\%");
    assertThat(value(Dialect.MYSQL, "\"a\"\"b\"")).isEqualTo("a\"b");
    assertThat(value(Dialect.MYSQL, "`a``b`")).isEqualTo("a`b");
    assertThat(value(Dialect.SQLSERVER, "[a]]b]")).isEqualTo("a]b");
    assertThat(value(Dialect.SQLITE, "[a b]")).isEqualTo("a b");
  }

  @Test
  void stringsOnOneLineStayApart() {
    assertThat(tokens(Dialect.POSTGRESQL, "'a' 'b'")).isEqualTo("STRING:'a' STRING:'b'");
    assertThat(tokens(Dialect.SQLITE, "'a'\n'b'")).isEqualTo("STRING:'a' STRING:'b'");
  }

  @Test
  void commentsNestOnlyWhereTheServerNestsThem() {
    String text = "/* /* */ x /* */ */";
    assertThat(tokens(Dialect.POSTGRESQL, text)).isEqualTo("COMMENT:" + text);
    assertThat(tokens(Dialect.SQLSERVER, text)).isEqualTo("COMMENT:" + text);
    assertThat(tokens(Dialect.MYSQL, text)).startsWith("COMMENT:/* /* */ WORD:x");
    assertThat(tokens(Dialect.SQLITE, text)).startsWith("COMMENT:/* /* */ WORD:x");
    assertThat(tokens(Dialect.TRINO, text)).startsWith("COMMENT:/* /* */ WORD:x");
    assertThat(problems(Dialect.ANSI, text)).contains("nested-comment");
  }

  @Test
  void serverModesChangeTheReading() {
    LexicalModes noBackslash = new LexicalModes(true, true, false, false);
    LexicalModes ansiQuotes = new LexicalModes(true, false, true, false);
    LexicalModes oldStrings = new LexicalModes(false, false, false, false);
    assertThat(tokens(Dialect.MYSQL, "'\\', a", noBackslash))
        .isEqualTo("STRING:'\\' PUNCTUATION:, WORD:a");
    assertThat(problems(Dialect.MYSQL, "'\\', a")).containsExactly("unterminated-string");
    assertThat(tokens(Dialect.MYSQL, "\"a\"", ansiQuotes)).isEqualTo("QUOTED_NAME:\"a\"");
    assertThat(tokens(Dialect.MYSQL, "\"a\"")).isEqualTo("STRING:\"a\"");
    assertThat(tokens(Dialect.POSTGRESQL, "'\\'' , a'", oldStrings))
        .isEqualTo("STRING:'\\'' PUNCTUATION:, WORD:a INVALID:'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "POSTGRESQL ¦ 'abc ¦ unterminated-string",
        "POSTGRESQL ¦ \"abc ¦ unterminated-quoted-name",
        "POSTGRESQL ¦ $a$ abc ¦ unterminated-dollar-quoted-string",
        "POSTGRESQL ¦ /* abc ¦ unterminated-comment",
        "POSTGRESQL ¦ 1a ¦ junk-after-number",
        "POSTGRESQL ¦ \\d t ¦ client-command",
        "POSTGRESQL ¦ \"\" ¦ empty-name",
        "POSTGRESQL ¦ E'\\xff' ¦ bad-escape",
        "POSTGRESQL ¦ U&'\\00zz' ¦ bad-escape",
        "POSTGRESQL ¦ `a` ¦ §§",
        "MYSQL ¦ /*! x */ ¦ executable-comment",
        "MARIADB ¦ /*M!100000 x */ ¦ executable-comment",
        "MYSQL ¦ /*+ SET_VAR(a=1) */ ¦ §§",
        "ANSI ¦ /*! x */ ¦ executable-comment",
        "MYSQL ¦ a\\G ¦ unexpected-character",
        "DUCKDB ¦ #4 ¦ positional-reference",
        "ANSI ¦ 'a\\' ¦ ambiguous-backslash",
        "ANSI ¦ #x ¦ unexpected-character",
        "TRINO ¦ größe ¦ unexpected-character",
        "SQLITE ¦ a ^ b ¦ unexpected-character",
      })
  void namesWhatItCannotPlace(Dialect dialect, String text, String code) {
    assertThat(problems(dialect, text))
        .startsWith(code.isEmpty() ? new String[0] : new String[] {code});
  }

  @Test
  void refusesInvisibleAndReorderingCharacters() {
    for (String bad : List.of("\0", "\u0007", "\u0085", "\u202e", "\u2066", "\ud800")) {
      for (Dialect dialect : Dialect.values()) {
        assertThat(problems(dialect, "SELECT " + bad + "1")).as("outside").isNotEmpty();
        assertThat(problems(dialect, "SELECT '" + bad + "'")).as("in a string").isNotEmpty();
        assertThat(problems(dialect, "SELECT 1 /*" + bad + "*/")).as("in a comment").isNotEmpty();
      }
    }
    for (String blank :
        List.of("\u00a0", "\u200b", "\u200d", "\u2003", "\u3000", "\ufeff", "\u2028")) {
      for (Dialect dialect : Dialect.values()) {
        assertThat(problems(dialect, "SELECT" + blank + "1")).as("outside").isNotEmpty();
        assertThat(problems(dialect, "SELECT '" + blank + "'")).as("in a string").isEmpty();
      }
    }
  }

  @Test
  void refusesACarriageReturnWithoutALineFeed() {
    assertThat(problems(Dialect.MYSQL, "DELETE FROM t -- x\rWHERE id = 1"))
        .containsExactly("bare-carriage-return");
    assertThat(problems(Dialect.MYSQL, "DELETE FROM t -- x\r\nWHERE id = 1")).isEmpty();
  }

  @Test
  void refusesNamesThatTheServerWouldCut() {
    assertThat(problems(Dialect.POSTGRESQL, "SELECT " + "a".repeat(63))).isEmpty();
    assertThat(problems(Dialect.POSTGRESQL, "SELECT " + "a".repeat(64)))
        .containsExactly("name-too-long");
    assertThat(problems(Dialect.POSTGRESQL, "SELECT \"" + "é".repeat(32) + "\""))
        .containsExactly("name-too-long");
    assertThat(problems(Dialect.DUCKDB, "SELECT " + "a".repeat(64))).isEmpty();
  }

  @Test
  void lettersThatFoldToAsciiInSomeLocaleAreNotKeywords() {
    Token word = Lexer.lex("ſelect", Dialect.POSTGRESQL).significant().getFirst();
    assertThat(word.isWord("SELECT")).isFalse();
    assertThat(AsciiCase.upper("ınsert")).isEqualTo("ıNSERT");
  }

  @Test
  void refusesDeepNestingAndLongTexts() {
    assertThat(problems(Dialect.POSTGRESQL, "(".repeat(200) + ")".repeat(200))).isEmpty();
    assertThat(problems(Dialect.POSTGRESQL, "(".repeat(201) + ")".repeat(201)))
        .containsExactly("nesting-too-deep");
    assertThat(problems(Dialect.POSTGRESQL, " ".repeat(256 * 1024 + 1)))
        .containsExactly("text-too-long");
  }
}
