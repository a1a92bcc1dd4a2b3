package dev.sluice.governance.sql.broken;

import dev.sluice.governance.masking.MaskSpec;

/// Broken on purpose: sql stands before masking.
final class UsesWhatComesLater {
  MaskSpec later(MaskSpec value) {
    return value;
  }
}
