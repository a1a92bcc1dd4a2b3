package dev.sluice.app.results;

import dev.sluice.app.results.EditStatements.Planned;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.StatementSession;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.StatementText;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Sends staged changes: each statement takes the governed road, all of them in one transaction,
/// and nothing stays unless each has affected exactly the rows it is about. Blocks; not for the FX
/// thread.
final class EditSubmission {

  private static final long PATIENCE_SECONDS = 300;

  /// What came of it.
  sealed interface Outcome {
    /// Everything is in the database.
    record Done(long rows) implements Outcome {}

    /// The policy lets none of it run now; nothing was sent.
    record NotAllowed() implements Outcome {}

    /// Rows are not as they were read; nothing stays.
    record Conflict(long expected, long found) implements Outcome {}

    /// Something failed; nothing stays, unless the end of the transaction itself got lost.
    record Failed(WorkspaceProblem problem) implements Outcome {}
  }

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
    try (StatementSession session = workspace.session(connection, tab)) {
      RunEvent begun = run(session, StatementText.of("BEGIN"));
      if (!(begun instanceof RunEvent.Completed)) {
        return notDone(begun);
      }
      long rows = 0;
      for (Planned each : planned) {
        RunEvent end = run(session, each.statement());
        if (!(end instanceof RunEvent.Completed done)) {
          run(session, StatementText.of("ROLLBACK"));
          return notDone(end);
        }
        if (done.updateCount() != each.rows()) {
          run(session, StatementText.of("ROLLBACK"));
          return new Outcome.Conflict(each.rows(), done.updateCount());
        }
        rows += done.updateCount();
      }
      RunEvent end = run(session, StatementText.of("COMMIT"));
      return end instanceof RunEvent.Completed ? new Outcome.Done(rows) : notDone(end);
    }
  }

  private static Outcome notDone(RunEvent end) {
    return switch (end) {
      case RunEvent.Failed failed -> new Outcome.Failed(failed.problem());
      case RunEvent.Refused refused -> new Outcome.NotAllowed();
      case RunEvent.Cancelled cancelled -> new Outcome.Failed(silent());
      case RunEvent.Completed done -> new Outcome.Failed(silent());
      case RunEvent.StateChanged other -> new Outcome.Failed(silent());
      case RunEvent.ColumnsKnown other -> new Outcome.Failed(silent());
      case RunEvent.Rows other -> new Outcome.Failed(silent());
    };
  }

  private RunEvent run(StatementSession session, StatementText statement) {
    CompletableFuture<RunEvent> last = new CompletableFuture<>();
    var run =
        session.run(
            statement,
            event -> {
              switch (event) {
                case RunEvent.StateChanged more -> {}
                case RunEvent.ColumnsKnown more -> {}
                case RunEvent.Rows more -> {}
                case RunEvent.Completed end -> last.complete(end);
                case RunEvent.Refused end -> last.complete(end);
                case RunEvent.Failed end -> last.complete(end);
                case RunEvent.Cancelled end -> last.complete(end);
              }
            });
    try {
      return last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.abandon();
      return new RunEvent.Cancelled();
    } catch (TimeoutException | ExecutionException e) {
      run.abandon();
      return new RunEvent.Cancelled();
    }
  }

  private static WorkspaceProblem silent() {
    return new WorkspaceProblem(
        "no-answer",
        WorkspaceProblem.Blame.DATABASE,
        "The database did not answer in time.",
        "Run the query again and look whether the changes are there, before you submit again.");
  }
}
