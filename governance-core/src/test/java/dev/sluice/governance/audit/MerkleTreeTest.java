package dev.sluice.governance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

  private static final int LARGEST = 70;

  @Test
  void rootsAreThoseOfTheKnownVectors() {
    String[] leaves = {
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f"
    };
    Tree tree = new Tree();
    for (String[] vector : Vectors.lines("merkle-roots.txt")) {
      int size = Integer.parseInt(vector[0]);
      assertThat(HexFormat.of().formatHex(tree.root(size))).as(vector[0]).isEqualTo(vector[1]);
      if (size < leaves.length) {
        tree.add(HexFormat.of().parseHex(leaves[size]));
      }
    }
  }

  @Test
  void everyEntryIsProvenInEverySize() {
    Tree tree = Tree.of(LARGEST);
    for (int size = 1; size <= LARGEST; size++) {
      byte[] root = tree.root(size);
      for (int leaf = 0; leaf < size; leaf++) {
        List<byte[]> proof = MerkleTree.inclusionProof(leaf, size, tree);
        assertThat(MerkleProofs.included(tree.leaf(leaf), leaf, size, proof, root)).isTrue();
        assertThat(MerkleProofs.included(tree.leaf((leaf + 1) % size), leaf, size, proof, root))
            .isEqualTo(size == 1);
        assertThat(MerkleProofs.included(tree.leaf(leaf), leaf + 1, size, proof, root)).isFalse();
        assertThat(MerkleProofs.included(tree.leaf(leaf), leaf, size, longer(proof), root))
            .isFalse();
      }
    }
  }

  @Test
  void everySizeIsProvenToBeginEveryLargerOne() {
    Tree tree = Tree.of(LARGEST);
    for (int first = 0; first <= LARGEST; first++) {
      for (int second = first; second <= LARGEST; second++) {
        List<byte[]> proof = MerkleTree.consistencyProof(first, second, tree);
        assertThat(
                MerkleProofs.consistent(first, tree.root(first), second, tree.root(second), proof))
            .isTrue();
      }
    }
  }

  @Test
  void aRewrittenPastIsInconsistentWithEveryOlderRoot() {
    Tree honest = Tree.of(LARGEST);
    for (int changed = 0; changed < LARGEST; changed++) {
      Tree forged = new Tree();
      for (int i = 0; i < LARGEST; i++) {
        forged.add(("entry " + (i == changed ? -1 : i)).getBytes(StandardCharsets.UTF_8));
      }
      for (int first = changed + 1; first < LARGEST; first++) {
        List<byte[]> proof = MerkleTree.consistencyProof(first, LARGEST, forged);
        assertThat(
                MerkleProofs.consistent(
                    first, honest.root(first), LARGEST, forged.root(LARGEST), proof))
            .isFalse();
      }
    }
  }

  @Test
  void damagedProofsNeverHoldAndNeverThrow() {
    Tree tree = Tree.of(LARGEST);
    List<byte[]> proof = MerkleTree.consistencyProof(37, LARGEST, tree);
    byte[] first = tree.root(37);
    byte[] second = tree.root(LARGEST);
    for (int i = 0; i < proof.size(); i++) {
      List<byte[]> damaged = new ArrayList<>(proof);
      damaged.set(i, new byte[32]);
      assertThat(MerkleProofs.consistent(37, first, LARGEST, second, damaged)).isFalse();
      List<byte[]> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      assertThat(MerkleProofs.consistent(37, first, LARGEST, second, shorter)).isFalse();
    }
    assertThat(MerkleProofs.consistent(37, first, LARGEST, second, longer(proof))).isFalse();
    assertThat(MerkleProofs.consistent(37, first, LARGEST, second, List.of())).isFalse();
    assertThat(MerkleProofs.consistent(LARGEST, second, 37, first, proof)).isFalse();
    assertThat(MerkleProofs.consistent(-1, first, LARGEST, second, proof)).isFalse();
    assertThat(MerkleProofs.consistent(37, first, 37, second, List.of())).isFalse();
  }

  private static List<byte[]> longer(List<byte[]> proof) {
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(new byte[32]);
    return longer;
  }

  private static final class Tree implements MerkleNodes {
    private final Map<String, byte[]> nodes = new HashMap<>();
    private long size;

    static Tree of(int size) {
      Tree tree = new Tree();
      for (int i = 0; i < size; i++) {
        tree.add(("entry " + i).getBytes(StandardCharsets.UTF_8));
      }
      return tree;
    }

    void add(byte[] data) {
      MerkleTree.append(size++, MerkleTree.leafHash(data), this)
          .forEach(node -> nodes.put(node.level() + "/" + node.index(), node.hash()));
    }

    byte[] leaf(long index) {
      return node(0, index);
    }

    byte[] root(long leaves) {
      return MerkleTree.root(leaves, this);
    }

    @Override
    public byte[] node(int level, long index) {
      byte[] hash = nodes.get(level + "/" + index);
      if (hash == null) {
        throw new IllegalStateException("No such complete subtree: " + level + "/" + index);
      }
      return hash;
    }
  }
}
