package dev.sluice.server;

import dev.sluice.governance.masking.MaskKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keys for keyed masks, derived by name from the server's own secret.
public final class MaskKeyring implements MaskKeys {

  private final SecretKeySpec secret;

  MaskKeyring(byte[] secret) {
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  @Override
  public Optional<byte[]> key(String name) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return Optional.of(mac.doFinal(("mask-key/" + name).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
    }
  }
}
