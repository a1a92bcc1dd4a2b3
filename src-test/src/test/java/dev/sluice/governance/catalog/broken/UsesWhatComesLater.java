package dev.sluice.governance.catalog.broken;

import dev.sluice.governance.sql.Span;

/// Broken on purpose: catalog stands before sql.
final class UsesWhatComesLater {
  Span later(Span value) {
    return value;
  }
}
