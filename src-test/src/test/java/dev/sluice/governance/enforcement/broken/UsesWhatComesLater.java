package dev.sluice.governance.enforcement.broken;

import dev.sluice.governance.approval.Grant;

/// Broken on purpose: enforcement stands before approval.
final class UsesWhatComesLater {
  Grant later(Grant value) {
    return value;
  }
}
