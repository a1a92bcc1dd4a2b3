package dev.sluice.server.ledger;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Signs receipts. Same signatures as the platform's own Ed25519 (they are deterministic), some ten
/// times as fast: every acknowledged event takes one.
final class ReceiptSigner {

  private final Ed25519PrivateKeyParameters key;

  /// @param ed25519 a key that can be read out
  ReceiptSigner(PrivateKey ed25519) {
    if (!(ed25519 instanceof EdECPrivateKey readable)) {
      throw new IllegalArgumentException("The log's key is Ed25519.");
    }
    this.key =
        new Ed25519PrivateKeyParameters(
            readable
                .getBytes()
                .orElseThrow(() -> new IllegalArgumentException("The log's key is Ed25519.")));
  }

  /// @return base64 of 64 bytes
  String sign(String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
    key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return Base64.getEncoder().encodeToString(signature);
  }
}
