package dev.sluice.governance.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What the rules say of a request.
///
/// @param matched every rule that holds, in bundle order
/// @param observed every rule that is only observed and holds, or could not be decided; none of
///     them is among the others
/// @param failed the first rule whose condition could not be decided, and why
record RuleVerdict(List<Rule> matched, List<Rule> observed, Optional<Failure> failed) {
  RuleVerdict {
    matched = List.copyOf(matched);
    observed = List.copyOf(observed);
  }

  record Failure(Rule rule, String message) {}

  List<String> ids() {
    return matched.stream().map(Rule::id).toList();
  }

  List<Rule> with(Rule.Effect effect) {
    return matched.stream().filter(rule -> rule.effect() == effect).toList();
  }

  Optional<Rule> first(Rule.Effect effect) {
    return with(effect).stream().findFirst();
  }

  /// The strictest effect of all, empty when nothing matched.
  Optional<Rule.Effect> strictest() {
    return matched.stream().map(Rule::effect).max(java.util.Comparator.naturalOrder());
  }

  Limits limits() {
    Limits smallest = Limits.none();
    for (Rule rule : matched) {
      smallest = smaller(smallest, rule.limits());
    }
    return smallest;
  }

  static Limits smaller(Limits one, Limits other) {
    return new Limits(
        smaller(one.rows(), other.rows()),
        smaller(one.seconds(), other.seconds()),
        smaller(one.exportRows(), other.exportRows()));
  }

  private static OptionalLong smaller(OptionalLong one, OptionalLong other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isPresent() ? one : other;
    }
    return OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()));
  }
}
