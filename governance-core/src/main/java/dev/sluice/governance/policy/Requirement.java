package dev.sluice.governance.policy;

import java.util.Set;

/// Something without which a condition cannot hold: one of the values must be present.
///
/// @param dimension what the values are of
/// @param anyOf at least one
record Requirement(Dimension dimension, Set<String> anyOf) {
  Requirement {
    anyOf = Set.copyOf(anyOf);
  }

  /// What a rule can require that is known before any condition runs.
  enum Dimension {
    ENVIRONMENT,
    CONNECTION,
    ENGINE,
    RING,
    GROUP,
    ROLE,
    SUBJECT,
    ACTOR_KIND,
    STATEMENT_KIND,
    EFFECT,
    TABLE,
    TAG_READ,
    TAG_USED,
    /// `reads_only`, `writes`, `parsed`, and the same with `!`.
    FLAG
  }
}
