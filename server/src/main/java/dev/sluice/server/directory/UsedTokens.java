package dev.sluice.server.directory;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Remembers which tokens were presented, on all servers, for as long as they could be presented
/// again.
public final class UsedTokens {

  private final Store store;
  private final InstantSource clock;

  public UsedTokens(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// @param marks what makes the token this one: its id, its nonce, its signed text
  /// @param until when it is refused for its age alone
  /// @return false when any of the marks was seen before
  boolean first(List<String> marks, Instant until) {
    return store.write(transaction -> first(transaction.handle(), marks, until));
  }

  private static boolean first(Handle handle, List<String> marks, Instant until) {
    List<String> digests = marks.stream().map(DeviceProof::digest).distinct().toList();
    int kept = 0;
    for (String digest : digests) {
      kept +=
          handle.execute(
              "INSERT INTO used_token (digest, forget_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
              digest,
              until.toEpochMilli());
    }
    return kept == digests.size();
  }

  /// Forgets what can no longer be replayed.
  public void sweep() {
    long now = clock.millis();
    store.write(
        transaction ->
            transaction.handle().execute("DELETE FROM used_token WHERE forget_at < ?", now));
  }
}
