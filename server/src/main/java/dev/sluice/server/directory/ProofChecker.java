package dev.sluice.server.directory;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks that a request was made by the device of its session, now, once.
///
/// Freshness is by nonces of this process, so no client clock counts and a proof from before a
/// restart is worthless. A proof's id is remembered for as long as its nonce is taken.
public final class ProofChecker {

  private static final Duration NONCE_STEP = Duration.ofMinutes(2);
  private static final int LARGEST_PROOF = 4096;

  private final InstantSource clock;
  private final SecretKeySpec nonceKey = new SecretKeySpec(Ids.bytes(32), "HmacSHA256");
  private final Map<String, Long> seen = new ConcurrentHashMap<>();

  public ProofChecker(InstantSource clock) {
    this.clock = clock;
  }

  /// The nonce for the next proof; taken for at least two and at most four minutes.
  public String nonce() {
    return nonce(step());
  }

  /// @param proof the header's value
  /// @param target path with query, as received
  /// @throws dev.sluice.server.ServerProblem when it does not hold
  public void check(
      Session session, String proof, String method, String target, String token, byte[] body) {
    if (proof.isEmpty() || proof.length() > LARGEST_PROOF) {
      throw Problems.proofRefused("The request carries no proof by the device that signed in.");
    }
    DeviceProof claims =
        session
            .deviceKey()
            .flatMap(key -> DeviceProof.open(proof, key))
            .orElseThrow(
                () -> Problems.proofRefused("The proof is not one by the device that signed in."));
    boolean bound =
        claims.method().equals(method)
            && claims.path().equals(target)
            && same(claims.tokenHash(), DeviceProof.digest(token))
            && same(claims.bodyHash(), DeviceProof.digest(body));
    if (!bound) {
      throw Problems.proofRefused("The proof is for another request.");
    }
    long now = step();
    if (!same(claims.nonce(), nonce(now)) && !same(claims.nonce(), nonce(now - 1))) {
      throw Problems.nonceNeeded();
    }
    if (claims.id().length() < 16 || claims.id().length() > 64) {
      throw Problems.proofRefused("The proof's id is too short or too long.");
    }
    if (seen.putIfAbsent(session.id() + "/" + claims.id(), now) != null) {
      throw Problems.proofRefused("The proof was used before.");
    }
  }

  /// Forgets what can no longer be replayed.
  public void sweep() {
    long now = step();
    seen.values().removeIf(used -> used < now - 2);
  }

  private long step() {
    return clock.millis() / NONCE_STEP.toMillis();
  }

  private String nonce(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(nonceKey);
      byte[] code = mac.doFinal(Long.toString(step).getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(code, 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256.", e);
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
