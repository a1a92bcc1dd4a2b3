package dev.sluice.governance.sql;

import java.util.List;

/// One effect and what it falls upon.
///
/// @param kind what is done
/// @param objects dotted names of what it is done to, as resolved, empty when not to a named thing
/// @param filtered UPDATE and DELETE only: a condition that depends on target rows and is not
///     provably always true chooses the rows; false for all other kinds
public record Effect(EffectKind kind, List<String> objects, boolean filtered) {
  public Effect {
    objects = List.copyOf(objects);
  }

  public static Effect of(EffectKind kind, String... objects) {
    return new Effect(kind, List.of(objects), false);
  }
}
