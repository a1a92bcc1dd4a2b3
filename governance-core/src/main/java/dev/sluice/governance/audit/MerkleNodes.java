package dev.sluice.governance.audit;

/// Where the hashes of a Merkle tree's complete subtrees are read from.
public interface MerkleNodes {

  /// The hash of the complete subtree over the leaves `index << level` up to, not including,
  /// `(index + 1) << level`; at level 0 that is the leaf hash itself. Only asked for subtrees that
  /// are complete.
  byte[] node(int level, long index);
}
