package dev.sluice.governance.policy;

import java.util.OptionalLong;

/// The smallest of all limits that apply. Empty means: no rule set one.
public record Limits(OptionalLong rows, OptionalLong seconds, OptionalLong exportRows) {
  public static Limits none() {
    return new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
  }
}
