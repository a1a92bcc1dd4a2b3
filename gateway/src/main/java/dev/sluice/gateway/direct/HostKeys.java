package dev.sluice.gateway.direct;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;

/// Compares a host's key with the file of known hosts. A new key is taken, and written down, only
/// with the fingerprint that the person has agreed to; another key than the known one never.
final class HostKeys extends KnownHostsServerKeyVerifier {

  private volatile String shown = "";
  private volatile boolean changed;

  /// @param agreed fingerprint that the person has compared, empty for none
  HostKeys(Path known, String agreed) {
    super(
        (session, address, key) -> !agreed.isEmpty() && agreed.equals(KeyUtils.getFingerPrint(key)),
        known);
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    shown = KeyUtils.getFingerPrint(key);
    return super.verifyServerKey(session, address, key);
  }

  @Override
  public boolean acceptModifiedServerKey(
      ClientSession session,
      SocketAddress address,
      KnownHostEntry entry,
      PublicKey expected,
      PublicKey actual) {
    changed = true;
    return false;
  }

  String shown() {
    return shown;
  }

  boolean isChanged() {
    return changed;
  }
}
