package dev.sluice.gateway.workspace;

import java.util.function.Consumer;

/// A run that could not begin; says so on a background thread like any other.
final class FailedRun implements Run {

  private final WorkspaceProblem problem;
  private final Consumer<RunEvent> listener;

  FailedRun(WorkspaceProblem problem, Consumer<RunEvent> listener) {
    this.problem = problem;
    this.listener = listener;
  }

  Run start() {
    Thread.ofPlatform()
        .daemon()
        .name("sluice-run")
        .start(() -> listener.accept(new RunEvent.Failed(problem)));
    return this;
  }

  @Override
  public void cancel() {}

  @Override
  public boolean isDone() {
    return true;
  }
}
