package dev.sluice.governance.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Links events by SHA-256 so that a change, a gap, a swap or an insertion shows, with its place.
///
/// A link's hash is SHA-256 over the domain text `sluice-audit-chain/1` and a zero byte, the 32
/// bytes of the hash before, and the UTF-8 bytes of the canonical JSON. A chain alone cannot show
/// that its end was cut off: keep the last sequence and hash elsewhere and give them to [#verify].
public final class AuditChain {

  /// What stands in for the hash before the first link.
  public static final String GENESIS = "0".repeat(64);

  private static final byte[] DOMAIN = "sluice-audit-chain/1\0".getBytes(StandardCharsets.US_ASCII);

  private AuditChain() {}

  /// The event as the next link.
  ///
  /// @param last the chain's last link, empty for the first
  public static ChainedEvent append(Optional<ChainedEvent> last, AuditEvent event) {
    return last.map(link -> link(link.sequence() + 1, link.hash(), canonical(event)))
        .orElseGet(() -> link(1, GENESIS, canonical(event)));
  }

  /// A link of text that is canonical already.
  ///
  /// @param previous hex SHA-256 of the link before, [#GENESIS] for sequence 1
  public static ChainedEvent link(long sequence, String previous, String canonical) {
    return new ChainedEvent(sequence, previous, canonical, hash(previous, canonical));
  }

  /// The canonical JSON of an event, exactly what is hashed.
  public static String canonical(AuditEvent event) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("id", event.id());
    object.put("kind", event.kind());
    object.put("version", event.version());
    object.put("at", event.at().toString());
    object.put("subject", event.subject());
    object.put("actorKind", event.actorKind());
    object.put("correlation", event.correlation());
    object.put("fields", event.fields());
    return CanonicalJson.write(object);
  }

  /// Checks links from the first on.
  public static Verification verify(Iterable<ChainedEvent> links) {
    return verifyAfter(0, GENESIS, links);
  }

  /// Checks links that follow a link already trusted.
  ///
  /// @param sequence of the trusted link, 0 for the beginning
  /// @param hash of the trusted link, [#GENESIS] for the beginning
  public static Verification verifyAfter(long sequence, String hash, Iterable<ChainedEvent> links) {
    long expected = sequence;
    String previous = hash;
    for (ChainedEvent link : links) {
      expected++;
      if (link.sequence() != expected) {
        return new Verification.Broken(
            expected,
            "Entry " + expected + " is missing; entry " + link.sequence() + " stands there.");
      }
      if (!link.previous().equals(previous)) {
        return new Verification.Broken(
            expected, "Entry " + expected + " does not continue the entry before it.");
      }
      if (!link.hash().equals(hash(link.previous(), link.canonical()))) {
        return new Verification.Broken(
            expected, "Entry " + expected + " was changed after it was written.");
      }
      previous = link.hash();
    }
    return new Verification.Intact(expected, previous);
  }

  private static String hash(String previous, String canonical) {
    MessageDigest digest = Digests.sha256();
    digest.update(DOMAIN);
    digest.update(HexFormat.of().parseHex(previous));
    digest.update(canonical.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  /// What a check of a chain found.
  public sealed interface Verification {

    /// Every link holds.
    ///
    /// @param last sequence of the last link, 0 for an empty chain
    /// @param head its hash, [#GENESIS] for an empty chain
    record Intact(long last, String head) implements Verification {}

    /// @param sequence the first place that does not hold, from 1
    /// @param message one sentence about it
    record Broken(long sequence, String message) implements Verification {}
  }
}
