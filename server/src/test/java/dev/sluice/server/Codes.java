package dev.sluice.server;

import dev.sluice.gateway.workspace.WorkspaceProblem;

/// What a call is refused with.
final class Codes {

  private Codes() {}

  interface Call {
    Object run() throws WorkspaceProblem;
  }

  interface Act {
    void run() throws WorkspaceProblem;
  }

  /// The code of the problem, or `ok`.
  static String of(Act act) {
    return of(
        () -> {
          act.run();
          return "done";
        });
  }

  /// The problem itself; there must be one.
  static WorkspaceProblem problem(Act act) {
    try {
      act.run();
    } catch (WorkspaceProblem e) {
      return e;
    }
    throw new AssertionError("It was not refused.");
  }

  /// The code of the problem, or `ok`.
  static String of(Call call) {
    try {
      call.run();
      return "ok";
    } catch (WorkspaceProblem e) {
      return e.code();
    }
  }
}
