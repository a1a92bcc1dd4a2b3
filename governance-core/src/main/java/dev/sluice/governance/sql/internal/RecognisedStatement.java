package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.StatementText;
import java.util.List;
import java.util.Optional;

/// A statement named from its tokens.
///
/// @param kind such as `EXPLAIN`, `SET`, `CREATE TABLE`
/// @param effects of the statement without what it holds, at least one
/// @param inner the statement that it holds, to be analysed in its turn: the effects of the whole
///     are both, and when the inner one is refused, so is the whole
/// @param printed the same tokens in canonical spelling, without comments: what may be sent
public record RecognisedStatement(
    String kind, List<Effect> effects, Optional<Inner> inner, String printed) {
  public RecognisedStatement {
    effects = List.copyOf(effects);
    if (effects.isEmpty()) {
      throw new IllegalArgumentException("Every statement has an effect.");
    }
  }

  /// What may be sent when the inner statement was rewritten.
  public String printedWith(String innerPrinted) {
    return inner
        .map(held -> held.before() + " " + innerPrinted + " " + held.after())
        .orElse(printed)
        .strip();
  }

  /// What the outer statement does with the one that it holds.
  public enum Role {
    /// Only the names and types of its columns are shown.
    DESCRIBED,
    /// Its plan is shown; it does not run.
    EXPLAINED,
    /// It runs, and its plan with counts is shown.
    EXPLAINED_AND_RUN,
    /// Its rows go to a file, a program or the client's copy stream.
    COPIED_OUT,
    /// Its rows become a table.
    STORED,
    /// It becomes the definition of a view.
    DEFINED,
    /// It may run later under a name.
    PREPARED,
    /// Its rows can be fetched later.
    CURSOR
  }

  /// @param text the statement; its span is relative to the outer statement's text. For `COPY t TO`
  ///     it is the query that the table stands for, and the span is that of the table
  /// @param role what becomes of it
  /// @param before the printed text in front of it
  /// @param after the printed text behind it
  public record Inner(StatementText text, Role role, String before, String after) {}
}
