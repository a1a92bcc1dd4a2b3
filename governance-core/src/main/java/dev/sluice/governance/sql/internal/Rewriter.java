package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings tokens into spellings that parser and server read alike.
final class Rewriter {
  private final Dialect dialect;
  private final Literals literals;

  Rewriter(Dialect dialect, Literals literals) {
    this.dialect = dialect;
    this.literals = literals;
  }

  record Result(List<GateToken> tokens, @Nullable Refusal refusal) {}

  Result rewrite(List<Token> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      result.add(canonical(token));
    }
    return new Result(result, null);
  }

  GateToken canonical(Token token) {
    String meaning = GateToken.meaningOf(token);
    String text =
        switch (token.kind()) {
          case STRING -> literals.string(token);
          case QUOTED_NAME -> literals.name(token);
          case NUMBER -> token.text().replace("_", "");
          case WORD, OPERATOR, PUNCTUATION, PARAMETER, VARIABLE, COMMENT, WHITESPACE, DELIMITER,
              INVALID ->
              token.text();
        };
    if (token.kind() == TokenKind.NUMBER) {
      meaning = meaning.replace("_", "");
    }
    return new GateToken(token.kind(), text, meaning, token.span());
  }

  Dialect dialect() {
    return dialect;
  }
}
