package dev.sluice.governance.sql;

import java.util.ArrayList;
import java.util.List;

/// Styles for an editor, from the same lexer that the decisions use: what looks like a comment is
/// one to the server, too.
public final class SyntaxHighlighter {
  private SyntaxHighlighter() {}

  /// Styled spans in order, without overlaps; blanks have none. Never throws. Linear in the length
  /// of the text.
  public static List<StyledSpan> highlight(String text, Dialect dialect) {
    LexicalLimits limits =
        new LexicalLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    List<StyledSpan> spans = new ArrayList<>();
    for (Token token : Lexer.lex(text, dialect, LexicalModes.SERVER_DEFAULTS, limits).tokens()) {
      switch (token.kind()) {
        case WHITESPACE -> {}
        case COMMENT -> add(spans, token, SyntaxStyle.COMMENT);
        case STRING -> add(spans, token, SyntaxStyle.STRING);
        case NUMBER -> add(spans, token, SyntaxStyle.NUMBER);
        case OPERATOR, PUNCTUATION, DELIMITER -> add(spans, token, SyntaxStyle.OPERATOR);
        case PARAMETER, VARIABLE -> add(spans, token, SyntaxStyle.PARAMETER);
        case QUOTED_NAME -> add(spans, token, SyntaxStyle.NAME);
        case INVALID -> add(spans, token, SyntaxStyle.PROBLEM);
        case WORD ->
            add(
                spans,
                token,
                SqlKeywords.of(dialect).contains(AsciiCase.upper(token.text()))
                    ? SyntaxStyle.KEYWORD
                    : SyntaxStyle.NAME);
      }
    }
    return spans;
  }

  private static void add(List<StyledSpan> spans, Token token, SyntaxStyle style) {
    spans.add(new StyledSpan(token.span(), style));
  }
}
