package dev.sluice.governance.codec;

import dev.sluice.governance.audit.CanonicalJson;
import dev.sluice.governance.audit.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// JSON Web Signatures in compact form (RFC 7515) with Ed25519 (`EdDSA`) or P-256 (`ES256`). The
/// algorithm is the key's, never the header's choice.
public final class CompactJws {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private CompactJws() {}

  /// @param header protected header; `alg` is added
  public static String sign(Map<String, Object> header, byte[] payload, PrivateKey key) {
    Map<String, Object> complete = new TreeMap<>(header);
    complete.put("alg", key.getAlgorithm().startsWith("Ed") ? "EdDSA" : "ES256");
    String head = encode(CanonicalJson.write(complete).getBytes(StandardCharsets.UTF_8));
    String signed = head + "." + encode(payload);
    byte[] signature = SigningKeys.sign(key, signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + encode(signature);
  }

  /// Checks a signature.
  ///
  /// @param keys the key for a header's `kid` (the empty text when there is none)
  /// @return header and payload, or empty for anything malformed, unknown or unsigned
  public static Optional<Verified> verify(
      String compact, Function<String, Optional<PublicKey>> keys) {
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Map<?, ?> header =
          JsonCodec.read(new String(decode(parts[0]), StandardCharsets.UTF_8), Map.class);
      Optional<PublicKey> key = keys.apply(text(header, "kid"));
      if (key.isEmpty() || !text(header, "alg").equals(algorithm(key.get()))) {
        return Optional.empty();
      }
      if (header.containsKey("crit") || header.containsKey("b64")) {
        return Optional.empty();
      }
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      if (!SigningKeys.verify(key.get(), signed, decode(parts[2]))) {
        return Optional.empty();
      }
      return Optional.of(new Verified(header, decode(parts[1])));
    } catch (IllegalArgumentException | JsonCodec.MalformedJson e) {
      return Optional.empty();
    }
  }

  private static String algorithm(PublicKey key) {
    return key instanceof EdECPublicKey ? "EdDSA" : "ES256";
  }

  private static String text(Map<?, ?> header, String name) {
    return header.get(name) instanceof String text ? text : "";
  }

  static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  static byte[] decode(String text) {
    return DECODER.decode(text);
  }

  /// What was signed.
  ///
  /// @param header the protected header
  /// @param payload the exact bytes
  public record Verified(Map<?, ?> header, byte[] payload) {}
}
