package dev.sluice.governance.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The proof that one request was made by the device that signed in: a JWS in the shape of RFC 9449
/// (DPoP) with the body's digest in addition.
///
/// @param method HTTP method
/// @param path request target: path with query, as sent
/// @param issuedAt by the device's clock
/// @param id unique per request; the server refuses to see one twice
/// @param tokenHash [#digest] of the session token
/// @param bodyHash [#digest] of the body's bytes
/// @param nonce the nonce the server last gave, empty before the first
public record DeviceProof(
    String method,
    String path,
    Instant issuedAt,
    String id,
    String tokenHash,
    String bodyHash,
    String nonce) {

  /// The HTTP header that carries it.
  public static final String HEADER = "Sluice-Proof";

  /// The HTTP header in which the server gives the nonce for the next proof.
  public static final String NONCE_HEADER = "Sluice-Nonce";

  private static final String TYPE = "sluice-proof+jwt";

  public String sign(PrivateKey deviceKey) {
    Map<String, Object> claims = new TreeMap<>();
    claims.put("htm", method);
    claims.put("htu", path);
    claims.put("iat", issuedAt.toEpochMilli());
    claims.put("jti", id);
    claims.put("ath", tokenHash);
    claims.put("bdh", bodyHash);
    claims.put("nonce", nonce);
    byte[] payload = JsonCodec.write(claims).getBytes(StandardCharsets.UTF_8);
    return CompactJws.sign(Map.of("typ", TYPE), payload, deviceKey);
  }

  /// Reads a proof; what its claims must be is the caller's business.
  ///
  /// @return empty unless it is well formed and signed by the key
  public static Optional<DeviceProof> open(String compact, PublicKey deviceKey) {
    return CompactJws.verify(compact, kid -> Optional.of(deviceKey))
        .filter(jws -> TYPE.equals(jws.header().get("typ")))
        .flatMap(DeviceProof::fromClaims);
  }

  /// Hex SHA-256.
  public static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  public static String digest(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<DeviceProof> fromClaims(CompactJws.Verified jws) {
    try {
      Map<?, ?> claims =
          JsonCodec.read(new String(jws.payload(), StandardCharsets.UTF_8), Map.class);
      if (claims.get("iat") instanceof Number at
          && claims.get("htm") instanceof String method
          && claims.get("htu") instanceof String path
          && claims.get("jti") instanceof String id
          && claims.get("ath") instanceof String token
          && claims.get("bdh") instanceof String body
          && claims.get("nonce") instanceof String nonce) {
        return Optional.of(
            new DeviceProof(
                method, path, Instant.ofEpochMilli(at.longValue()), id, token, body, nonce));
      }
      return Optional.empty();
    } catch (JsonCodec.MalformedJson e) {
      return Optional.empty();
    }
  }
}
