package dev.sluice.server.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads an export (JSON lines: one `log`, then `entry` and `checkpoint` lines in order) and says
/// whether every entry and every checkpoint holds, or which is the first that does not.
public final class LedgerVerifier {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final byte[] LINK = "sluice-audit-chain/1\0".getBytes(StandardCharsets.US_ASCII);

  private final Optional<String> pinnedKey;
  private final List<byte[]> leaves = new ArrayList<>();
  private String origin = "";
  private Optional<PublicKey> key = Optional.empty();
  private byte[] previous = new byte[32];
  private long checkpoints;
  private long erased;
  private long covered;

  private LedgerVerifier(Optional<String> pinnedKey) {
    this.pinnedKey = pinnedKey;
  }

  /// What was found.
  ///
  /// @param intact everything holds
  /// @param entries entries that hold
  /// @param covered how many of them a signed checkpoint vouches for
  /// @param checkpoints checkpoints that hold
  /// @param erased entries whose content was erased, as the export says; their places hold
  /// @param firstBroken sequence of the first entry that does not hold, 0 when none
  /// @param message one sentence
  public record Report(
      boolean intact,
      long entries,
      long covered,
      long checkpoints,
      long erased,
      long firstBroken,
      String message) {}

  /// Checks an export.
  ///
  /// @param pinnedKey the log's key as known from elsewhere (X.509, base64); without it the
  // export's
  ///     own key is taken, which proves only that the export agrees with itself
  /// @throws IOException when the file cannot be read
  public static Report verify(Path export, Optional<String> pinnedKey) throws IOException {
    LedgerVerifier verifier = new LedgerVerifier(pinnedKey);
    try (BufferedReader lines = Files.newBufferedReader(export, StandardCharsets.UTF_8)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        Optional<String> problem = verifier.take(line);
        if (problem.isPresent()) {
          return verifier.broken("Line " + number + ": " + problem.get());
        }
      }
    }
    return verifier.end();
  }

  private Report end() {
    if (key.isEmpty()) {
      return broken("The file is not an export of an audit log.");
    }
    if (covered < leaves.size()) {
      return broken("No checkpoint vouches for the entries after " + covered + ".");
    }
    return new Report(
        true,
        leaves.size(),
        covered,
        checkpoints,
        erased,
        0,
        String.format(
            Locale.ROOT,
            "Verified to #%,d, by %d checkpoints%s%s",
            leaves.size(),
            checkpoints,
            erased == 0 ? "" : String.format(Locale.ROOT, "; %,d erased", erased),
            pinnedKey.isPresent() ? "." : ", with the key that the export itself names."));
  }

  private Report broken(String message) {
    return new Report(
        false, leaves.size(), covered, checkpoints, erased, leaves.size() + 1, message);
  }

  private Optional<String> take(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return switch (node.path("type").asString("")) {
        case "log" -> log(node);
        case "entry" -> entry(node);
        case "checkpoint" -> checkpoint(node.path("note").asString(""));
        default -> Optional.of("This kind of line is not known.");
      };
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.of("This is not readable.");
    } catch (GeneralSecurityException e) {
      return Optional.of("The key or a signature is malformed.");
    }
  }

  private Optional<String> log(JsonNode node) throws GeneralSecurityException {
    String named = node.path("key").asString("");
    if (key.isPresent()) {
      return Optional.of("The log is named twice.");
    }
    if (pinnedKey.isPresent() && !pinnedKey.get().equals(named)) {
      return Optional.of("The export is signed by another key than the known one.");
    }
    origin = node.path("origin").asString("");
    key =
        Optional.of(
            KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(named))));
    return Optional.empty();
  }

  private Optional<String> entry(JsonNode node) throws GeneralSecurityException {
    long expected = leaves.size() + 1L;
    if (node.path("sequence").asLong(-1) != expected) {
      return Optional.of("Entry " + expected + " is missing.");
    }
    if (!HexFormat.of().formatHex(previous).equals(node.path("previous").asString(""))) {
      return Optional.of("Entry " + expected + " does not continue the entry before it.");
    }
    byte[] envelope = node.path("envelope").asString("").getBytes(StandardCharsets.UTF_8);
    MessageDigest chain = MessageDigest.getInstance("SHA-256");
    chain.update(LINK);
    chain.update(previous);
    byte[] hash = chain.digest(envelope);
    if (!HexFormat.of().formatHex(hash).equals(node.path("hash").asString(""))) {
      return Optional.of("Entry " + expected + " was changed after it was written.");
    }
    MessageDigest leaf = MessageDigest.getInstance("SHA-256");
    leaf.update((byte) 0);
    leaves.add(leaf.digest(envelope));
    erased += node.path("erased").asBoolean(false) ? 1 : 0;
    previous = hash;
    return Optional.empty();
  }

  private Optional<String> checkpoint(String note) throws GeneralSecurityException {
    String[] parts = note.split("\n\n", 2);
    String[] body = parts[0].split("\n", -1);
    if (key.isEmpty() || parts.length != 2 || body.length != 3 || !body[0].equals(origin)) {
      return Optional.of("The checkpoint is not one of this log.");
    }
    String signatureLine = parts[1].strip();
    int blank = signatureLine.lastIndexOf(' ');
    byte[] signature = Base64.getDecoder().decode(signatureLine.substring(blank + 1));
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initVerify(key.get());
    ed25519.update((parts[0] + "\n").getBytes(StandardCharsets.UTF_8));
    if (signature.length != 68
        || !ed25519.verify(Arrays.copyOfRange(signature, 4, signature.length))) {
      return Optional.of("The checkpoint's signature does not hold.");
    }
    long size = Long.parseLong(body[1]);
    if (size > leaves.size()) {
      return Optional.of(
          "A checkpoint vouches for " + size + " entries; there are " + leaves.size() + ".");
    }
    byte[] root = root(leaves.subList(0, (int) size));
    if (!Arrays.equals(root, Base64.getDecoder().decode(body[2]))) {
      return Optional.of(
          "The first " + size + " entries are not those that the checkpoint vouches for.");
    }
    checkpoints++;
    covered = Math.max(covered, size);
    return Optional.empty();
  }

  /// RFC 6962, 2.1, as it is written there.
  private static byte[] root(List<byte[]> leafHashes) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    if (leafHashes.isEmpty()) {
      return digest.digest();
    }
    if (leafHashes.size() == 1) {
      return leafHashes.getFirst();
    }
    int left = Integer.highestOneBit(leafHashes.size() - 1);
    digest.update((byte) 1);
    digest.update(root(leafHashes.subList(0, left)));
    return digest.digest(root(leafHashes.subList(left, leafHashes.size())));
  }
}
