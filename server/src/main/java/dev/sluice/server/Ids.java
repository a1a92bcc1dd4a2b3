package dev.sluice.server;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/// Random identifiers and secrets.
public final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /// 128 random bits in hex.
  public static String next() {
    return HexFormat.of().formatHex(bytes(16));
  }

  /// 256 random bits in base64url: a secret.
  public static String secret() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
  }

  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
