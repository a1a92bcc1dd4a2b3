package dev.sluice.governance.codec.wire;

import java.util.List;

/// What differs between two steps of a connection's schema.
///
/// @param lines what is different in `to`: `+ table public.orders`
/// @param steps those after `from` up to `to`, oldest first
public record SchemaComparison(
    SchemaChange from, SchemaChange to, List<String> lines, List<SchemaChange> steps) {
  public SchemaComparison {
    lines = List.copyOf(lines);
    steps = List.copyOf(steps);
  }
}
