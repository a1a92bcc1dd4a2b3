package dev.sluice.gateway.workspace;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.sql.StatementLabels;
import java.util.Map;

/// Where the statements of a workspace come from.
///
/// @param word `window`, `cli`, `mcp` or `driver`
/// @param labels what is said of all of them: workflow, purpose, model, commit, run
public record Origin(String word, Map<String, String> labels) {
  public Origin {
    labels = Map.copyOf(labels);
    if (!StatementLabels.areLabels(labels)) {
      throw new IllegalArgumentException(
          "A label has a name of lower-case letters, digits, \"_\", \".\" and \"-\", and a value of"
              + " at most 200 characters; there are at most 20.");
    }
  }

  public static Origin window() {
    return new Origin("window", Map.of());
  }

  /// Who asks, with the labels of this origin and of the statement's own last comment.
  Actor asking(Actor actor, String statement) {
    return actor.withLabels(labels).withLabels(StatementLabels.of(statement));
  }
}
