package dev.sluice.server.verify.broken;

import dev.sluice.governance.audit.Checkpoint;

/// Broken on purpose: the verifier shares nothing with what writes the log.
final class UsesTheWriter {
  Checkpoint checkpoint(Checkpoint value) {
    return value;
  }
}
