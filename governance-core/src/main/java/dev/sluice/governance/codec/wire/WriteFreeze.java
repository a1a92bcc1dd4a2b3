package dev.sluice.governance.codec.wire;

import java.time.Instant;

/// That nothing may be changed for a while.
///
/// @param id names it
/// @param connection where; empty for every connection of the server
/// @param byName who froze, for the eye
/// @param reason their words
/// @param at since when
/// @param until when it lifts by itself
public record WriteFreeze(
    String id, String connection, String byName, String reason, Instant at, Instant until) {

  /// Whether it holds on a connection at an instant.
  public boolean holds(String onConnection, Instant now) {
    return (connection.isEmpty() || connection.equals(onConnection)) && now.isBefore(until);
  }
}
