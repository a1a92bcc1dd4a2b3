package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Token;
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
      result.add(Canonical.token(token, literals));
    }
    return new Result(result, null);
  }

  Dialect dialect() {
    return dialect;
  }
}
