package dev.sluice.governance.codec.wire;

import java.util.List;

/// A report that reached somebody.
///
/// @param told names of the people who were told
/// @param sessionsEnded whether all sessions of the reporter ended
public record Disowned(long sequence, List<String> told, boolean sessionsEnded) {
  public Disowned {
    told = List.copyOf(told);
  }
}
