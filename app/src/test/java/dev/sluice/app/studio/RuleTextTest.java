package dev.sluice.app.studio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A change in the form changes one word of the text.
class RuleTextTest {

  private static final String YAML =
      """
      rules:
        # first
        - id: a   # ours
          when: 'x == "it''s"' # why
          effect: block
          message: >
            two
            lines
        - {id: b, when: "true", effect: allow}
        - when: y
          id: "c"
          effect: allow
      tests: []
      """;

  @Test
  void one_value_changes_and_comments_stay() {
    assertThat(RuleText.with(YAML, "a", "when", "z"))
        .contains(YAML.replace("'x == \"it''s\"'", "z"));
    assertThat(RuleText.with(YAML, "c", "effect", "block"))
        .contains(YAML.replace("\"c\"\n    effect: allow", "\"c\"\n    effect: block"));
  }

  @Test
  void a_new_key_goes_to_the_end_of_its_rule_and_comes_off_again() {
    String observed = RuleText.with(YAML, "a", "observe", "true").orElseThrow();
    assertThat(observed)
        .isEqualTo(YAML.replace("      lines\n", "      lines\n    observe: true\n"));
    assertThat(RuleText.with(observed, "a", "observe", null)).contains(YAML);
  }

  @Test
  void what_is_written_in_another_form_is_left_to_the_hand() {
    assertThat(RuleText.with(YAML, "a", "message", "short")).isEmpty();
    assertThat(RuleText.with(YAML, "b", "effect", "block")).isEmpty();
    assertThat(RuleText.with(YAML, "nobody", "effect", "block")).isEmpty();
  }
}
