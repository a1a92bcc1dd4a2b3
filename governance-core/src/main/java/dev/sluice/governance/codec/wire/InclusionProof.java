package dev.sluice.governance.codec.wire;

import java.util.List;

/// The proof that one entry is in the log of a checkpoint.
///
/// @param sequence from 1; the leaf index is one less
/// @param leafHash base64
/// @param checkpoint C2SP note
/// @param path hashes, nearest first, base64
public record InclusionProof(long sequence, String leafHash, String checkpoint, List<String> path) {
  public InclusionProof {
    path = List.copyOf(path);
  }
}
