package dev.sluice.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// The transaction a piece of work writes in.
public final class Transaction {

  private final Handle handle;
  private final List<Consumer<Handle>> beforeCommit = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();

  Transaction(Handle handle) {
    this.handle = handle;
  }

  public Handle handle() {
    return handle;
  }

  /// Writes at the end of the transaction, once for all pieces and outside their savepoints: for
  /// indexes that are slow at savepoints. When it fails, so does everything in the transaction.
  public void beforeCommit(Consumer<Handle> write) {
    beforeCommit.add(write);
  }

  /// Runs when the commit is durable, on the writer's thread: must be quick and must not write.
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  List<Consumer<Handle>> lastWrites() {
    return beforeCommit;
  }

  List<Runnable> actions() {
    return afterCommit;
  }
}
