package dev.sluice.governance.policy;

import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.sql.Dialect;
import java.util.Optional;

/// Masks as SQL expressions over `{column}`, for statements that are rewritten to see masked values
/// only. Keyed masks are never written as SQL: the key would be within reach.
final class MaskExpressions {

  private MaskExpressions() {}

  /// @return empty when the mask cannot be expressed in the dialect
  static Optional<String> of(MaskSpec spec, Dialect dialect) {
    return spec.algorithm().equals("nullify") ? Optional.of("NULL") : Optional.empty();
  }
}
