package dev.sluice.app.fx;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.gateway.workspace.WorkspaceProblem.Blame;

/// Problems that arise in the window itself.
public final class Problems {

  private Problems() {}

  /// What happened, in a sentence.
  public static String words(WorkspaceProblem problem) {
    return String.valueOf(problem.getMessage());
  }

  /// What happened and what to do next.
  public static String wordsAndWayOut(WorkspaceProblem problem) {
    return words(problem) + " " + problem.wayOut();
  }

  /// A mistake of ours. The words name its kind only: a message could carry a value.
  public static WorkspaceProblem internal(Throwable cause) {
    return new WorkspaceProblem(
        "internal",
        Blame.INTERNAL,
        "Something went wrong inside Sluice (" + cause.getClass().getSimpleName() + ").",
        "Try again. If it stays, send the log file to whoever looks after Sluice here.");
  }
}
