package dev.sluice.governance.masking;

import java.util.HexFormat;

/// Replaces a text by the first hexadecimal digits (32 unless `length` says otherwise, 16 to 64) of
/// its HMAC-SHA-256 under a key that only the server knows. Equal texts give equal hashes under one
/// key. Without a key it redacts.
///
/// ```example
/// {algorithm: hash}
/// jane.doe@acme.test -> "a9ac7af881c729177643f9d292f31860"
/// 52300 -> null
/// ```
final class HashMask extends TextMask {

  private final KeyedDigest digest;
  private final int length;

  HashMask(KeyedDigest digest, int length) {
    this.digest = digest;
    this.length = length;
  }

  @Override
  String maskText(String text) {
    return HexFormat.of().formatHex(digest.of(text)).substring(0, length);
  }
}
