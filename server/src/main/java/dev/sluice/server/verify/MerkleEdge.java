package dev.sluice.server.verify;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// The right edge of a Merkle tree (RFC 6962, 2.1) that grows by one leaf at a time: the roots of
/// the complete subtrees that make it up, the largest first. As long as the number of leaves has
/// bits; nothing of the leaves themselves is kept.
final class MerkleEdge {

  private final List<byte[]> roots = new ArrayList<>();
  private long size;

  MerkleEdge() {}

  private MerkleEdge(MerkleEdge other) {
    roots.addAll(other.roots);
    size = other.size;
  }

  MerkleEdge copy() {
    return new MerkleEdge(this);
  }

  long size() {
    return size;
  }

  void add(byte[] content) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((byte) 0);
    byte[] grown = digest.digest(content);
    // Each trailing one of the size is a complete subtree that the new leaf completes further.
    for (long full = size; (full & 1) == 1; full >>= 1) {
      grown = joined(roots.removeLast(), grown);
    }
    roots.add(grown);
    size++;
  }

  byte[] root() throws GeneralSecurityException {
    if (roots.isEmpty()) {
      return MessageDigest.getInstance("SHA-256").digest();
    }
    byte[] root = roots.getLast();
    for (int at = roots.size() - 2; at >= 0; at--) {
      root = joined(roots.get(at), root);
    }
    return root;
  }

  private static byte[] joined(byte[] left, byte[] right) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }
}
