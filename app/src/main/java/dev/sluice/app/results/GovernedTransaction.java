package dev.sluice.app.results;

import dev.sluice.gateway.workspace.ChangeOutcome;
import dev.sluice.gateway.workspace.PlannedChange;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.StatementSession;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Changes that arrive together or not at all. Each statement takes the whole governed road, and
/// nothing stays unless each has affected exactly the rows it is about. Blocks; not for the FX
/// thread, but for [#cancel].
public final class GovernedTransaction implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 300;

  /// How it ended.
  public sealed interface Outcome {
    /// Everything is in the database.
    record Done(long rows) implements Outcome {}

    /// The policy lets none of it run now; nothing stays.
    record NotAllowed() implements Outcome {}

    /// Rows are not as they were read; nothing stays.
    record Conflict(long expected, long found) implements Outcome {}

    /// Something failed; nothing stays, unless the end of the transaction itself got lost.
    record Failed(WorkspaceProblem problem) implements Outcome {}
  }

  private final Workspace workspace;
  private final String connection;
  private final StatementSession session;

  /// Where the server makes the changes they are gathered, and go to it together.
  private final boolean byServer;

  private final List<PlannedChange> gathered = new ArrayList<>();
  private volatile Optional<Run> underWay = Optional.empty();
  private volatile boolean cancelled;
  private long rows;

  /// @param tab where it comes from, in words
  public GovernedTransaction(Workspace workspace, String connection, Supplier<String> tab)
      throws WorkspaceProblem {
    this.workspace = workspace;
    this.connection = connection;
    byServer = workspace.changesByServer(connection);
    session = workspace.session(connection, tab);
  }

  /// @return how it ended already; empty when it has begun
  public Optional<Outcome> begin() {
    if (byServer) {
      return Optional.empty();
    }
    RunEvent begun = run(StatementText.of("BEGIN"));
    return begun instanceof RunEvent.Completed ? Optional.empty() : Optional.of(notDone(begun));
  }

  /// Runs one statement; with another outcome than its rows everything is rolled back.
  ///
  /// @param expected rows it must affect
  /// @return how it all ended; empty when it goes on
  public Optional<Outcome> run(StatementText statement, long expected) {
    if (byServer) {
      gathered.add(new PlannedChange(statement, expected));
      return Optional.empty();
    }
    RunEvent end = run(statement);
    if (!(end instanceof RunEvent.Completed done)) {
      rollback();
      return Optional.of(notDone(end));
    }
    if (done.updateCount() != expected) {
      rollback();
      return Optional.of(new Outcome.Conflict(expected, done.updateCount()));
    }
    rows += done.updateCount();
    return Optional.empty();
  }

  /// Makes everything stay.
  public Outcome commit() {
    if (byServer) {
      return handOver();
    }
    RunEvent end = run(StatementText.of("COMMIT"));
    return end instanceof RunEvent.Completed ? new Outcome.Done(rows) : notDone(end);
  }

  private Outcome handOver() {
    try {
      return switch (workspace.change(connection, gathered)) {
        case ChangeOutcome.Made made ->
            new Outcome.Done(made.counts().stream().mapToLong(Long::longValue).sum());
        case ChangeOutcome.Refused refused -> new Outcome.NotAllowed();
        case ChangeOutcome.NotAsExpected other ->
            new Outcome.Conflict(gathered.get(other.at()).expected(), other.found());
      };
    } catch (WorkspaceProblem problem) {
      return new Outcome.Failed(problem);
    }
  }

  /// Takes everything back.
  public void rollback() {
    if (byServer) {
      gathered.clear();
      return;
    }
    run(StatementText.of("ROLLBACK"));
  }

  /// Gives up the statement under way; it then ends as failed. From any thread.
  public void cancel() {
    cancelled = true;
    underWay.ifPresent(Run::cancel);
  }

  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void close() {
    session.close();
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

  private RunEvent run(StatementText statement) {
    CompletableFuture<RunEvent> last = new CompletableFuture<>();
    Run run =
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
    underWay = Optional.of(run);
    try {
      return last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.abandon();
      return new RunEvent.Cancelled();
    } catch (TimeoutException | ExecutionException e) {
      run.abandon();
      return new RunEvent.Cancelled();
    } finally {
      underWay = Optional.empty();
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
