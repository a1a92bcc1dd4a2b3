package dev.sluice.app.results;

import dev.sluice.app.results.EditStatements.Planned;
import dev.sluice.app.results.GovernedTransaction.Outcome;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Sends staged changes: decided first, and sent only when all of them are allowed, in one
/// transaction. Blocks; not for the FX thread.
final class EditSubmission {

  private final Workspace workspace;
  private final String connection;
  private final Supplier<String> tab;

  EditSubmission(Workspace workspace, String connection, Supplier<String> tab) {
    this.workspace = workspace;
    this.connection = connection;
    this.tab = tab;
  }

  Outcome send(List<Planned> planned) throws WorkspaceProblem {
    for (Planned each : planned) {
      for (StatementVerdict verdict : workspace.decide(connection, each.statement().text())) {
        if (!verdict.decision().word().equals("allow")) {
          return new Outcome.NotAllowed();
        }
      }
    }
    try (GovernedTransaction transaction = new GovernedTransaction(workspace, connection, tab)) {
      Optional<Outcome> ended = transaction.begin();
      for (Planned each : planned) {
        if (ended.isEmpty()) {
          ended = transaction.run(each.statement(), each.rows());
        }
      }
      return ended.orElseGet(transaction::commit);
    }
  }
}
