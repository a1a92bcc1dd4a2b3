package dev.sluice.gateway.workspace;

/// A statement under way.
public interface Run {

  /// Asks the database to stop; returns at once. A [RunEvent.Cancelled] or another last event
  /// follows.
  void cancel();

  /// Gives up the database session without waiting for an answer: for a dead socket. Returns at
  /// once. What may not be interrupted is only asked to stop.
  default void abandon() {
    cancel();
  }

  boolean isDone();
}
