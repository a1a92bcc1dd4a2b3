package dev.sluice.governance.codec.wire;

import java.util.List;

/// What a proposed policy says that the one in force does not.
///
/// @param from version in force, 0 when there is none
/// @param to version proposed
/// @param changes rule by rule and section by section
/// @param text the same as lines, in the usual form with `+` and `-`
public record PolicyComparison(long from, long to, List<Change> changes, List<String> text) {
  public PolicyComparison {
    changes = List.copyOf(changes);
    text = List.copyOf(text);
  }

  /// @param section such as `rule`, `mask`, `exemption`
  /// @param kind `added`, `removed`, `changed`
  /// @param direction `stricter`, `looser` or `either`
  public record Change(String section, String id, String kind, String detail, String direction) {}
}
