package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings tokens into spellings that parser and server read alike. Each rewrite keeps the meaning
/// for the server; the reasons stand with each.
final class Rewriter {
  private final Dialect dialect;
  private final LexicalModes modes;
  private final Literals literals;

  Rewriter(Dialect dialect, LexicalModes modes, Literals literals) {
    this.dialect = dialect;
    this.modes = modes;
    this.literals = literals;
  }

  /// Either the tokens or the reason why there are none.
  ///
  /// @param kept what the server is to read
  /// @param lent what the parser is to read
  record Result(List<GateToken> kept, List<GateToken> lent, @Nullable Refusal refusal) {}

  Result rewrite(List<Token> tokens) {
    List<GateToken> canonical = new ArrayList<>(tokens.size());
    for (Token token : tokens) {
      canonical.addAll(Canonical.tokens(token, literals));
    }
    Optional<Refusal> refusal = RefusedForms.check(canonical, dialect);
    if (refusal.isPresent()) {
      return new Result(List.of(), List.of(), refusal.get());
    }
    List<GateToken> result = QueryForms.rewrite(canonical, dialect);
    result = Shorthands.rewrite(result, dialect);
    result = Spellings.rewrite(result, dialect, modes, literals);
    result = NameQuoting.rewrite(result, dialect);
    List<GateToken> lent = BorrowedOperators.lend(LentForms.lend(result, dialect), dialect);
    return new Result(result, lent, null);
  }
}
