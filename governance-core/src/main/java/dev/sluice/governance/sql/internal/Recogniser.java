package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import java.util.List;
import java.util.Optional;

final class Recogniser {
  private Recogniser() {}

  static Optional<GateResult> recognise(
      StatementText statement, List<Token> tokens, Dialect dialect, Literals literals) {
    return Optional.empty();
  }
}
