package dev.sluice.governance.policy;

import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskSpec;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which columns are sensitive for whoever asks, and what they see of them.
final class SensitiveView {

  private final ColumnTags tags;
  private final TagMasks masks;
  private final List<String> exemptPatterns;
  private final boolean agent;
  private final String today;
  private final List<UnmaskGrant> grants;
  private final Map<ColumnRef, UnmaskGrant> lifted = new TreeMap<>();

  /// @param exemptPatterns tags or patterns that do not bind whoever asks
  SensitiveView(
      ColumnTags tags, TagMasks masks, List<String> exemptPatterns, DecisionRequest request) {
    this.tags = tags;
    this.masks = masks;
    this.exemptPatterns = exemptPatterns;
    this.agent = request.actor() instanceof Actor.Agent;
    this.grants =
        request.unmaskGrants().stream()
            .filter(
                grant -> grant.holdsFor(request.actor(), request.connection().name(), request.at()))
            .toList();
    this.today = request.at().atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /// The tags of a column that bind whoever asks; empty when it is not sensitive for them.
  Set<String> tagsOf(ColumnRef column) {
    Set<String> binding = new TreeSet<>(tags.of(column));
    binding.removeIf(
        tag -> exemptPatterns.stream().anyMatch(pattern -> TagPattern.matches(pattern, tag)));
    if (binding.isEmpty()) {
      return binding;
    }
    Optional<UnmaskGrant> grant =
        grants.stream().filter(held -> held.columns().contains(column)).findFirst();
    // A grant holds no longer than the policy lets the mask be lifted at all.
    if (grant.isPresent()
        && binding.stream().allMatch(tag -> masks.forTag(tag).unmask().isPresent())) {
      lifted.put(column, grant.get());
      return Set.of();
    }
    return binding;
  }

  /// The columns asked for so far that are shown as they are because a grant lifts their mask.
  Map<ColumnRef, UnmaskGrant> lifted() {
    return lifted;
  }

  /// The sensitive ones of some columns, each with its tags, in order.
  Map<ColumnRef, Set<String>> sensitive(Set<ColumnRef> columns) {
    Map<ColumnRef, Set<String>> sensitive = new LinkedHashMap<>();
    for (ColumnRef column : columns) {
      Set<String> binding = tagsOf(column);
      if (!binding.isEmpty()) {
        sensitive.put(column, binding);
      }
    }
    return sensitive;
  }

  /// The mask of a column shown as it is. Tags that disagree redact.
  MaskSpec specOf(Set<String> columnTags) {
    Set<MaskSpec> specs = new HashSet<>();
    for (String tag : columnTags) {
      specs.add(masks.specFor(tag, agent));
    }
    return specs.size() == 1 ? dated(specs.iterator().next()) : MaskSpec.redact();
  }

  List<TagMask> masksOf(Set<String> columnTags) {
    List<TagMask> all = new ArrayList<>();
    columnTags.forEach(tag -> all.add(masks.forTag(tag)));
    return all;
  }

  /// Ages are told for the day of the question.
  private MaskSpec dated(MaskSpec spec) {
    if (!spec.algorithm().equals("age-band") || spec.parameters().containsKey("as-of")) {
      return spec;
    }
    Map<String, Object> parameters = new HashMap<>(spec.parameters());
    parameters.put("as-of", today);
    return new MaskSpec(spec.algorithm(), parameters);
  }
}
