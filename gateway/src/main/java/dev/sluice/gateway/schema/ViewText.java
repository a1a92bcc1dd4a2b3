package dev.sluice.gateway.schema;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import dev.sluice.governance.sql.TokenStream;
import java.util.List;
import java.util.Optional;

/// Finds the query in the text of a CREATE VIEW.
final class ViewText {

  private ViewText() {}

  /// What follows the first AS outside parentheses; empty when the text is not plainly that.
  static Optional<String> query(String create, Dialect dialect) {
    TokenStream stream = Lexer.lex(create, dialect);
    if (!stream.problems().isEmpty()) {
      return Optional.empty();
    }
    List<Token> tokens = stream.significant();
    int depth = 0;
    for (int index = 0; index < tokens.size(); index++) {
      Token token = tokens.get(index);
      if (token.isPunctuation("(")) {
        depth++;
      } else if (token.isPunctuation(")")) {
        depth--;
      } else if (depth == 0 && token.isWord("AS") && index + 1 < tokens.size()) {
        return Optional.of(create.substring(tokens.get(index + 1).start(), end(tokens)));
      }
    }
    return Optional.empty();
  }

  private static int end(List<Token> tokens) {
    int last = tokens.size() - 1;
    while (last > 0 && tokens.get(last).kind() == TokenKind.DELIMITER) {
      last--;
    }
    return tokens.get(last).end();
  }
}
