package dev.sluice.governance.audit;

import java.util.Arrays;
import java.util.List;

/// Checks the proofs of an RFC 6962 log, by the algorithms of RFC 9162 section 2.1. Returns false
/// for whatever does not hold; never throws for a proof of any shape.
public final class MerkleProofs {

  private MerkleProofs() {}

  /// Whether the leaf stands at its place in the tree with that root.
  public static boolean included(
      byte[] leafHash, long leaf, long size, List<byte[]> proof, byte[] root) {
    if (leaf < 0 || leaf >= size) {
      return false;
    }
    long node = leaf;
    long last = size - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : proof) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = MerkleTree.nodeHash(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = MerkleTree.nodeHash(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  /// Whether the second tree begins with the first.
  public static boolean consistent(
      long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> proof) {
    if (first < 0 || first > second) {
      return false;
    }
    if (first == second) {
      return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
    }
    if (first == 0) {
      return proof.isEmpty();
    }
    long node = first - 1;
    long last = second - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    int next = 0;
    byte[] oldHash;
    if (node == 0) {
      oldHash = firstRoot;
    } else if (proof.isEmpty()) {
      return false;
    } else {
      oldHash = proof.get(next++);
    }
    byte[] newHash = oldHash;
    for (byte[] sibling : proof.subList(next, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldHash = MerkleTree.nodeHash(sibling, oldHash);
        newHash = MerkleTree.nodeHash(sibling, newHash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newHash = MerkleTree.nodeHash(newHash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(oldHash, firstRoot) && Arrays.equals(newHash, secondRoot);
  }
}
