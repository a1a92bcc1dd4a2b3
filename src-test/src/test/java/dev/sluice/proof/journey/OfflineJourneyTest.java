package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.administration.AdministrationIds;
import dev.sluice.app.approvals.UnmaskIds;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server goes away while people work, and comes back: every screen says so in words, nothing
/// that somebody wrote is lost, nothing runs unseen, and all goes on by itself.
class OfflineJourneyTest {

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
  void a_server_that_goes_away_and_comes_back_is_said_on_every_screen() throws Exception {
    Screen analyst = world.window("analyst", "offline", 1280, 800, "light");
    Screen admin = world.window("admin", "offline-admin", 1280, 800, "light");
    analyst.ask("SELECT id, name FROM customers ORDER BY id");
    int port = world.stopServer();
    analyst.awaitText(ControlIds.STATUS_LINK, "Server away: cached policy until Dec 31, 2099");

    ResultViewModel read = analyst.ask("SELECT id, status FROM orders ORDER BY id");
    assertThat(read.phaseProperty().get()).isEqualTo(ResultViewModel.Phase.FAILED);
    analyst.awaitText(ControlIds.PROBLEM_CARD, "nothing runs until the server answers again");
    analyst.picture("read");
    analyst.ask("UPDATE orders SET status = 'void' WHERE id = 3");
    assertThat(analyst.text(ControlIds.APPROVAL_CARD)).contains("data-owners");
    analyst.fire(ControlIds.APPROVAL_ASK).set(ControlIds.REQUEST_REASON, "paid twice");
    analyst.fire(ControlIds.REQUEST_SUBMIT);
    analyst.awaitText(ControlIds.REQUEST_PROBLEM, "cannot be reached").picture("asked");
    for (String screen : List.of("timeline", "inbox", "agents", "saved")) {
      analyst.navigate(screen).awaitText(ControlIds.AWAY_BANNER, "may be old").picture(screen);
    }
    for (String screen : List.of("live", "policy", "administration")) {
      admin.navigate(screen).awaitText(ControlIds.AWAY_BANNER, "may be old").picture(screen);
    }
    analyst.navigate("query").awaitGone(ControlIds.AWAY_BANNER);
    analyst.navigate("inbox");

    world.startServer(port);
    analyst.awaitText(ControlIds.STATUS_LINK, "Online").awaitGone(ControlIds.AWAY_BANNER);
    admin.awaitText(AdministrationIds.CONNECTIONS, "shop").picture("back");
    analyst.navigate("query");
    assertThat(((TextInputControl) analyst.node(ControlIds.REQUEST_REASON)).getText())
        .isEqualTo("paid twice");
    analyst.fire(ControlIds.REQUEST_SUBMIT).awaitShown(UnmaskIds.NUDGE).picture("back");
    assertThat(world.value("SELECT status FROM orders WHERE id = 3")).isEqualTo("paid");
    ResultViewModel after = analyst.ask("SELECT id, status FROM orders ORDER BY id");
    assertThat(after.phaseProperty().get()).isEqualTo(ResultViewModel.Phase.DONE);
  }
}
