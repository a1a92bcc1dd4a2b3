package dev.sluice.gateway.remote;

import dev.sluice.governance.audit.SigningKeys;
import dev.sluice.governance.codec.wire.ServerInfo;
import java.net.URI;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Where a server is and by which keys it is known. Pinned: what another key signs is refused.
///
/// @param address https, or http on this machine, such as `http://127.0.0.1:8443`
/// @param policyKeys by key id
/// @param logOrigin names its audit log
/// @param logKey signs the log's checkpoints and receipts
public record ServerTrust(
    URI address, Map<String, PublicKey> policyKeys, String logOrigin, PublicKey logKey) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  public ServerTrust {
    policyKeys = Map.copyOf(policyKeys);
    boolean protectedLine =
        "https".equals(address.getScheme())
            || ("http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost()));
    if (!protectedLine) {
      throw new IllegalArgumentException(
          "A server on another machine is reached by https only: " + address);
    }
  }

  /// Pins what a server says of itself: from the server in the same process, from an installer, or
  /// at first contact.
  ///
  /// @throws IllegalArgumentException for a key that is none
  public static ServerTrust pin(URI address, ServerInfo info) {
    Map<String, String> keys = new TreeMap<>();
    info.policyKeys().forEach(key -> keys.put(key.id(), key.key()));
    return pin(address, keys, info.logOrigin(), info.logKey());
  }

  /// Pins keys that were known beforehand.
  ///
  /// @param policyKeys X.509 in base64, by key id
  /// @param logKey X.509 in base64
  /// @throws IllegalArgumentException for a key that is none
  public static ServerTrust pin(
      URI address, Map<String, String> policyKeys, String logOrigin, String logKey) {
    Map<String, PublicKey> keys = new TreeMap<>();
    policyKeys.forEach((id, key) -> keys.put(id, key(key)));
    return new ServerTrust(address, keys, logOrigin, key(logKey));
  }

  Optional<PublicKey> policyKey(String id) {
    return Optional.ofNullable(policyKeys.get(id));
  }

  private static PublicKey key(String base64) {
    return SigningKeys.publicKey(Base64.getDecoder().decode(base64));
  }
}
