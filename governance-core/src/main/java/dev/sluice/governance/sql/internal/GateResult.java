package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Token;
import java.util.List;
import net.sf.jsqlparser.statement.Statement;

/// What the gate says of one statement.
public sealed interface GateResult {

  /// Understood by the parser, and the tree holds the same tokens in the same order as the text.
  ///
  /// @param statement the tree
  /// @param printed the tree as text: what may be sent to the database
  /// @param tokens of the statement text, without blanks and comments
  /// @param sources from nodes and printed offsets back to the statement text
  record Parsed(Statement statement, String printed, List<Token> tokens, SourceMap sources)
      implements GateResult {
    public Parsed {
      tokens = List.copyOf(tokens);
    }
  }

  /// Not for the parser, but named from its tokens.
  record Recognised(RecognisedStatement statement) implements GateResult {}

  /// Not understood: it must not run.
  record Refused(Refusal refusal) implements GateResult {}
}
