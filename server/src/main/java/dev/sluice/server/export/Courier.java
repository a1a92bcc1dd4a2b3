package dev.sluice.server.export;

import dev.sluice.governance.audit.AuditEvent;
import java.io.IOException;

/// Brings one event to one sink.
interface Courier extends AutoCloseable {

  /// @throws IOException when it did not arrive, and may the next time
  /// @throws Refused when it never will
  void deliver(long sequence, AuditEvent event) throws IOException, Refused, InterruptedException;

  /// Whether what does not arrive after some tries is put aside, so that the next may go.
  boolean putsAside();

  @Override
  void close();

  /// The receiver does not want it. The message is fit for people.
  final class Refused extends Exception {
    Refused(String message) {
      super(message);
    }
  }
}
