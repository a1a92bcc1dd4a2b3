package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.administration.AdministrationIds;
import java.nio.file.Path;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a database enforces, reviewed and applied in the window.
class EnforcementJourneyTest {

  @TempDir Path folder;

  @Test
  void a_drift_is_seen_its_plan_read_applied_and_verified_in_the_window() throws Exception {
    try (SmallWorld world = SmallWorld.enforced(folder)) {
      world.change("ALTER TABLE customers ADD COLUMN nickname text");
      world.change("CREATE ROLE reporting LOGIN");
      world.change("GRANT SELECT ON customers TO reporting");
      Screen admin = world.window("admin", "enforcement", 1280, 800, "light");
      review(admin);
      admin.awaitText(AdministrationIds.ENFORCEMENT, "nickname");
      assertThat(admin.text(AdministrationIds.ENFORCEMENT))
          .contains("the database changed since")
          .contains("REVOKE SELECT");
      assertThat(((TextArea) admin.node(AdministrationIds.ENFORCEMENT_SQL)).getText())
          .contains("CREATE");
      admin.picture("drift");
      admin.fire(AdministrationIds.ENFORCEMENT_APPLY);
      admin.awaitText(AdministrationIds.MESSAGE, "nothing else");
      admin.awaitText(AdministrationIds.ENFORCEMENT, "enforces the policy in force");
      admin.picture("applied");
      Screen dark = world.window("other-admin", "enforcement-dark", 1280, 800, "dark");
      review(dark);
      dark.awaitText(AdministrationIds.ENFORCEMENT, "enforces the policy in force");
      dark.picture("in-force");
    }
  }

  private static void review(Screen screen) {
    screen.navigate("administration").awaitText(AdministrationIds.CONNECTIONS, "shop");
    screen.run(
        () ->
            ((TableView<?>) screen.node(AdministrationIds.CONNECTIONS))
                .getSelectionModel()
                .select(0));
    screen.fire(AdministrationIds.ENFORCEMENT_REVIEW);
  }
}
