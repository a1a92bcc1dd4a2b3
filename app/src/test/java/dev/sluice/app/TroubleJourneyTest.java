package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong is said in words, and nothing is lost.
class TroubleJourneyTest {

  @TempDir Path state;

  private final FakeServer server = new FakeServer();
  private Journey journey;

  @BeforeEach
  void open() {
    journey =
        new Journey(
            Workbench.open(server, WorkbenchOptions.in(state).withSize(980, 780)), "trouble");
  }

  @AfterEach
  void close() {
    journey.close();
  }

  private void signedIn() {
    journey.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench();
  }

  @Test
  void a_wrong_password_is_said_and_the_account_stays() {
    journey.signIn("analyst", "wrong").awaitNode(ControlIds.SIGN_IN_PROBLEM);

    assertThat(journey.text(ControlIds.SIGN_IN_PROBLEM)).contains("Account or password is wrong.");
    journey.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench();
  }

  @Test
  void a_server_that_is_away_is_said_with_a_way_out_and_the_text_stays() {
    signedIn();
    journey.write("SELECT * FROM orders");
    server.setOnline(false);
    journey.press(KeyCode.CONTROL, KeyCode.ENTER).awaitNode(ControlIds.PROBLEM_CARD);

    assertThat(journey.text(ControlIds.PROBLEM_CARD)).contains("does not answer", "network");
    assertThat(journey.text(ControlIds.STATUS_LINK)).contains("Server away");
    assertThat(journey.ask(() -> journey.editor().getText())).isEqualTo("SELECT * FROM orders");
    journey.picture("server-away");
  }

  @Test
  void after_the_session_ended_a_person_signs_in_again_and_goes_on() {
    signedIn();
    journey.write("SELECT 1");
    server.endSessions("it was idle too long.");
    journey.awaitNode(ControlIds.SESSION_BANNER).picture("session-ended");
    journey.fire("sign-in-again").type(ControlIds.SIGN_IN_PASSWORD, FakeServer.PASSWORD);
    journey.click(ControlIds.SIGN_IN_SUBMIT).awaitGone(ControlIds.SESSION_BANNER);

    assertThat(journey.ask(() -> journey.editor().getText())).isEqualTo("SELECT 1");
    journey.press(KeyCode.CONTROL, KeyCode.ENTER);
    assertThat(journey.awaitResult().phaseProperty().get()).isEqualTo(ResultViewModel.Phase.DONE);
  }

  @Test
  void ten_megabytes_on_the_clipboard_stay_there_and_nul_becomes_visible() {
    signedIn();
    journey.write("SELECT 1");
    paste("x".repeat(10_000_000));
    journey.awaitNode(ControlIds.TOAST).picture("large-paste");
    assertThat(journey.text(ControlIds.TOAST)).contains("10.0 million", "clipboard");
    assertThat(journey.ask(() -> journey.editor().getText())).isEqualTo("SELECT 1");

    paste("\0\0");
    journey.await("the text", () -> journey.editor().getText().equals("SELECT 1␀␀"));
  }

  private void paste(String text) {
    journey.interact(
        () -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(text);
          Clipboard.getSystemClipboard().setContent(content);
        });
    journey.press(KeyCode.CONTROL, KeyCode.V);
  }

  @Test
  void five_thousand_columns_can_be_walked_to_the_last() {
    signedIn();
    journey.write("SELECT * FROM wide").press(KeyCode.CONTROL, KeyCode.ENTER);
    ResultViewModel result = journey.awaitResult();

    assertThat(result.labels()).hasSize(5000);
    journey.click(ControlIds.RESULT_GRID).press(KeyCode.END).picture("five-thousand-columns");
  }

  @Test
  void what_runs_is_cancelled_by_escape() {
    signedIn();
    journey.write("SELECT pg_sleep(600)").press(KeyCode.CONTROL, KeyCode.ENTER);
    journey.awaitNode(ControlIds.RUN_CANCEL).picture("running").press(KeyCode.ESCAPE);

    assertThat(journey.awaitResult().phaseProperty().get())
        .isEqualTo(ResultViewModel.Phase.CANCELLED);
  }
}
