package dev.sluice.server.verify;

import dev.sluice.server.verify.LedgerVerifier.Report;
import dev.sluice.server.verify.LedgerVerifier.Seen;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An export of a log as far as it has been read, line by line. What is kept does not grow with the
/// log. A reading may be copied and go on in two ways.
public final class ExportReading {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] LINK = "sluice-audit-chain/1\0".getBytes(StandardCharsets.US_ASCII);

  private final Optional<String> pinnedKey;
  private final NavigableMap<Long, byte[]> seen;
  private final NavigableMap<Long, byte[]> vouched;
  private final MerkleEdge tree;
  private String origin = "";
  private Optional<PublicKey> key = Optional.empty();
  private byte[] previous = new byte[32];
  private long lines;
  private long checkpoints;
  private long erased;
  private long covered;

  /// How far the log is as somebody saw it earlier.
  private long agreed;

  /// @param pinnedKey the log's key as known from elsewhere (X.509, base64)
  /// @param seen what somebody has seen of the log before
  public ExportReading(Optional<String> pinnedKey, List<Seen> seen) {
    this(pinnedKey, new TreeMap<>(), new TreeMap<>(), new MerkleEdge());
    seen.forEach(each -> this.seen.put(each.size(), each.root()));
  }

  private ExportReading(
      Optional<String> pinnedKey,
      NavigableMap<Long, byte[]> seen,
      NavigableMap<Long, byte[]> vouched,
      MerkleEdge tree) {
    this.pinnedKey = pinnedKey;
    this.seen = seen;
    this.vouched = vouched;
    this.tree = tree;
  }

  public ExportReading copy() {
    ExportReading copy = new ExportReading(pinnedKey, seen, new TreeMap<>(vouched), tree.copy());
    copy.origin = origin;
    copy.key = key;
    copy.previous = previous;
    copy.lines = lines;
    copy.checkpoints = checkpoints;
    copy.erased = erased;
    copy.covered = covered;
    copy.agreed = agreed;
    return copy;
  }

  /// The checkpoints that held, for a later look at the same log.
  List<Seen> vouched() {
    return vouched.entrySet().stream()
        .map(each -> new Seen(each.getKey(), each.getValue()))
        .toList();
  }

  /// Reads the next line.
  ///
  /// @return what does not hold, and where; empty when it goes on
  public Optional<Report> take(String line) {
    lines++;
    try {
      JsonNode node = JSON.readTree(line);
      return switch (node.path("type").asString("")) {
        case "log" -> log(node);
        case "entry" -> entry(node);
        case "checkpoint" -> checkpoint(node.path("note").asString(""));
        default -> here("This kind of line is not known.");
      };
    } catch (JacksonException | IllegalArgumentException e) {
      return here("This is not readable.");
    } catch (GeneralSecurityException e) {
      return here("The key or a signature is malformed.");
    }
  }

  /// After the last line.
  public Report end() {
    if (key.isEmpty()) {
      return report(tree.size() + 1, tree.size() + 1, "The file is not an export of an audit log.");
    }
    if (covered < tree.size()) {
      return report(
          covered + 1, tree.size(), "No checkpoint vouches for the entries after " + covered + ".");
    }
    if (!seen.isEmpty() && seen.lastKey() > tree.size()) {
      return report(
          tree.size() + 1,
          seen.lastKey(),
          "The log was seen with "
              + seen.lastKey()
              + " entries; this export ends after "
              + tree.size()
              + ".");
    }
    return new Report(
        true,
        tree.size(),
        covered,
        checkpoints,
        erased,
        0,
        0,
        String.format(
            Locale.ROOT,
            "Verified to #%,d, by %d checkpoints%s%s%s",
            tree.size(),
            checkpoints,
            erased == 0 ? "" : String.format(Locale.ROOT, "; %,d erased", erased),
            agreed == 0
                ? ""
                : String.format(Locale.ROOT, "; the same log as seen before, to #%,d", agreed),
            pinnedKey.isPresent() ? "." : ", with the key that the export itself names."));
  }

  private Optional<Report> here(String message) {
    return between(tree.size() + 1, tree.size() + 1, message);
  }

  private Optional<Report> between(long first, long last, String message) {
    return Optional.of(report(first, last, "Line " + lines + ": " + message));
  }

  private Report report(long first, long last, String message) {
    return new Report(false, tree.size(), covered, checkpoints, erased, first, last, message);
  }

  private Optional<Report> log(JsonNode node) throws GeneralSecurityException {
    String named = node.path("key").asString("");
    if (key.isPresent()) {
      return here("The log is named twice.");
    }
    if (pinnedKey.isPresent() && !pinnedKey.get().equals(named)) {
      return here("The export is signed by another key than the known one.");
    }
    origin = node.path("origin").asString("");
    key =
        Optional.of(
            KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(named))));
    return Optional.empty();
  }

  private Optional<Report> entry(JsonNode node) throws GeneralSecurityException {
    long expected = tree.size() + 1;
    if (node.path("sequence").asLong(-1) != expected) {
      return here("Entry " + expected + " is missing.");
    }
    if (!HexFormat.of().formatHex(previous).equals(node.path("previous").asString(""))) {
      return here("Entry " + expected + " does not continue the entry before it.");
    }
    byte[] envelope = node.path("envelope").asString("").getBytes(StandardCharsets.UTF_8);
    MessageDigest chain = MessageDigest.getInstance("SHA-256");
    chain.update(LINK);
    chain.update(previous);
    byte[] hash = chain.digest(envelope);
    if (!HexFormat.of().formatHex(hash).equals(node.path("hash").asString(""))) {
      return here("Entry " + expected + " was changed after it was written.");
    }
    tree.add(envelope);
    erased += node.path("erased").asBoolean(false) ? 1 : 0;
    previous = hash;
    byte[] known = seen.get(tree.size());
    if (known != null) {
      if (!Arrays.equals(known, tree.root())) {
        return between(
            agreed + 1,
            tree.size(),
            "Up to entry " + tree.size() + " this is not the log that was seen before.");
      }
      agreed = tree.size();
    }
    return Optional.empty();
  }

  private Optional<Report> checkpoint(String note) throws GeneralSecurityException {
    String[] parts = note.split("\n\n", 2);
    String[] body = parts[0].split("\n", -1);
    if (key.isEmpty() || parts.length != 2 || body.length != 3 || !body[0].equals(origin)) {
      return here("The checkpoint is not one of this log.");
    }
    String signatureLine = parts[1].strip();
    int blank = signatureLine.lastIndexOf(' ');
    byte[] signature = Base64.getDecoder().decode(signatureLine.substring(blank + 1));
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initVerify(key.get());
    ed25519.update((parts[0] + "\n").getBytes(StandardCharsets.UTF_8));
    if (signature.length != 68
        || !ed25519.verify(Arrays.copyOfRange(signature, 4, signature.length))) {
      return here("The checkpoint's signature does not hold.");
    }
    long size = Long.parseLong(body[1]);
    if (size > tree.size()) {
      return between(
          tree.size() + 1,
          size,
          "A checkpoint vouches for " + size + " entries; there are " + tree.size() + ".");
    }
    if (size < tree.size()) {
      return here(
          "The checkpoint of the first "
              + size
              + " entries stands after entry "
              + tree.size()
              + ".");
    }
    byte[] root = Base64.getDecoder().decode(body[2]);
    if (!Arrays.equals(root, tree.root())) {
      return between(
          covered + 1,
          size,
          "The first " + size + " entries are not those that the checkpoint vouches for.");
    }
    checkpoints++;
    covered = size;
    vouched.put(size, root);
    return Optional.empty();
  }
}
