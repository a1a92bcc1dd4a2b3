package dev.sluice.server.ledger;

import dev.sluice.governance.audit.ChainedEvent;
import dev.sluice.governance.audit.MerkleTree;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The growing edge of the log: its last link, and the hashes of the complete subtrees that the
/// next leaf may close. Everything an append needs, in memory logarithmic in the log's size.
///
/// @param size entries
/// @param hash of the last link
/// @param subtrees by level; meaningful where the bit of that level is set in the size
record Frontier(long size, String hash, byte[][] subtrees) {

  /// As the store has it.
  static Frontier read(Handle handle) {
    ChainedEvent last = LedgerTables.last(handle);
    byte[][] subtrees = new byte[Long.SIZE][];
    for (int level = 0; level < Long.SIZE - 1; level++) {
      if ((last.sequence() >> level & 1) == 1) {
        subtrees[level] = LedgerTables.nodes(handle).node(level, (last.sequence() >> level) - 1);
      }
    }
    return new Frontier(last.sequence(), last.hash(), subtrees);
  }

  /// The nodes that a leaf completes.
  List<MerkleTree.Node> grow(byte[] leaf) {
    return MerkleTree.append(size, leaf, (level, index) -> subtrees[level]);
  }

  /// The edge after these nodes, the last of which is the largest that the leaf completed.
  Frontier after(ChainedEvent link, List<MerkleTree.Node> nodes) {
    byte[][] next = subtrees.clone();
    MerkleTree.Node top = nodes.getLast();
    next[top.level()] = top.hash();
    return new Frontier(link.sequence(), link.hash(), next);
  }

  /// Whether the store ends where this does.
  boolean isEndOf(Handle handle) {
    ChainedEvent last = LedgerTables.last(handle);
    return last.sequence() == size && last.hash().equals(hash);
  }

  byte[] root() {
    return MerkleTree.root(size, (level, index) -> subtrees[level]);
  }
}
