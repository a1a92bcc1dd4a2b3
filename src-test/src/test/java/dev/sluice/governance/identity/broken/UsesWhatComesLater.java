package dev.sluice.governance.identity.broken;

import dev.sluice.governance.catalog.TableRef;

/// Broken on purpose: identity stands before catalog.
final class UsesWhatComesLater {
  TableRef later(TableRef value) {
    return value;
  }
}
