package dev.sluice.governance.masking.broken;

import dev.sluice.governance.approval.Grant;

/// Broken on purpose: masking stands before approval.
final class UsesWhatComesLater {
  Grant later(Grant value) {
    return value;
  }
}
