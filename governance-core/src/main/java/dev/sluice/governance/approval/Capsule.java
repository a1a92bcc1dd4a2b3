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

  /// The fields in which another capsule differs, in words; empty when they are equal.
  public List<String> differences(Capsule other) {
    List<String> different = new java.util.ArrayList<>();
    add(different, "the statement", text.equals(other.text) && printed.equals(other.printed));
    add(different, "the bind values", binds.equals(other.binds));
    add(different, "the connection", connection.equals(other.connection));
    add(different, "the environment", environment.equals(other.environment));
    add(different, "the schema", schemaFingerprint.equals(other.schemaFingerprint));
    add(different, "the policy", policyVersion == other.policyVersion);
    add(different, "what is masked", maskedOutputs.equals(other.maskedOutputs));
    add(different, "the effects", effects.equals(other.effects));
    add(different, "the expected impact", impact.equals(other.impact));
    add(different, "the row ceiling", rowCeiling == other.rowCeiling);
    return different;
  }

  private static void add(List<String> different, String name, boolean same) {
    if (!same) {
      different.add(name);
    }
  }
}
