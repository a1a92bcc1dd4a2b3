package dev.sluice.governance.discovery.broken;

import dev.sluice.governance.approval.Grant;

/// Broken on purpose: discovery stands before approval.
final class UsesWhatComesLater {
  Grant later(Grant value) {
    return value;
  }
}
