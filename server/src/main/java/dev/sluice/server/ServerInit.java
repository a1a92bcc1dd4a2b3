package dev.sluice.server;

import dev.sluice.server.directory.Bootstrap;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.push.Streams;
import dev.sluice.server.store.Store;
import java.time.Duration;

/// Prepares a server before its first start: its keys, its store, and the token for the first
/// administrator.
public final class ServerInit {

  private static final Duration LATELY = Duration.ofSeconds(20);

  private ServerInit() {}

  /// @return the token, in the clear this once
  /// @throws ServerProblem when the server runs, or has an administrator already
  public static String bootstrapToken(ServerConfig config) {
    ServerKeys keys = config.keys();
    try (Store store = Store.open(config.store());
        Streams streams = new Streams(store)) {
      long running =
          store.read(
              handle ->
                  handle
                      .createQuery("SELECT COUNT(*) FROM server_process WHERE seen_at > ?")
                      .bind(0, config.clock().millis() - LATELY.toMillis())
                      .mapTo(Long.class)
                      .one());
      if (running > 0) {
        throw AdminProblems.refused(
            "server-running",
            "A server is running on this store, or was until a moment ago.",
            "Stop it, wait " + LATELY.toSeconds() + " seconds, and try again.");
      }
      Ledger ledger =
          new Ledger(
              store,
              keys.log(),
              new Sealer(keys.seal()),
              "sluice/" + keys.policyKeyId(),
              config.clock(),
              streams);
      ledger.checkEnd();
      String token = new Bootstrap(store, ledger, config.clock()).newToken();
      ledger.keepCheckpoint();
      return token;
    }
  }
}
