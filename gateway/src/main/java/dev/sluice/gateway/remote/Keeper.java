package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;

/// Renews a session in time even when nobody works: an open stream ends with its token.
final class Keeper {

  private static final long LONGEST_SLEEP = 30_000_000_000L;
  private static final long PAUSE = 5_000;

  private Keeper() {}

  /// What is kept.
  interface Kept {
    boolean isEnded();

    /// By the monotonic clock.
    long renewAt();

    void renewNow() throws WorkspaceProblem;
  }

  static void watch(Kept session) {
    Thread.ofVirtual().name("sluice-session").start(() -> run(session));
  }

  private static void run(Kept session) {
    try {
      while (!session.isEnded()) {
        long wait = session.renewAt() - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Math.min(wait, LONGEST_SLEEP) / 1_000_000 + 1);
        } else if (!renewed(session)) {
          Thread.sleep(PAUSE);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean renewed(Kept session) {
    try {
      session.renewNow();
      return true;
    } catch (WorkspaceProblem e) {
      // Tried again; whoever asks for something meanwhile is told what is wrong.
      return false;
    }
  }
}
