package dev.sluice.governance.approval.broken;

import dev.sluice.governance.policy.Limits;

/// Broken on purpose: approval stands before policy.
final class UsesWhatComesLater {
  Limits later(Limits value) {
    return value;
  }
}
