package dev.sluice.gateway.execution;

import java.util.Optional;

/// A result column as the backend describes it.
///
/// @param label as the server names it
/// @param typeName the engine's type
/// @param origin the relation and column it comes from unchanged, when the driver says so
public record BackendColumn(String label, String typeName, Optional<Origin> origin) {

  /// @param schema empty when the driver does not say
  public record Origin(String schema, String relation, String column) {}
}
