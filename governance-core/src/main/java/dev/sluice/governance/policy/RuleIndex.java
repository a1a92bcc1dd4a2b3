package dev.sluice.governance.policy;

import dev.sluice.governance.policy.Requirement.Dimension;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the rules that can hold at all, without running their conditions. Each rule is filed under
/// its rarest requirement; a rule without any is always a candidate.
final class RuleIndex {

  private record Key(Dimension dimension, String value) {}

  private final List<List<Requirement>> requirements = new ArrayList<>();
  private final Map<Key, BitSet> byKey = new HashMap<>();
  private final BitSet always = new BitSet();

  RuleIndex(List<Rule> rules) {
    Map<Key, Integer> frequency = new HashMap<>();
    for (Rule rule : rules) {
      List<Requirement> required = RequirementReader.read(rule.when());
      requirements.add(required);
      required.forEach(
          requirement ->
              requirement
                  .anyOf()
                  .forEach(
                      value ->
                          frequency.merge(
                              new Key(requirement.dimension(), value), 1, Integer::sum)));
    }
    for (int i = 0; i < rules.size(); i++) {
      file(i, frequency);
    }
  }

  private void file(int rule, Map<Key, Integer> frequency) {
    Requirement rarest = null;
    int fewest = Integer.MAX_VALUE;
    for (Requirement requirement : requirements.get(rule)) {
      int count =
          requirement.anyOf().stream()
              .mapToInt(value -> frequency.get(new Key(requirement.dimension(), value)))
              .sum();
      if (count < fewest) {
        rarest = requirement;
        fewest = count;
      }
    }
    if (rarest == null) {
      always.set(rule);
      return;
    }
    for (String value : rarest.anyOf()) {
      byKey.computeIfAbsent(new Key(rarest.dimension(), value), key -> new BitSet()).set(rule);
    }
  }

  /// Positions of the rules whose requirements are all met, in bundle order.
  ///
  /// @param present what the request brings, by dimension; a missing dimension brings nothing
  List<Integer> candidates(EnumMap<Dimension, Set<String>> present) {
    BitSet found = (BitSet) always.clone();
    present.forEach(
        (dimension, values) ->
            values.forEach(
                value -> {
                  BitSet rules = byKey.get(new Key(dimension, value));
                  if (rules != null) {
                    found.or(rules);
                  }
                }));
    List<Integer> candidates = new ArrayList<>();
    for (int rule = found.nextSetBit(0); rule >= 0; rule = found.nextSetBit(rule + 1)) {
      if (requirements.get(rule).stream().allMatch(requirement -> isMet(requirement, present))) {
        candidates.add(rule);
      }
    }
    return candidates;
  }

  private static boolean isMet(Requirement requirement, EnumMap<Dimension, Set<String>> present) {
    Set<String> values = present.getOrDefault(requirement.dimension(), Set.of());
    return requirement.anyOf().stream().anyMatch(values::contains);
  }
}
