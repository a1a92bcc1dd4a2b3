package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.studio.StudioIds;
import java.nio.file.Path;
import javafx.scene.control.TabPane;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A policy is written with its problems in view, tried on what was run, and put in force by a
/// second person.
class PolicyJourneyTest {

  @TempDir Path folder;
  private SmallWorld world;

  @BeforeEach
  void start() throws Exception {
    world = SmallWorld.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  private static void text(Screen screen, String text) {
    screen.awaitShown(StudioIds.EDITOR);
    screen.run(() -> ((CodeArea) screen.node(StudioIds.EDITOR)).replaceText(text));
  }

  private static void tab(Screen screen, int index) {
    screen.run(() -> ((TabPane) screen.node(StudioIds.TABS)).getSelectionModel().select(index));
  }

  @Test
  void a_change_is_tried_on_what_was_run_proposed_and_published_by_somebody_else()
      throws Exception {
    Screen analyst = world.window("analyst", "policy-analyst", 1280, 800, "light");
    analyst.ask("SELECT status FROM orders");
    Screen admin = world.window("admin", "policy", 1280, 800, "light");
    admin.navigate("policy").awaitText(StudioIds.TITLE, "version 1 in force").picture("opened");
    String yaml = SmallWorld.POLICY.replace("version: 1", "version: 2");

    text(admin, yaml.replace("effect: block", "efect: block"));
    admin.awaitText(StudioIds.PROBLEMS, "line 18, column").picture("problem");
    assertThat(admin.text(StudioIds.PROBLEMS)).contains("efect");

    String stricter =
        yaml.replace(
            "  - id: analysts-read\n",
            "  - id: no-orders\n    when: '\"main.orders\" in statement.tables'\n"
                + "    effect: block\n    message: Orders are being counted.\n"
                + "  - id: analysts-read\n");
    text(admin, stricter);
    admin.awaitText(StudioIds.CHANGES, "no-orders").picture("changes");
    tab(admin, 1);
    admin.awaitText(StudioIds.TESTS, "Publishable").picture("tests");
    tab(admin, 2);
    admin.fire(StudioIds.WHAT_IF_START).awaitText(StudioIds.WHAT_IF, "Newly blocked");
    assertThat(admin.text(StudioIds.WHAT_IF)).contains("SELECT status FROM orders", "analyst");
    admin.picture("what-if");
    tab(admin, 3);
    admin.awaitText(StudioIds.PROPOSALS, "olumn").picture("proposals");

    admin.set(StudioIds.COMMENT, "stock-taking").fire(StudioIds.PROPOSE);
    admin.awaitText(StudioIds.MESSAGE, "is proposed");
    admin
        .fire(StudioIds.PUBLISH)
        .awaitText(StudioIds.MESSAGE, "You wrote this draft")
        .picture("four-eyes");

    Screen other = world.window("other-admin", "policy-other", 1280, 800, "dark");
    other.navigate("policy").awaitText(StudioIds.VERSIONS, "Adam Admin");
    other.run(
        () -> {
          var list = (javafx.scene.control.ListView<?>) other.node(StudioIds.VERSIONS);
          list.getSelectionModel().select(0);
          list.fireEvent(
              new javafx.scene.input.KeyEvent(
                  javafx.scene.input.KeyEvent.KEY_PRESSED,
                  "",
                  "",
                  javafx.scene.input.KeyCode.ENTER,
                  false,
                  false,
                  false,
                  false));
        });
    other.awaitText(StudioIds.TITLE, "Draft of version 2");
    other.awaitText(StudioIds.CHANGES, "no-orders").picture("reviewed");
    other.fire(StudioIds.PUBLISH).awaitText(StudioIds.MESSAGE, "Version 2 is in force");
    other.picture("published");

    analyst.await(
        "the new policy",
        () -> analyst.window().scene().getRoot().lookup("#status-policy") != null);
    var refused = analyst.ask("SELECT status FROM orders WHERE id = 2");
    assertThat(analyst.get(() -> refused.refused().isPresent())).isTrue();
  }

  @Test
  void a_rule_is_changed_in_its_form_and_the_rest_of_the_text_stays_as_it_was_written() {
    Screen admin = world.window("admin", "form", 1280, 800, "light");
    admin.navigate("policy").awaitText(StudioIds.TITLE, "version 1 in force");
    String commented =
        SmallWorld.POLICY
            .replace("version: 1", "version: 2")
            .replace("effect: block\n", "effect: block # agreed with the auditors\n")
            .replace("rules:\n", "rules:\n  # hard rules first\n");
    text(admin, commented);
    tab(admin, 5);
    String drop = "no-destructive-ddl";
    admin.awaitText(StudioIds.FORM, "analysts-read").picture("rules");
    admin.awaitShown(StudioIds.FORM_OBSERVE + drop);
    admin.fire(StudioIds.FORM_OBSERVE + drop).awaitText(StudioIds.EDITOR, "observe: true");
    admin.awaitText(StudioIds.FORM, "stops nothing").picture("observed");
    assertThat(admin.text(StudioIds.EDITOR))
        .isEqualTo(
            commented.replace(
                "do not run in production.\n", "do not run in production.\n    observe: true\n"));
    admin.fire(StudioIds.FORM_OBSERVE + drop);
    admin.await("the rule as it was", () -> admin.text(StudioIds.EDITOR).equals(commented));
  }

  @Test
  void a_policy_is_attacked_and_the_hole_it_has_is_named_with_what_closes_it() {
    Screen admin = world.window("admin", "attack", 1280, 800, "dark");
    admin.navigate("policy").awaitText(StudioIds.TITLE, "version 1 in force");
    tab(admin, 4);
    admin.await(
        "a connection",
        () ->
            ((javafx.scene.control.ComboBox<?>) admin.node(StudioIds.ATTACK_CONNECTION)).getValue()
                != null);
    admin.fire(StudioIds.ATTACK_START).awaitText(StudioIds.ATTACK_STATE, "got through");
    assertThat(admin.text(StudioIds.ATTACK))
        .contains("main.customers.email", "can be guessed", "uses: deny", "analysts-read")
        .doesNotContain("main.customers.email is shown")
        .doesNotContain("main.customers.ssn");
    admin.picture("guessed");

    text(
        admin,
        SmallWorld.POLICY
            .replace("algorithm: email\n", "algorithm: redact\n")
            .replace("uses: {equality: {distinct-per-day: 3}}", "uses: at-source"));
    admin.fire(StudioIds.ATTACK_START).awaitText(StudioIds.ATTACK_STATE, "attempts on");
    assertThat(admin.text(StudioIds.ATTACK))
        .as("what only sees masked values guesses nothing")
        .doesNotContain("main.customers.email", "can be guessed");
    admin.picture("at-source");

    text(
        admin,
        SmallWorld.POLICY
            .replace("  - {tag: pii.national-id, columns: [customers.ssn]}\n", "")
            .replace("uses: {equality: {distinct-per-day: 3}}", "uses: deny"));
    admin.fire(StudioIds.ATTACK_START).awaitText(StudioIds.ATTACK_STATE, "Nothing got through");
    assertThat(admin.text(StudioIds.ATTACK))
        .as("what discovery is sure of is hidden until somebody decides")
        .doesNotContain("main.customers.ssn", "main.customers.email");
    admin.picture("unclassified");
  }
}
