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
