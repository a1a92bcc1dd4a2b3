package dev.sluice.gateway.execution;

/// A session with a database, for one statement after the other. Not safe for concurrent use, but
/// [#cancel] may be called from any thread at any time.
///
/// Closing it ends the session: an open transaction is rolled back.
public interface Backend extends AutoCloseable {

  /// Sends one statement.
  ///
  /// @throws BackendFailure what the database or the road to it answered
  BackendResult execute(BackendRequest request) throws BackendFailure;

  /// Asks the database to stop what runs now, without waiting for it. Does nothing when nothing
  /// runs. Never blocks for longer than it takes to hand over the request.
  void cancel();

  /// Gives up the session without talking to the database any more: for dead sockets.
  void abandon();

  @Override
  void close();
}
