package dev.sluice.governance.codec.wire;

import java.time.Instant;
import java.util.List;

/// Messages that receivers would not take.
///
/// @param letters oldest first, at most 500
public record DeadLetterList(List<DeadLetter> letters) {
  public DeadLetterList {
    letters = List.copyOf(letters);
  }

  /// One of them.
  ///
  /// @param sink name of the receiver
  /// @param sequence of the entry in the log
  /// @param reason why, in words
  public record DeadLetter(String id, String sink, long sequence, String reason, Instant at) {}
}
