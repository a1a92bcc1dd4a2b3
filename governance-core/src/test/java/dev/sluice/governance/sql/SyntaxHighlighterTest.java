package dev.sluice.governance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyntaxHighlighterTest {

  @Test
  void stylesFollowTheServersReading() {
    String text = "SELECT a, 'x' /* c */ FROM t WHERE id = $1 \\";
    assertThat(SyntaxHighlighter.highlight(text, Dialect.POSTGRESQL))
        .extracting(
            styled ->
                text.substring(styled.span().start(), styled.span().end()) + " " + styled.style())
        .containsExactly(
            "SELECT KEYWORD",
            "a NAME",
            ", OPERATOR",
            "'x' STRING",
            "/* c */ COMMENT",
            "FROM KEYWORD",
            "t NAME",
            "WHERE KEYWORD",
            "id NAME",
            "= OPERATOR",
            "$1 PARAMETER",
            "\\ PROBLEM");
  }
}
