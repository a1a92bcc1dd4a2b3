package dev.sluice.governance.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules of a bundle, indexed, with their conditions.
final class RuleSet {

  private final List<Rule> rules;
  private final List<Condition> conditions;
  private final RuleIndex index;

  RuleSet(List<Rule> rules) {
    this.rules = rules;
    this.conditions =
        rules.stream().map(rule -> new Condition(ConditionLanguage.RULE, rule.when())).toList();
    this.index = new RuleIndex(rules);
  }

  RuleVerdict verdict(Facts facts) {
    List<Rule> matched = new ArrayList<>();
    List<Rule> observed = new ArrayList<>();
    RuleVerdict.Failure failure = null;
    for (int candidate : index.candidates(facts.present())) {
      Rule rule = rules.get(candidate);
      switch (conditions.get(candidate).of(facts.variables())) {
        case Condition.Outcome.Holds holds -> {
          if (holds.value()) {
            (rule.observe() ? observed : matched).add(rule);
          }
        }
        case Condition.Outcome.Failed failed -> {
          if (rule.observe()) {
            // In force it would refuse.
            observed.add(rule);
          } else if (failure == null) {
            failure = new RuleVerdict.Failure(rule, failed.message());
          }
        }
      }
    }
    return new RuleVerdict(matched, observed, Optional.ofNullable(failure));
  }

  /// Whether a rule that holds of a statement nobody understands is about exactly that: it would
  /// not hold if the statement were understood.
  boolean isAboutUnparsed(Rule rule, Facts facts) {
    Map<String, Object> variables = new HashMap<>(facts.variables());
    if (!(variables.get("statement") instanceof Map<?, ?> statement)) {
      return false;
    }
    Map<Object, Object> understood = new HashMap<>(statement);
    understood.put("parsed", true);
    variables.put("statement", understood);
    return switch (conditions.get(rules.indexOf(rule)).of(variables)) {
      case Condition.Outcome.Holds holds -> !holds.value();
      case Condition.Outcome.Failed failed -> false;
    };
  }

  void warmUp(int most) {
    conditions.stream().limit(most).forEach(Condition::compiled);
  }
}
