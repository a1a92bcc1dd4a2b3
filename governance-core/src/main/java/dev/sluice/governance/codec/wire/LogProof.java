package dev.sluice.governance.codec.wire;

import java.util.List;

/// The newest signed checkpoint and the proof that it grew from an older one.
///
/// @param checkpoint C2SP note
/// @param consistency hashes from the size asked for to the checkpoint's, base64
public record LogProof(String checkpoint, List<String> consistency) {
  public LogProof {
    consistency = List.copyOf(consistency);
  }
}
