package dev.sluice.gateway.workspace;

import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.codec.wire.ApprovedRun;
import java.time.Duration;
import java.util.function.Consumer;

/// Has the server run an approved capsule. Once asked for, it cannot be called back: the use is
/// consumed when it starts.
final class ApprovedRunTask implements Run {

  private final ServerClient client;
  private final String requestId;
  private final Consumer<RunEvent> listener;
  private volatile boolean done;

  ApprovedRunTask(ServerClient client, String requestId, Consumer<RunEvent> listener) {
    this.client = client;
    this.requestId = requestId;
    this.listener = listener;
  }

  Run start() {
    Thread.ofPlatform().daemon().name("sluice-run-approved").start(this::run);
    return this;
  }

  private void run() {
    RunEvent last;
    try {
      listener.accept(new RunEvent.StateChanged(RunEvent.State.RUNNING));
      last = told(client.runApproved(requestId));
    } catch (WorkspaceProblem e) {
      last = new RunEvent.Failed(e);
    }
    done = true;
    listener.accept(last);
  }

  private RunEvent told(ApprovedRun run) {
    if (run.execution().state() != Execution.State.EXECUTED) {
      return new RunEvent.Failed(
          new WorkspaceProblem(
              "execution-" + run.execution().state().name().toLowerCase(java.util.Locale.ROOT),
              WorkspaceProblem.Blame.DATABASE,
              run.execution().message(),
              "The use is consumed. Look at the data, then ask again if it is still needed."));
    }
    ServerRows.tell(run.columns(), run.rows(), listener);
    return new RunEvent.Completed(
        run.updateCount(),
        run.rows().size(),
        run.truncated(),
        Duration.ZERO,
        Duration.ofMillis(run.milliseconds()),
        run.warnings(),
        run.eventId());
  }

  @Override
  public void cancel() {
    // Consumed and under way on the server; a change half undone would be worse than a change.
  }

  @Override
  public boolean isDone() {
    return done;
  }
}
