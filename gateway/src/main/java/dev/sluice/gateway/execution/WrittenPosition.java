package dev.sluice.gateway.execution;

import dev.sluice.governance.policy.Permit;
import java.util.OptionalInt;

/// Finds the place in what a person wrote that belongs to a place in what was sent.
final class WrittenPosition {

  private WrittenPosition() {}

  /// @param sent UTF-16 offset in the permit's text
  /// @return UTF-16 offset in the statement as written; empty when it cannot be told
  static OptionalInt of(Permit permit, int sent) {
    String written = permit.analysis().statement().text();
    if (sent <= written.length() && written.startsWith(permit.textToSend().substring(0, sent))) {
      return OptionalInt.of(sent);
    }
    return OptionalInt.empty();
  }
}
