package dev.sluice.governance.policy.broken;

import dev.sluice.governance.audit.ChainedEvent;

/// Broken on purpose: policy stands before audit.
final class UsesWhatComesLater {
  ChainedEvent later(ChainedEvent value) {
    return value;
  }
}
