package dev.sluice.governance.approval;

import java.util.List;
import java.util.Map;

/// What exactly is approved: a reviewer sees it, decides on it, and it is what runs. Any change to
/// any field is another capsule.
///
/// @param text exact text as written
/// @param printed text that will be sent
/// @param binds bind values as text, in order; sensitive ones as keyed hashes
/// @param connection target connection name
/// @param environment its environment
/// @param schemaFingerprint of the catalog it was decided against
/// @param policyVersion of the bundle it was decided under
/// @param maskedOutputs ordinal -> algorithm of the outputs that will be masked
/// @param effects `KIND object` lines, for the eye
/// @param impact estimates made before: `estimated-rows`, `tables`, ...
/// @param rowCeiling more affected rows than this roll back; -1 when unlimited
public record Capsule(
    String text,
    String printed,
    List<String> binds,
    String connection,
    String environment,
    String schemaFingerprint,
    long policyVersion,
    Map<Integer, String> maskedOutputs,
    List<String> effects,
    Map<String, String> impact,
    long rowCeiling) {
  public Capsule {
    binds = List.copyOf(binds);
    maskedOutputs = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(maskedOutputs));
    effects = List.copyOf(effects);
    impact = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(impact));
  }
}
