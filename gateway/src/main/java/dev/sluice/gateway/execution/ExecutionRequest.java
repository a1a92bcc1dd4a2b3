package dev.sluice.gateway.execution;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.Permit;
import java.util.function.Predicate;

/// One governed run.
///
/// @param permit what may run; it is used up by running
/// @param catalog what the permit was decided against: tells base tables from views
/// @param classified whether a base column carries any classification
/// @param keys for keyed masks
/// @param batchRows rows handed over at a time
public record ExecutionRequest(
    Permit permit,
    CatalogSnapshot catalog,
    Predicate<ColumnRef> classified,
    MaskKeys keys,
    int batchRows) {

  public ExecutionRequest(
      Permit permit, CatalogSnapshot catalog, Predicate<ColumnRef> classified, MaskKeys keys) {
    this(permit, catalog, classified, keys, 500);
  }
}
