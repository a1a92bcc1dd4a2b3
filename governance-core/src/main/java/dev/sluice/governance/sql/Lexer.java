package dev.sluice.governance.sql;

import java.util.List;

/// Cuts text into tokens exactly as the dialect's server does. It is the lexical authority: what it
/// cannot place with certainty is a problem, and a statement with a problem never runs.
///
/// Guarantees: never throws, for any text; the token texts joined are the text; time and memory are
/// linear in the length of the text; same inputs, same tokens.
public final class Lexer {
  private Lexer() {}

  /// With the server's default modes and the standard limits.
  public static TokenStream lex(String text, Dialect dialect) {
    return lex(text, dialect, LexicalModes.SERVER_DEFAULTS, LexicalLimits.STANDARD);
  }

  public static TokenStream lex(String text, Dialect dialect, LexicalModes modes) {
    return lex(text, dialect, modes, LexicalLimits.STANDARD);
  }

  /// A text over the limit is one invalid token and one problem.
  public static TokenStream lex(
      String text, Dialect dialect, LexicalModes modes, LexicalLimits limits) {
    if (text.length() > limits.characters()) {
      return new TokenStream(
          List.of(new Token(TokenKind.INVALID, text, 0, text.length(), text)),
          List.of(LexicalProblems.tooLong(text.length(), limits.characters())));
    }
    return new Scanner(text, dialect.lexicalRules(), modes, limits).scan();
  }
}
