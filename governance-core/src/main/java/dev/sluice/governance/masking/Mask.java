package dev.sluice.governance.masking;

import org.jspecify.annotations.Nullable;

/// Turns one value into what may be shown. Total: never throws for any value, never returns the
/// input unless the algorithm says that it may. NULL stays NULL. A number stays a number or becomes
/// NULL; what a mask cannot treat, it redacts.
public interface Mask {

  /// @param value as the driver gave it: String, Number, Boolean, java.time and java.sql temporal
  ///     types, byte[], or anything else
  @Nullable Object mask(@Nullable Object value);
}
