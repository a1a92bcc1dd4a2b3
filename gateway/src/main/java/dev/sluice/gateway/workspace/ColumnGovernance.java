package dev.sluice.gateway.workspace;

import dev.sluice.governance.catalog.ColumnRef;

/// Why a column is masked for me.
///
/// @param column the base column
/// @param tag its classification
/// @param algorithm what I see instead
/// @param exempt I see it raw, by an exemption
/// @param whoMaySee one sentence: who sees it raw and who may lift it
public record ColumnGovernance(
    ColumnRef column, String tag, String algorithm, boolean exempt, String whoMaySee) {}
