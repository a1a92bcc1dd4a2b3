package dev.sluice.gateway.workspace;

/// A statement under way.
public interface Run {

  /// Asks the database to stop; returns at once. A [RunEvent.Cancelled] or another last event
  /// follows.
  void cancel();

  boolean isDone();
}
