package dev.sluice.gateway.execution;

import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.masking.RowMasker;

/// Makes the masker of one result.
@FunctionalInterface
public interface MaskerFactory {
  RowMasker of(MaskingPlan plan, MaskKeys keys);
}
