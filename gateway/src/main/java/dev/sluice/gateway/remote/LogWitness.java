package dev.sluice.gateway.remote;

import dev.sluice.governance.audit.Checkpoint;
import dev.sluice.governance.audit.MerkleProofs;
import dev.sluice.governance.codec.wire.LogHead;
import dev.sluice.governance.codec.wire.LogProof;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Checks that a server's log only ever grew from what this client has seen of it.
final class LogWitness {

  private final ServerTrust trust;
  private final TrustMemory memory;

  LogWitness(ServerTrust trust, TrustMemory memory) {
    this.trust = trust;
    this.memory = memory;
  }

  LogHead seen() {
    return memory.head(trust.logOrigin());
  }

  /// Takes a newer head if it holds.
  ///
  /// @param before the head that the proof begins at
  /// @return what is wrong, in words; empty when it holds and was kept
  Optional<String> take(LogHead before, LogProof proof) {
    Optional<Checkpoint> opened =
        Checkpoint.open(proof.checkpoint(), trust.logOrigin(), trust.logKey());
    if (opened.isEmpty()) {
      return Optional.of("The state of the audit log is not signed by the server's known key.");
    }
    Checkpoint now = opened.get();
    if (now.size() < before.size()) {
      return Optional.of(
          "The audit log has "
              + now.size()
              + " entries; this client has seen "
              + before.size()
              + ".");
    }
    boolean holds =
        before.size() == 0
            || decoded(proof.consistency())
                .filter(
                    path ->
                        MerkleProofs.consistent(
                            before.size(),
                            Base64.getDecoder().decode(before.root()),
                            now.size(),
                            now.rootBytes(),
                            path))
                .isPresent();
    if (!holds) {
      return Optional.of(
          "The audit log was rewritten: its first "
              + before.size()
              + " entries are not those that this client has seen.");
    }
    memory.keep(trust.logOrigin(), new LogHead(now.size(), now.root()));
    return Optional.empty();
  }

  private static Optional<List<byte[]>> decoded(List<String> path) {
    try {
      return Optional.of(path.stream().map(hash -> Base64.getDecoder().decode(hash)).toList());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
