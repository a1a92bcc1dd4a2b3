package dev.sluice.gateway.execution;

import java.util.OptionalInt;

/// What the database or the road to it answered instead of a result. The message is raw, it may
/// carry values: only [GovernedExecutor] reads it and decides what of it may be shown.
public final class BackendFailure extends Exception {

  private final Kind kind;
  private final String sqlState;
  private final int vendorCode;
  private final OptionalInt position;

  /// @param kind what went wrong
  /// @param sqlState five characters, or empty
  /// @param vendorCode the engine's number, 0 when none
  /// @param position UTF-16 offset in the text that was sent, when the database says it
  public BackendFailure(
      Kind kind, String sqlState, int vendorCode, OptionalInt position, String rawMessage) {
    super(rawMessage);
    this.kind = kind;
    this.sqlState = sqlState;
    this.vendorCode = vendorCode;
    this.position = position;
  }

  public Kind kind() {
    return kind;
  }

  public String sqlState() {
    return sqlState;
  }

  public int vendorCode() {
    return vendorCode;
  }

  public OptionalInt position() {
    return position;
  }

  public enum Kind {
    /// The database refused or failed the statement.
    STATEMENT,
    /// It was cancelled.
    CANCELLED,
    /// It took longer than allowed.
    TIMED_OUT,
    /// The session is gone: a dead socket, a server that went away.
    CONNECTION,
    /// The session is not in the state that was pinned; it must not be used.
    SESSION,
    /// More rows would have been changed than allowed; everything was rolled back.
    TOO_MANY_ROWS
  }
}
