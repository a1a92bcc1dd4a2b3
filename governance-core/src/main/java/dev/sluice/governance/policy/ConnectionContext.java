package dev.sluice.governance.policy;

import dev.sluice.governance.sql.Dialect;
import java.util.Map;

/// The connection a statement is for, as policies see it.
///
/// @param ring `direct`, `brokered` or `enforced`
public record ConnectionContext(
    String name, String environment, Dialect engine, String ring, Map<String, String> labels) {
  public ConnectionContext {
    labels = Map.copyOf(labels);
  }
}
