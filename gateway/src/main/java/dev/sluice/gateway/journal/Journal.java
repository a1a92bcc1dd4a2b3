package dev.sluice.gateway.journal;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.audit.ChainedEvent;
import java.util.List;

/// A durable, append-only, hash-chained list of events. Safe for concurrent use.
public interface Journal extends AutoCloseable {

  /// Kind of the event that announces a statement.
  String INTENT = "statement.intent";

  /// Kind of the event that tells how an announced statement ended; same correlation.
  String OUTCOME = "statement.outcome";

  /// Writes the event as the next link.
  ///
  /// @return only after it is durable on disk
  /// @throws JournalProblem when it is not; then nothing may run
  ChainedEvent append(AuditEvent event) throws JournalProblem;

  /// Intents without an outcome, oldest first: statements of which nobody knows whether they ran.
  List<OpenIntent> unknownOutcomes() throws JournalProblem;

  /// Reads the whole chain again and checks every link.
  AuditChain.Verification verify() throws JournalProblem;

  @Override
  void close();

  /// An intent whose outcome was never written.
  record OpenIntent(long sequence, String correlation, String canonical) {}

  /// The journal cannot be written or read. Nothing runs without it.
  final class JournalProblem extends Exception {
    public JournalProblem(String message, Throwable cause) {
      super(message, cause);
    }

    public JournalProblem(String message) {
      super(message);
    }
  }
}
