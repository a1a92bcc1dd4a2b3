package dev.sluice.governance.audit.broken;

import dev.sluice.governance.codec.broken.LaterThanAudit;

/// Broken on purpose: audit stands before codec.
final class UsesWhatComesLater {
  LaterThanAudit later(LaterThanAudit value) {
    return value;
  }
}
