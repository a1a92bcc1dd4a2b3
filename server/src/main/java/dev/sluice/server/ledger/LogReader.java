package dev.sluice.server.ledger;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.audit.Checkpoint;
import dev.sluice.governance.audit.MerkleTree;
import dev.sluice.governance.codec.wire.LogVerification;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Reads a stored log from its first entry and says where it stops holding.
final class LogReader {

  private LogReader() {}

  static LogVerification verify(Handle handle, String origin, PublicKey key) {
    Map<Long, String> notes = new TreeMap<>();
    handle
        .createQuery("SELECT size, note FROM checkpoint ORDER BY size")
        .map((row, context) -> Map.entry(row.getLong("size"), row.getString("note")))
        .forEach(note -> notes.put(note.getKey(), note.getValue()));
    Roots roots = new Roots();
    long last = 0;
    String previous = AuditChain.GENESIS;
    for (ChainedEvent entry : LedgerTables.entriesAfter(handle, 0)) {
      if (AuditChain.verifyAfter(last, previous, List.of(entry))
          instanceof AuditChain.Verification.Broken broken) {
        return broken(last, broken.sequence(), broken.message());
      }
      last = entry.sequence();
      previous = entry.hash();
      roots.add(Ledger.leafHash(entry));
      String note = notes.remove(last);
      if (note != null && !holds(note, origin, key, roots.root())) {
        return broken(
            0,
            last,
            "Entries up to "
                + last
                + " are not those that the checkpoint of that size vouches for.");
      }
    }
    Iterator<Long> missing = notes.keySet().iterator();
    if (missing.hasNext()) {
      return broken(
          last,
          last + 1,
          "The log ends at entry "
              + last
              + ", but a checkpoint vouches for "
              + missing.next()
              + ".");
    }
    return new LogVerification(
        true,
        last,
        0,
        String.format(
            java.util.Locale.ROOT, "Verified to #%,d%s", last, words(LedgerTables.erased(handle))));
  }

  private static String words(Set<Long> erased) {
    return erased.isEmpty()
        ? ""
        : String.format(java.util.Locale.ROOT, ", %,d of them erased", erased.size());
  }

  /// What is wrong with the end of the log, in words; empty when it holds.
  static Optional<String> checkEnd(Handle handle, String origin, PublicKey key) {
    long last = LedgerTables.size(handle);
    Optional<String> note =
        handle
            .createQuery("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
            .mapTo(String.class)
            .findOne();
    if (note.isEmpty()) {
      return Optional.empty();
    }
    Optional<Checkpoint> kept = Checkpoint.open(note.get(), origin, key);
    if (kept.isEmpty()) {
      return Optional.of("The newest checkpoint of the audit log is not signed by this server.");
    }
    if (kept.get().size() > last) {
      return Optional.of(
          "The audit log ends at entry "
              + last
              + ", but a checkpoint vouches for "
              + kept.get().size()
              + ".");
    }
    byte[] root = MerkleTree.root(kept.get().size(), LedgerTables.nodes(handle));
    return Arrays.equals(root, kept.get().rootBytes())
        ? Optional.empty()
        : Optional.of("The audit log's newest checkpoint does not match its entries.");
  }

  private static boolean holds(String note, String origin, PublicKey key, byte[] root) {
    Optional<Checkpoint> checkpoint = Checkpoint.open(note, origin, key);
    return checkpoint.isPresent() && Arrays.equals(checkpoint.get().rootBytes(), root);
  }

  private static LogVerification broken(long upTo, long first, String message) {
    return new LogVerification(false, upTo, first, message);
  }

  /// Roots of a growing tree, in memory logarithmic in its size.
  static final class Roots {
    private record Subtree(int level, byte[] hash) {}

    private final Deque<Subtree> complete = new ArrayDeque<>();

    void add(byte[] leaf) {
      Subtree subtree = new Subtree(0, leaf);
      while (!complete.isEmpty() && complete.peek().level() == subtree.level()) {
        Subtree left = complete.pop();
        subtree = new Subtree(left.level() + 1, MerkleTree.nodeHash(left.hash(), subtree.hash()));
      }
      complete.push(subtree);
    }

    byte[] root() {
      Iterator<Subtree> subtrees = complete.iterator();
      byte[] root = Base64.getDecoder().decode("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
      if (subtrees.hasNext()) {
        root = subtrees.next().hash();
      }
      while (subtrees.hasNext()) {
        root = MerkleTree.nodeHash(subtrees.next().hash(), root);
      }
      return root;
    }
  }
}
