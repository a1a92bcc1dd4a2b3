package dev.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.fake.FakeServer;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main job, in two real windows.
class MainJobJourneyTest {

  @TempDir Path state;

  private final FakeServer server = new FakeServer();

  private Journey open(String account) {
    return new Journey(
        Workbench.open(
            server,
            WorkbenchOptions.in(state.resolve(account)).withAccount(account).withSize(980, 780)),
        account);
  }

  @Test
  void a_person_reads_masked_is_blocked_asks_is_approved_runs_once_and_finds_it_all_again() {
    try (Journey analyst = open("analyst")) {
      analyst.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench().picture("workbench");

      analyst.write("SELECT * FROM customers").press(KeyCode.CONTROL, KeyCode.ENTER);
      ResultViewModel masked = analyst.awaitResult();
      assertThat(masked.phaseProperty().get()).isEqualTo(ResultViewModel.Phase.DONE);
      assertThat(masked.maskedColumns()).hasSize(2);
      assertThat(analyst.text(ControlIds.MASK_BANNER)).contains("2 columns masked", "email");
      analyst.picture("masked").click(ControlIds.MASK_WHY).awaitNode(ControlIds.MASK_PANEL);
      assertThat(analyst.text(ControlIds.MASK_PANEL))
          .contains("public.customers.email", "pii.email");
      analyst.picture("why");

      analyst.write("DROP TABLE orders").press(KeyCode.CONTROL, KeyCode.ENTER);
      analyst.awaitNode(ControlIds.BLOCKED_CARD).picture("blocked");
      assertThat(analyst.text(ControlIds.BLOCKED_RULE)).contains("no-destructive-ddl");
      assertThat(analyst.text(ControlIds.BLOCKED_REASON)).contains("production");

      String update = "UPDATE orders SET status = 'void' WHERE id = 7";
      analyst.write(update).press(KeyCode.CONTROL, KeyCode.ENTER);
      analyst.awaitNode(ControlIds.APPROVAL_CARD).picture("needs-approval");
      analyst.fire(ControlIds.APPROVAL_ASK);
      analyst.fire(ControlIds.REQUEST_SUBMIT).awaitNode(ControlIds.REQUEST_PROBLEM);
      assertThat(analyst.text(ControlIds.REQUEST_PROBLEM)).contains("reason");
      analyst.type(ControlIds.REQUEST_REASON, "Ticket 4711").picture("request");
      analyst.fire(ControlIds.REQUEST_SUBMIT).awaitNode(ControlIds.REQUEST_WAITING);
      analyst.picture("waiting");

      try (Journey owner = open("owner")) {
        owner.signIn("owner", FakeServer.PASSWORD).awaitWorkbench();
        owner.await("the badge", () -> owner.window().inbox().get().waitingProperty().get() == 1);
        owner.fire(ControlIds.NAVIGATE_INBOX).awaitNode(ControlIds.INBOX_STATEMENT);
        assertThat(owner.text(ControlIds.INBOX_STATEMENT)).isEqualTo(update);
        owner.picture("inbox").press(KeyCode.A);
        owner.awaitNode(ControlIds.INBOX_MESSAGE).picture("approved");
      }

      analyst.front().awaitNode(ControlIds.RUN_APPROVED_BAR).awaitNode(ControlIds.TOAST);
      analyst.picture("approved");
      analyst.press(KeyCode.F9);
      ResultViewModel ran = analyst.awaitResult();
      assertThat(ran.completed()).map(done -> done.updateCount()).contains(1L);
      analyst.awaitGone(ControlIds.RUN_APPROVED_BAR).awaitGone(ControlIds.TOAST).picture("ran");
      String why =
          analyst.ask(
              () ->
                  analyst.window().commands().get().find("approved.run").get().whyDisabled().get());
      assertThat(why).startsWith("Nothing is approved in this tab").contains("Ctrl+Alt+A");

      analyst.press(KeyCode.CONTROL, KeyCode.H).awaitNode(ControlIds.TIMELINE_LIST);
      analyst.fire(ControlIds.TIMELINE_VERIFY);
      analyst.await(
          "verified",
          () -> analyst.window().timeline().get().integrityProperty().get().isPresent());
      assertThat(analyst.text(ControlIds.TIMELINE_INTEGRITY)).startsWith("Verified to #");
      assertThat(analyst.ask(() -> analyst.window().timeline().get().entries()))
          .extracting(entry -> entry.title())
          .containsExactly(
              "Ran approved",
              "Approved by owner",
              "Asked for approval",
              "Needs approval",
              "Blocked",
              "Ran");
      analyst.picture("timeline");
    }
  }

  @Test
  void an_approver_whose_sign_in_is_old_confirms_in_place_and_the_decision_goes_on() {
    try (Journey analyst = open("analyst")) {
      analyst.signIn("analyst", FakeServer.PASSWORD).awaitWorkbench();
      analyst.write("UPDATE orders SET status = 'void' WHERE id = 8");
      analyst.press(KeyCode.CONTROL, KeyCode.ENTER).awaitNode(ControlIds.APPROVAL_CARD);
      analyst.fire(ControlIds.APPROVAL_ASK).type(ControlIds.REQUEST_REASON, "Ticket 4712");
      analyst.fire(ControlIds.REQUEST_SUBMIT).awaitNode(ControlIds.REQUEST_WAITING);
    }
    try (Journey owner = open("owner")) {
      owner.signIn("owner", FakeServer.PASSWORD).awaitWorkbench();
      owner.await("the badge", () -> owner.window().inbox().get().waitingProperty().get() == 1);
      owner.fire(ControlIds.NAVIGATE_INBOX).awaitNode(ControlIds.INBOX_STATEMENT);
      server.staleSignIn = true;
      owner.press(KeyCode.A).awaitNode(ControlIds.FRESH_SIGN_IN_PASSWORD);
      owner.picture("confirm-identity");
      owner.type(ControlIds.FRESH_SIGN_IN_PASSWORD, "wrong");
      owner.fire(ControlIds.FRESH_SIGN_IN_SUBMIT).awaitNode(ControlIds.FRESH_SIGN_IN_PROBLEM);
      owner.picture("confirm-identity-refused");
      owner.type(ControlIds.FRESH_SIGN_IN_PASSWORD, FakeServer.PASSWORD);
      owner.fire(ControlIds.FRESH_SIGN_IN_SUBMIT).awaitGone(ControlIds.FRESH_SIGN_IN_PASSWORD);
      owner.awaitNode(ControlIds.INBOX_MESSAGE);
      assertThat(owner.text(ControlIds.INBOX_MESSAGE)).contains("Approved");
      assertThat(owner.window().inbox().get().waitingProperty().get()).isZero();
    }
  }
}
