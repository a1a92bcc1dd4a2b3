package dev.sluice.governance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.approval.ApproverRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApproverRulesTest {

  private static ApproverRule rule(int quorum, int hours, int executions, String... anyOf) {
    return new ApproverRule(
        Set.of(anyOf),
        quorum,
        Duration.ofHours(hours),
        Duration.ofHours(hours),
        executions,
        Optional.empty());
  }

  @Test
  void eachNumberIsTheStrictestOfAll() {
    ApproverRule combined =
        ApproverRules.combine(
            List.of(rule(1, 8, 3, "group:a"), rule(3, 2, 5, "group:a"), rule(2, 4, 1, "group:a")));
    assertThat(combined).isEqualTo(rule(3, 2, 1, "group:a"));
  }

  @Test
  void whoEveryRuleNamesMayDecideAndOthersMustBeNamedByEach() {
    assertThat(
            ApproverRules.combine(
                    List.of(
                        rule(1, 1, 1, "group:a", "group:b"), rule(1, 1, 1, "group:b", "group:c")))
                .anyOf())
        .containsExactly("group:a&group:c", "group:b");
    assertThat(
            ApproverRules.combine(
                    List.of(
                        rule(1, 1, 1, "group:a"),
                        rule(1, 1, 1, "group:b"),
                        rule(1, 1, 1, "user:x")))
                .anyOf())
        .containsExactly("group:a&group:b&user:x");
  }

  @Test
  void escalationIsKeptOnlyWhenAllRulesHaveTheSame() {
    ApproverRule.Escalation escalation =
        new ApproverRule.Escalation(Duration.ofMinutes(30), "group:platform");
    ApproverRule with =
        new ApproverRule(
            Set.of("group:a"),
            1,
            Duration.ofHours(1),
            Duration.ofHours(1),
            1,
            Optional.of(escalation));
    assertThat(ApproverRules.combine(List.of(with, with)).escalation()).contains(escalation);
    assertThat(ApproverRules.combine(List.of(with, rule(1, 1, 1, "group:a"))).escalation())
        .isEmpty();
  }

  @Test
  void itIsSaidInWords() {
    assertThat(ApproverRules.inWords(rule(1, 1, 1, "group:owners"))).isEqualTo("owners");
    assertThat(ApproverRules.inWords(rule(2, 1, 1, "group:a&group:b", "user:jane")))
        .isEqualTo("2 people of a who are also in b or jane");
  }
}
