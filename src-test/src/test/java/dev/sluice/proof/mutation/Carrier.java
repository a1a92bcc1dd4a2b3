package dev.sluice.proof.mutation;

import java.util.List;
import java.util.Set;

/// A query of which it is known which outputs carry a sensitive value.
///
/// @param sql one SELECT without ORDER BY or LIMIT, so that it can stand anywhere
/// @param width number of outputs
/// @param carrying ordinals of the outputs that carry the value as it is or computed from it
/// @param steps how it came to be, for the message
record Carrier(String sql, int width, Set<Integer> carrying, List<String> steps) {
  Carrier {
    carrying = Set.copyOf(carrying);
    steps = List.copyOf(steps);
  }

  Carrier next(String step, String text, int outputs, Set<Integer> carriers) {
    List<String> all = new java.util.ArrayList<>(steps);
    all.add(step);
    return new Carrier(text, outputs, carriers, all);
  }

  /// The same outputs from another text.
  Carrier reworded(String step, String text) {
    return next(step, text, width, carrying);
  }
}
