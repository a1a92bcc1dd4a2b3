package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Combines what several rules ask of approvers into one rule that satisfies each of them.
///
/// Who may decide: whoever each rule names. Where one rule says `group:a` and another `group:b`,
/// the combination says `group:a&group:b`: people who are in both. So each person who counts for
/// the combination counts for every rule, and the largest quorum of such people fills them all.
/// Times: the shortest. Executions: the fewest. Escalation opens the decision to more people, so it
/// is kept only when all rules have the same.
public final class ApproverRules {

  private ApproverRules() {}

  /// @param rules at least one
  public static ApproverRule combine(List<ApproverRule> rules) {
    ApproverRule combined = rules.getFirst();
    for (ApproverRule rule : rules.subList(1, rules.size())) {
      combined =
          new ApproverRule(
              both(combined.anyOf(), rule.anyOf()),
              Math.max(combined.quorum(), rule.quorum()),
              shorter(combined.decideWithin(), rule.decideWithin()),
              shorter(combined.useWithin(), rule.useWithin()),
              Math.min(combined.executions(), rule.executions()),
              combined.escalation().equals(rule.escalation())
                  ? combined.escalation()
                  : Optional.empty());
    }
    return combined;
  }

  /// For people: `data-owners`, `data-owners who are also in security, or jane`.
  public static String inWords(ApproverRule rule) {
    String people =
        rule.anyOf().stream()
            .map(
                who ->
                    Stream.of(who.split("&", -1))
                        .map(part -> part.substring(part.indexOf(':') + 1))
                        .collect(Collectors.joining(" who are also in ")))
            .collect(Collectors.joining(" or "));
    return rule.quorum() == 1 ? people : rule.quorum() + " people of " + people;
  }

  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<Set<String>> alternatives =
        one.stream()
            .flatMap(
                left ->
                    other.stream()
                        .map(
                            right -> {
                              Set<String> parts = new TreeSet<>(List.of(left.split("&", -1)));
                              parts.addAll(List.of(right.split("&", -1)));
                              return parts;
                            }))
            .collect(Collectors.toSet());
    return alternatives.stream()
        .filter(
            parts ->
                alternatives.stream()
                    .noneMatch(fewer -> fewer.size() < parts.size() && parts.containsAll(fewer)))
        .map(parts -> String.join("&", parts))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
