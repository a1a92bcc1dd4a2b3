package dev.sluice.governance.codec.wire;

import java.util.List;

/// What trying a connection found, step by step, in the order a statement needs them.
///
/// @param usable whether people can work with it now
public record ConnectionDiagnosis(String connection, boolean usable, List<Step> steps) {
  public ConnectionDiagnosis {
    steps = List.copyOf(steps);
  }

  /// @param name a few words
  /// @param result `ok`, `warning`, `failed` or `skipped`
  /// @param detail what was found, never a value or a driver's own words
  /// @param wayOut what to do, empty when nothing needs doing
  public record Step(String name, String result, String detail, String wayOut) {}
}
