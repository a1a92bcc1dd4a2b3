package dev.sluice.gateway.workspace;

import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.governance.codec.wire.StatementOutcome;
import java.util.ArrayDeque;
import java.util.Deque;

/// Outcomes on their way to the server. What cannot be delivered now is tried again with the next
/// one; the journal has it in any case.
final class OutcomeSpool {

  private final ServerClient client;
  private final Deque<StatementOutcome> waiting = new ArrayDeque<>();

  OutcomeSpool(ServerClient client) {
    this.client = client;
  }

  synchronized void send(StatementOutcome outcome) {
    waiting.addLast(outcome);
    flush();
  }

  /// Sends what waits, oldest first, until one cannot be delivered.
  synchronized void flush() {
    while (!waiting.isEmpty()) {
      try {
        client.outcome(waiting.getFirst());
        waiting.removeFirst();
      } catch (WorkspaceProblem e) {
        if (e.code().equals("server-unreachable") || e.code().equals("session-ended")) {
          return;
        }
        // The server has read it and does not take it: repeating would not change that.
        waiting.removeFirst();
      }
    }
  }
}
