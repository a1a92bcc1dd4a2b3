package dev.sluice.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The transaction a piece of work writes in.
public final class Transaction {

  private final Batch batch;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean saved;

  Transaction(Batch batch) {
    this.batch = batch;
  }

  /// For reading and writing. What a piece writes is undone when it fails.
  public Handle handle() {
    if (!saved) {
      // Made when it is needed only: a savepoint costs more than most pieces write.
      batch.handle().execute("SAVEPOINT piece");
      saved = true;
    }
    return batch.handle();
  }

  /// The batch's part of a kind, shared by all pieces that are committed together.
  public <P extends Batch.Part> P part(Class<P> kind, Function<Batch, P> make) {
    return batch.part(kind, make);
  }

  /// Runs when the commit is durable, on the writer's thread: must be quick and must not write.
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  /// Something was put down for whoever waits for news; they are woken when it is durable.
  public void announce() {
    batch.announce();
  }

  void keep() {
    if (saved) {
      batch.handle().execute("RELEASE SAVEPOINT piece");
    }
    batch.keep();
  }

  void drop() {
    if (saved) {
      batch.handle().execute("ROLLBACK TO SAVEPOINT piece");
      batch.handle().execute("RELEASE SAVEPOINT piece");
    }
    batch.drop();
  }

  List<Runnable> actions() {
    return afterCommit;
  }
}
