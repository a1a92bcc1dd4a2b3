package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.oversight.OversightIds;
import dev.sluice.app.shell.FreezeBanner;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.NewApproval;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an administrator sees of others' work while it happens, and what they can stop.
class DashboardJourneyTest {

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

  @Test
  void what_an_analyst_does_shows_on_the_dashboard_by_itself() {
    Screen admin = world.window("admin", "live", 1280, 800, "light");
    admin.navigate("live").awaitShown(OversightIds.FEED).picture("empty");
    Screen analyst = world.window("analyst", "live-analyst", 1280, 800, "light");

    analyst.ask("SELECT * FROM customers");
    analyst.ask("DROP TABLE orders");

    admin
        .awaitText(OversightIds.FEED, "SELECT * FROM customers")
        .awaitText(OversightIds.FEED, "Blocked")
        .awaitText(OversightIds.TOUCHED, "customers.email")
        .picture("busy");
    assertThat(admin.text(OversightIds.TILES)).contains("Connected now", "80", "in 1 statement");
    admin.fire(OversightIds.FEED_PAUSE);
    analyst.ask("SELECT count(*) FROM orders");
    admin.awaitText(OversightIds.FEED_STATE, "Paused, 1 newer");
    assertThat(admin.text(OversightIds.FEED)).doesNotContain("count(*)");
    admin.fire(OversightIds.FEED_PAUSE).awaitText(OversightIds.FEED, "count(*)");
    admin.set(OversightIds.FEED_FILTER, "blocked");
    assertThat(admin.text(OversightIds.FEED)).contains("DROP").doesNotContain("count(*)");
  }

  @Test
  void a_freeze_is_typed_seen_by_everybody_honoured_and_lifted() throws Exception {
    var asker = world.client("analyst");
    ApprovalRequest request =
        asker.requestApproval(
            new NewApproval(
                "shop",
                "UPDATE orders SET status = 'void' WHERE id = 1",
                List.of(),
                "twice",
                "window",
                Map.of()));
    world.client("owner").review(request.id(), Review.Verdict.APPROVE, "fine");
    Screen admin = world.window("admin", "freeze", 1280, 800, "dark");
    Screen analyst = world.window("analyst", "freeze-analyst", 1280, 800, "dark");
    admin.navigate("live").fire(OversightIds.FREEZE_OPEN);
    admin.set(OversightIds.FREEZE_REASON, "The warehouse is being restored");
    admin.awaitShown(OversightIds.FREEZE_CONFIRM);
    assertThat(admin.get(() -> admin.node(OversightIds.FREEZE_CONFIRM).isDisabled())).isTrue();
    admin.set(OversightIds.FREEZE_WORD, "FREEZE").picture("typed");
    admin.fire(OversightIds.FREEZE_CONFIRM);

    analyst.awaitText(FreezeBanner.ID, "frozen everywhere by Adam Admin").picture("banner");
    admin.awaitShown(OversightIds.FREEZE_LIFT).picture("frozen");
    try {
      asker.runApproved(request.id());
      throw new AssertionError("It ran.");
    } catch (dev.sluice.gateway.workspace.WorkspaceProblem refused) {
      assertThat(refused.code()).isEqualTo("writes-frozen");
      assertThat(refused.getMessage()).contains("Adam Admin", "The warehouse is being restored");
    }
    assertThat(world.value("SELECT status FROM orders WHERE id = 1")).isEqualTo("paid");

    admin.fire(OversightIds.FREEZE_LIFT);
    analyst.awaitGone(FreezeBanner.ID);
    asker.runApproved(request.id());
    assertThat(world.value("SELECT status FROM orders WHERE id = 1")).isEqualTo("void");
  }
}
