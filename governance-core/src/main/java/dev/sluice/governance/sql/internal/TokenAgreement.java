package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.TokenKind;
import java.util.Optional;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.Token;

/// Checks that the parser cut the normalised text into the same tokens as our lexer, and took each
/// for the same kind of thing. It sees the very tokens that the parser consumed.
final class TokenAgreement {
  private TokenAgreement() {}

  /// @param first the parser's token before the first
  static Optional<Refusal> check(Token first, NormalisedText normalised) {
    int next = 0;
    for (Token token = first.next; token != null && token.kind != 0; token = token.next) {
      int start = token.absoluteBegin - 1;
      int end = start + token.image.stripTrailing().length();
      if (next >= normalised.tokens().size() || start < normalised.start(next)) {
        return refuse(normalised, start, end);
      }
      if (start > normalised.end(next)) {
        return refuse(normalised, normalised.start(next), normalised.end(next));
      }
      if (start != normalised.start(next) && !continuesSplit(normalised, next, start)) {
        return refuse(normalised, start, end);
      }
      int last = next;
      while (last < normalised.tokens().size() && normalised.end(last) < end) {
        last++;
      }
      if (last >= normalised.tokens().size()) {
        return refuse(normalised, start, end);
      }
      boolean agreed =
          last == next
              ? agrees(normalised.tokens().get(next), token, start, end, normalised, next)
              : joinsWords(normalised, next, last, token.kind);
      if (!agreed) {
        return refuse(normalised, start, end);
      }
      if (end == normalised.end(last)) {
        next = last + 1;
      }
    }
    if (next < normalised.tokens().size()) {
      return refuse(normalised, normalised.start(next), normalised.text().length());
    }
    return Optional.empty();
  }

  /// A parameter `:x` or `?1` is two tokens for the parser.
  private static boolean continuesSplit(NormalisedText normalised, int token, int start) {
    GateToken whole = normalised.tokens().get(token);
    return whole.kind() == TokenKind.PARAMETER
        && (whole.text().startsWith(":") || whole.text().startsWith("?"))
        && start == normalised.start(token) + 1;
  }

  /// Keywords of several words, such as `SIMILAR TO`, are one token for the parser.
  private static boolean joinsWords(NormalisedText normalised, int from, int to, int kind) {
    boolean literal =
        kind == CCJSqlParserConstants.S_CHAR_LITERAL
            || kind == CCJSqlParserConstants.S_QUOTED_IDENTIFIER
            || kind == CCJSqlParserConstants.S_IDENTIFIER
            || kind == CCJSqlParserConstants.S_DOLLAR_QUOTED_STRING;
    for (int i = from; i <= to; i++) {
      TokenKind part = normalised.tokens().get(i).kind();
      if (literal || (part != TokenKind.WORD && part != TokenKind.PUNCTUATION)) {
        return false;
      }
    }
    return true;
  }

  private static boolean agrees(
      GateToken ours, Token theirs, int start, int end, NormalisedText normalised, int index) {
    boolean whole = start == normalised.start(index) && end == normalised.end(index);
    int kind = theirs.kind;
    return switch (ours.kind()) {
      case WORD -> whole && (keyword(kind) || kind == CCJSqlParserConstants.S_IDENTIFIER);
      case QUOTED_NAME -> whole && kind == CCJSqlParserConstants.S_QUOTED_IDENTIFIER;
      case STRING ->
          whole
              && (kind == CCJSqlParserConstants.S_CHAR_LITERAL
                  || kind == CCJSqlParserConstants.S_HEX);
      case NUMBER ->
          whole
              && (kind == CCJSqlParserConstants.S_LONG
                  || kind == CCJSqlParserConstants.S_DOUBLE
                  || kind == CCJSqlParserConstants.S_HEX);
      case PARAMETER ->
          whole
              ? !keyword(kind) && kind != CCJSqlParserConstants.S_IDENTIFIER
              : ours.text().startsWith(":") || ours.text().startsWith("?");
      case VARIABLE -> whole && kind == CCJSqlParserConstants.S_AT_IDENTIFIER;
      case OPERATOR -> whole && (mark(theirs) || (lent(ours) && keyword(kind)));
      case PUNCTUATION -> whole && mark(theirs);
      case COMMENT, WHITESPACE, DELIMITER, INVALID -> false;
    };
  }

  private static boolean keyword(int kind) {
    return kind > CCJSqlParserConstants.WHITESPACE
        && kind < CCJSqlParserConstants.S_DOUBLE
        && Character.isLetter(imageStart(kind));
  }

  private static char imageStart(int kind) {
    String image = CCJSqlParserConstants.tokenImage[kind];
    return image.length() > 1 ? image.charAt(1) : ' ';
  }

  /// An operator that goes under a word for the parser.
  private static boolean lent(GateToken token) {
    return Character.isLetter(token.text().charAt(0));
  }

  /// Neither word nor literal.
  private static boolean mark(Token token) {
    char c = token.image.charAt(0);
    return !Character.isLetterOrDigit(c)
        && c != '_'
        && c != '\''
        && c != '"'
        && c != '`'
        && token.kind != CCJSqlParserConstants.S_IDENTIFIER;
  }

  private static Optional<Refusal> refuse(NormalisedText normalised, int start, int end) {
    Span span = normalised.origin(Math.max(0, start), Math.max(start, end));
    return Optional.of(
        new Refusal(
            "read-differently",
            "The server and the parser would read this differently.",
            span,
            "Write it in a plainer way, for example with blanks or brackets around it."));
  }
}
