package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.StatementText;
import java.util.List;
import java.util.Optional;

/// A statement named from its tokens.
///
/// @param kind such as `EXPLAIN`, `SET`, `CREATE TABLE`
/// @param effects of the statement without what it holds
/// @param inner the statement that it holds, to be analysed in its turn; the effects of the whole
///     are both
/// @param printed the same tokens in canonical spelling, without comments: what may be sent
/// @param explainAnalyze an EXPLAIN that really runs what it holds
public record RecognisedStatement(
    String kind,
    List<Effect> effects,
    Optional<Inner> inner,
    String printed,
    boolean explainAnalyze) {
  public RecognisedStatement {
    effects = List.copyOf(effects);
    if (effects.isEmpty()) {
      throw new IllegalArgumentException("Every statement has an effect.");
    }
  }

  /// What the outer statement does with the one that it holds.
  public enum Role {
    /// Its plan is shown.
    EXPLAINED,
    /// Its rows go to a file, a program or the client.
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

  /// @param text the statement; its span is relative to the outer statement's text
  public record Inner(StatementText text, Role role) {}
}
