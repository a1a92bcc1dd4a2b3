package dev.sluice.gateway.workspace;

import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.governance.masking.MaskKeys;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Keys for keyed masks from the server, kept in memory. Without a key the mask redacts.
final class RemoteKeys implements MaskKeys {

  private final ServerClient client;
  private final Map<String, byte[]> keys = new ConcurrentHashMap<>();

  RemoteKeys(ServerClient client) {
    this.client = client;
  }

  @Override
  public Optional<byte[]> key(String name) {
    byte[] known = keys.get(name);
    if (known != null) {
      return Optional.of(known.clone());
    }
    try {
      byte[] fetched = client.maskKey(name);
      keys.put(name, fetched);
      return Optional.of(fetched.clone());
    } catch (WorkspaceProblem e) {
      return Optional.empty();
    }
  }
}
