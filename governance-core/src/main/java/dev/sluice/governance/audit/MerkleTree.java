package dev.sluice.governance.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// The Merkle tree of RFC 6962 over stored hashes of complete subtrees, so that an append, a root
/// and a proof each read a logarithmic number of them. Leaves are counted from 0.
///
/// Proofs are checked by [MerkleProofs], which shares only the two hash functions with this class.
public final class MerkleTree {

  private MerkleTree() {}

  /// `SHA-256(0x00 || data)`.
  public static byte[] leafHash(byte[] data) {
    MessageDigest digest = Digests.sha256();
    digest.update((byte) 0);
    return digest.digest(data);
  }

  /// `SHA-256(0x01 || left || right)`.
  public static byte[] nodeHash(byte[] left, byte[] right) {
    MessageDigest digest = Digests.sha256();
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }

  /// The hash of one complete subtree, to be stored.
  public record Node(int level, long index, byte[] hash) {}

  /// The subtrees that become complete when a leaf is appended, the leaf itself first. All must be
  /// stored before the next append.
  ///
  /// @param size leaves before
  public static List<Node> append(long size, byte[] leafHash, MerkleNodes nodes) {
    List<Node> made = new ArrayList<>();
    made.add(new Node(0, size, leafHash));
    byte[] hash = leafHash;
    long index = size;
    int level = 0;
    while ((index & 1) == 1) {
      hash = nodeHash(nodes.node(level, index - 1), hash);
      index >>= 1;
      level++;
      made.add(new Node(level, index, hash));
    }
    return made;
  }

  /// The root over the first `size` leaves; SHA-256 of nothing for an empty tree.
  public static byte[] root(long size, MerkleNodes nodes) {
    return size == 0 ? Digests.sha256().digest() : range(0, size, nodes);
  }

  /// The audit path of a leaf in the tree of the first `size` leaves, nearest first.
  public static List<byte[]> inclusionProof(long leaf, long size, MerkleNodes nodes) {
    if (leaf < 0 || leaf >= size) {
      throw new IllegalArgumentException("Leaf " + leaf + " is not among " + size + ".");
    }
    List<byte[]> path = new ArrayList<>();
    inclusion(leaf, 0, size, nodes, path);
    return path;
  }

  /// The proof that the tree of `second` leaves begins with the tree of `first` leaves; empty when
  /// they are the same or the first is empty.
  public static List<byte[]> consistencyProof(long first, long second, MerkleNodes nodes) {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException("A tree of " + second + " has no prefix of " + first);
    }
    List<byte[]> path = new ArrayList<>();
    if (first > 0 && first < second) {
      consistency(first, 0, second, true, nodes, path);
    }
    return path;
  }

  private static void inclusion(
      long leaf, long start, long size, MerkleNodes nodes, List<byte[]> path) {
    if (size == 1) {
      return;
    }
    long left = split(size);
    if (leaf < left) {
      inclusion(leaf, start, left, nodes, path);
      path.add(range(start + left, size - left, nodes));
    } else {
      inclusion(leaf - left, start + left, size - left, nodes, path);
      path.add(range(start, left, nodes));
    }
  }

  private static void consistency(
      long first,
      long start,
      long size,
      boolean completeSubtree,
      MerkleNodes nodes,
      List<byte[]> path) {
    if (first == size) {
      if (!completeSubtree) {
        path.add(range(start, size, nodes));
      }
      return;
    }
    long left = split(size);
    if (first <= left) {
      consistency(first, start, left, completeSubtree, nodes, path);
      path.add(range(start + left, size - left, nodes));
    } else {
      consistency(first - left, start + left, size - left, false, nodes, path);
      path.add(range(start, left, nodes));
    }
  }

  private static byte[] range(long start, long size, MerkleNodes nodes) {
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return nodes.node(level, start >> level);
    }
    long left = split(size);
    return nodeHash(range(start, left, nodes), range(start + left, size - left, nodes));
  }

  /// The largest power of two smaller than `size`.
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }
}
