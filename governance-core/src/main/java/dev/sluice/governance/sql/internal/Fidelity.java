package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.LexicalProblem;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Token;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the tokens of the text with those of the printed tree, in order. Only words that change
/// nothing may come or go.
final class Fidelity {
  private Fidelity() {}

  /// @param refusal set when they differ
  /// @param origins for each printed token, where it comes from
  record Result(@Nullable Refusal refusal, List<Span> origins) {}

  static Result compare(
      List<GateToken> written, List<Token> printed, List<LexicalProblem> problems) {
    if (!problems.isEmpty()) {
      return new Result(differs(written, 0), List.of());
    }
    List<Span> origins = new ArrayList<>(printed.size());
    int w = 0;
    int p = 0;
    while (w < written.size() || p < printed.size()) {
      if (w < written.size() && p < printed.size() && same(written.get(w), printed.get(p))) {
        origins.add(written.get(w).origin());
        w++;
        p++;
      } else if (w < written.size() && Noise.droppable(written, w)) {
        w++;
      } else if (p < printed.size() && Noise.addable(printed, p)) {
        origins.add(written.get(Math.min(w, written.size() - 1)).origin());
        p++;
      } else {
        return new Result(differs(written, w), List.of());
      }
    }
    return new Result(null, origins);
  }

  private static boolean same(GateToken written, Token printed) {
    return written.kind() == printed.kind()
        && written.meaning().equals(GateToken.meaningOf(printed));
  }

  private static Refusal differs(List<GateToken> written, int at) {
    Span span = written.get(Math.min(at, written.size() - 1)).origin();
    return new Refusal(
        "not-faithful",
        "The parser does not keep this part of the statement.",
        span,
        "Write it in a plainer way.");
  }
}
