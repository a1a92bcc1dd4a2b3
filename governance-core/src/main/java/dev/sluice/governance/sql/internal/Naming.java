package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.internal.RecognisedStatement.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a recogniser found, before it is printed.
///
/// @param kind the name of the statement
/// @param effects its own
/// @param held the statement inside, if any
record Naming(String kind, List<Effect> effects, @Nullable Held held) {

  /// @param from index of its first token
  /// @param to index after its last token
  /// @param role what becomes of it
  /// @param query the query that a named table stands for; otherwise the tokens themselves
  record Held(int from, int to, Role role, @Nullable String query) {}

  static Naming of(String kind, EffectKind... effects) {
    return new Naming(kind, effects(List.of(), effects), null);
  }

  static Naming of(String kind, List<String> objects, EffectKind... effects) {
    return new Naming(kind, effects(objects, effects), null);
  }

  Naming holding(int from, int to, Role role) {
    return new Naming(kind, effects, new Held(from, to, role, null));
  }

  private static List<Effect> effects(List<String> objects, EffectKind... kinds) {
    List<Effect> effects = new ArrayList<>();
    for (EffectKind kind : kinds) {
      effects.add(new Effect(kind, objects, false));
    }
    return effects;
  }
}
