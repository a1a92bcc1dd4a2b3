package dev.sluice.governance.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The state of a log that its server vouches for: so many entries, this root.
///
/// Signed, it is a C2SP `tlog-checkpoint`: a `signed-note` with one Ed25519 line.
///
/// @param origin names the log; no line breaks, no blanks, no plus
/// @param size entries covered
/// @param root RFC 6962 root, base64
public record Checkpoint(String origin, long size, String root) {

  private static final byte ED25519 = 1;
  private static final String DASH = "— ";

  public Checkpoint {
    if (origin.isEmpty() || origin.chars().anyMatch(c -> c <= ' ' || c == '+')) {
      throw new IllegalArgumentException("An origin has no blanks, line breaks or plus signs.");
    }
  }

  /// The root's 32 bytes.
  public byte[] rootBytes() {
    return Base64.getDecoder().decode(root);
  }

  /// What is signed: origin, size and root, a line each.
  public String body() {
    return origin + "\n" + size + "\n" + root + "\n";
  }

  /// The note: body, blank line, one signature line in the origin's name.
  public String sign(PrivateKey ed25519, PublicKey publicKey) {
    byte[] signature = SigningKeys.sign(ed25519, body().getBytes(StandardCharsets.UTF_8));
    byte[] line =
        ByteBuffer.allocate(4 + signature.length)
            .put(keyId(origin, publicKey))
            .put(signature)
            .array();
    return body() + "\n" + DASH + origin + " " + Base64.getEncoder().encodeToString(line) + "\n";
  }

  /// Reads a note and checks its signature.
  ///
  /// @param origin the log one means; another is refused
  /// @return empty unless it is well formed, of this log, and signed by this key
  public static Optional<Checkpoint> open(String note, String origin, PublicKey ed25519) {
    int end = note.indexOf("\n\n");
    if (end < 0 || !note.endsWith("\n")) {
      return Optional.empty();
    }
    String body = note.substring(0, end + 1);
    String[] lines = body.split("\n", -1);
    if (lines.length != 4 || !lines[0].equals(origin) || !lines[1].matches("0|[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    boolean signed =
        note.substring(end + 2).lines().anyMatch(line -> signedBy(line, body, origin, ed25519));
    if (!signed) {
      return Optional.empty();
    }
    try {
      if (Base64.getDecoder().decode(lines[2]).length != 32) {
        return Optional.empty();
      }
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(new Checkpoint(origin, Long.parseLong(lines[1]), lines[2]));
  }

  /// The key as verifiers write it: name, key id, base64 of kind and key, joined by plus.
  public static String verifierKey(String origin, PublicKey ed25519) {
    byte[] raw = SigningKeys.raw(ed25519);
    byte[] key = ByteBuffer.allocate(1 + raw.length).put(ED25519).put(raw).array();
    return origin
        + "+"
        + java.util.HexFormat.of().formatHex(keyId(origin, ed25519))
        + "+"
        + Base64.getEncoder().encodeToString(key);
  }

  private static boolean signedBy(String line, String body, String origin, PublicKey key) {
    String prefix = DASH + origin + " ";
    if (!line.startsWith(prefix)) {
      return false;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(line.substring(prefix.length()));
      return bytes.length == 68
          && Arrays.equals(Arrays.copyOf(bytes, 4), keyId(origin, key))
          && SigningKeys.verify(
              key,
              body.getBytes(StandardCharsets.UTF_8),
              Arrays.copyOfRange(bytes, 4, bytes.length));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] keyId(String name, PublicKey ed25519) {
    MessageDigest digest = Digests.sha256();
    digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(ED25519);
    return Arrays.copyOf(digest.digest(SigningKeys.raw(ed25519)), 4);
  }
}
