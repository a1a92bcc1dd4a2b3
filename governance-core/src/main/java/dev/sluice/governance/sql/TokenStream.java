package dev.sluice.governance.sql;

import java.util.List;

/// A text as tokens. The token texts, joined, are the text.
///
/// @param tokens in order, without gaps
/// @param problems in the order they were met; not empty means: refuse
public record TokenStream(List<Token> tokens, List<LexicalProblem> problems) {
  public TokenStream {
    tokens = List.copyOf(tokens);
    problems = List.copyOf(problems);
  }

  /// The tokens that are neither blank nor comment.
  public List<Token> significant() {
    return tokens.stream().filter(token -> token.kind().significant()).toList();
  }
}
