package dev.sluice.governance.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 without the checked exception that no Java platform raises.
final class Digests {

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
