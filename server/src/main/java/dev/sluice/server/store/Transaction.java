package dev.sluice.server.store;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The transaction a piece of work writes in.
public final class Transaction {

  private final Handle handle;
  private final List<Runnable> afterCommit = new ArrayList<>();

  Transaction(Handle handle) {
    this.handle = handle;
  }

  public Handle handle() {
    return handle;
  }

  /// Runs when the commit is durable, on the writer's thread: must be quick and must not write.
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  List<Runnable> actions() {
    return afterCommit;
  }
}
