package dev.sluice.server.store;

import java.time.Duration;
import java.time.InstantSource;

/// Which processes work on the store: each says now and then that it is there.
public final class ServerProcesses implements AutoCloseable {

  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Store store;
  private final String id;
  private final InstantSource clock;

  /// @param id names this process
  public ServerProcesses(Store store, String id, InstantSource clock) {
    this.store = store;
    this.id = id;
    this.clock = clock;
  }

  public String id() {
    return id;
  }

  /// Says that this process is there.
  public void beat() {
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "INSERT INTO server_process (id, seen_at) VALUES (?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at",
                    id,
                    clock.millis()));
  }

  /// Forgets processes that have been silent for half a minute: they are taken for gone.
  public void forgetSilent() {
    store.write(
        transaction ->
            transaction
                .handle()
                .execute(
                    "DELETE FROM server_process WHERE seen_at < ?",
                    clock.millis() - SILENCE.toMillis()));
  }

  /// Says that this process is gone: what it left under way is taken up at once.
  @Override
  public void close() {
    store.write(
        transaction -> transaction.handle().execute("DELETE FROM server_process WHERE id = ?", id));
  }
}
