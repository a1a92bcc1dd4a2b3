package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.Use;
import dev.sluice.governance.sql.UseRole;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What has been found in a statement so far.
final class Findings {
  private record Kind(EffectKind kind, boolean filtered) {}

  private final Map<Kind, Set<String>> effects = new LinkedHashMap<>();
  private final Set<TableRef> tables = new TreeSet<>();
  private final Set<Use> uses = new LinkedHashSet<>();
  private final Set<String> functions = new TreeSet<>();
  private @Nullable Refusal unknown;

  void effect(EffectKind kind, boolean filtered, String... objects) {
    effects
        .computeIfAbsent(new Kind(kind, filtered), key -> new TreeSet<>())
        .addAll(List.of(objects));
  }

  void effect(EffectKind kind, String... objects) {
    effect(kind, false, objects);
  }

  boolean has(EffectKind kind) {
    return effects.keySet().stream().anyMatch(effect -> effect.kind() == kind);
  }

  void table(TableRef table) {
    tables.add(table);
  }

  void use(Use use) {
    uses.add(use);
  }

  /// Records a use, if anything reaches the clause.
  void use(UseRole role, Value value, Span span) {
    if (!value.sources().isEmpty()) {
      uses.add(new Use(role, value.sources(), span, Optional.empty()));
    }
  }

  void function(String name) {
    functions.add(name);
  }

  /// What keeps the statement from being understood although all of it was read.
  void unknown(Refusal refusal) {
    if (unknown == null) {
      unknown = refusal;
    }
  }

  Optional<Refusal> unknown() {
    return Optional.ofNullable(unknown);
  }

  void forgetTables() {
    tables.clear();
  }

  List<Effect> effects() {
    List<Effect> all = new ArrayList<>();
    effects.forEach(
        (key, objects) -> all.add(new Effect(key.kind(), List.copyOf(objects), key.filtered())));
    return all;
  }

  List<TableRef> tables() {
    return List.copyOf(tables);
  }

  List<Use> uses() {
    return List.copyOf(uses);
  }

  List<String> functions() {
    return List.copyOf(functions);
  }

  /// A copy to come back to.
  Findings copy() {
    Findings copy = new Findings();
    copy.addAll(this);
    return copy;
  }

  /// Forgets everything found since the copy was made.
  void restore(Findings copy) {
    effects.clear();
    tables.clear();
    uses.clear();
    functions.clear();
    addAll(copy);
  }

  private void addAll(Findings other) {
    other.effects.forEach((key, objects) -> effects.put(key, new TreeSet<>(objects)));
    tables.addAll(other.tables);
    uses.addAll(other.uses);
    functions.addAll(other.functions);
    unknown = other.unknown;
  }
}
