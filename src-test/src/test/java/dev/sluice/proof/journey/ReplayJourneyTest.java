package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.oversight.OversightIds;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.timeline.ReplayIds;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was decided and shown is seen again as it was, and what was not mine is reported.
class ReplayJourneyTest {

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

  private static Screen choose(Screen screen, String part) {
    screen.navigate("timeline").awaitText(ControlIds.TIMELINE_LIST, part);
    screen.run(
        () -> {
          ListView<?> list = (ListView<?>) screen.node(ControlIds.TIMELINE_LIST);
          for (int at = 0; at < list.getItems().size(); at++) {
            if (String.valueOf(list.getItems().get(at)).contains(part)) {
              list.getSelectionModel().select(at);
            }
          }
        });
    return screen.awaitText(ControlIds.TIMELINE_DETAIL, part);
  }

  @Test
  void a_statement_is_seen_again_as_it_was_shown_with_its_session() throws Exception {
    Screen analyst = world.window("analyst", "replay", 1280, 800, "light");
    analyst.ask("SELECT id, name, email, upper(ssn) AS n FROM customers ORDER BY id LIMIT 3");
    analyst.fire(ControlIds.MASK_WHY).awaitText(ControlIds.MASK_PANEL, "customers.ssn");
    analyst.picture("lineage");
    analyst.ask("DROP TABLE orders");
    analyst.ask("SELECT count(*) FROM orders");
    world.change("UPDATE customers SET name = 'Somebody else'");

    choose(analyst, "upper(ssn)");
    analyst.awaitText(ReplayIds.SHOWN, "Person 1");
    assertThat(analyst.text(ReplayIds.SHOWN))
        .contains("@")
        .doesNotContain("person1@mail.test", "000-00-0001", "Somebody else");
    assertThat(analyst.text(ReplayIds.DECIDED)).contains("analysts-read", "version 1");
    assertThat(analyst.text(ReplayIds.READERS)).contains("Adam Admin", "Auditor");
    analyst.picture("statement");

    assertThat(analyst.text(ReplayIds.STEP)).startsWith("Step");
    analyst.fire(ReplayIds.FORWARD).awaitText(ControlIds.TIMELINE_DETAIL, "DROP TABLE orders");
    analyst.awaitText(ReplayIds.DECIDED, "no-destructive-ddl").picture("step");
    analyst.run(
        () -> {
          Slider slider = (Slider) analyst.node(ReplayIds.SCRUBBER);
          slider.setValue(slider.getMax());
        });
    analyst.awaitText(ControlIds.TIMELINE_DETAIL, "count(*)").awaitText(ReplayIds.SHOWN, "40");
    for (Path file : Files.list(folder.resolve("server")).filter(Files::isRegularFile).toList()) {
      assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
          .as("kept encrypted: " + file.getFileName())
          .doesNotContain("Person 1");
    }
  }

  @Test
  void what_was_not_me_is_reported_to_who_can_look_into_it_and_my_sessions_end() {
    Screen admin = world.window("admin", "not-me-admin", 1280, 800, "light");
    admin.navigate("live").awaitShown(OversightIds.FEED);
    Screen analyst = world.window("analyst", "not-me", 980, 780, "dark");
    analyst.ask("SELECT name FROM customers WHERE id = 7");
    choose(analyst, "id = 7").awaitShown(ReplayIds.NOT_ME).fire(ReplayIds.NOT_ME);
    analyst.set(ReplayIds.NOT_ME_COMMENT, "I was at lunch").picture("asked");
    analyst.fire(ReplayIds.NOT_ME_CONFIRM).awaitText(ReplayIds.MESSAGE, "Adam Admin");
    analyst.picture("reported");
    admin.awaitText(OversightIds.FEED, "not me").picture("told");
    admin.navigate("timeline").awaitText(ControlIds.TIMELINE_LIST, "Ana Lyst").picture("trail");

    choose(analyst, "id = 7").fire(ReplayIds.NOT_ME);
    analyst.run(() -> ((CheckBox) analyst.node(ReplayIds.NOT_ME_END)).setSelected(true));
    analyst.fire(ReplayIds.NOT_ME_CONFIRM).awaitShown("sign-in-again").picture("ended");
  }
}
