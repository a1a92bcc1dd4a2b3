package dev.sluice.governance.masking;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA-256 under one of the server's keys, separated by purpose: what one algorithm gives for
/// a value tells nothing about what another gives. Safe for use by several threads.
final class KeyedDigest {

  static final String DEFAULT_KEY = "default";

  private static final int SMALLEST_KEY = 32;

  private final Mac keyed;
  private final byte[] purpose;

  private KeyedDigest(Mac keyed, String purpose) {
    this.keyed = keyed;
    this.purpose = (purpose + "\0").getBytes(StandardCharsets.UTF_8);
  }

  /// Empty when there is no such key or it is shorter than 32 bytes.
  static Optional<KeyedDigest> of(MaskKeys keys, String keyName, String purpose) {
    return keys.key(keyName)
        .filter(key -> key.length >= SMALLEST_KEY)
        .map(key -> new KeyedDigest(macOf(key), purpose));
  }

  byte[] of(byte[] value) {
    Mac mac = copy();
    mac.update(purpose);
    return mac.doFinal(value);
  }

  byte[] of(String value) {
    return of(value.getBytes(StandardCharsets.UTF_8));
  }

  private Mac copy() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The platform's HMAC can be cloned.", e);
    }
  }

  private static Mac macOf(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
    }
  }
}
