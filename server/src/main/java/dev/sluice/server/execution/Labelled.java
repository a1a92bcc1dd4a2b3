package dev.sluice.server.execution;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.sql.StatementLabels;
import dev.sluice.server.Problems;
import java.util.Map;

/// Who asks, with the labels that came with the statement.
public final class Labelled {

  private Labelled() {}

  /// The labels of the identity itself win, then those sent beside the statement, then those in its
  /// last comment.
  ///
  /// @throws dev.sluice.server.ServerProblem when something sent as a label is none
  public static Actor actor(Actor actor, Map<String, String> sent, String statement) {
    if (!StatementLabels.areLabels(sent)) {
      throw Problems.malformed(
          "A label has a name of lower-case letters, digits, \"_\", \".\" and \"-\", and a value of"
              + " at most 200 characters.");
    }
    return actor.withLabels(sent).withLabels(StatementLabels.of(statement));
  }
}
