package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.approvals.UnmaskIds;
import dev.sluice.app.oversight.OversightIds;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.FreezeBanner;
import dev.sluice.app.studio.StudioIds;
import dev.sluice.app.timeline.ReplayIds;
import dev.sluice.governance.approval.ApprovalRequest;
import java.nio.file.Path;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An analyst, the owner of the data and an administrator at the same time on one server: what one
/// does, the others see without asking, and every refusal says what to do next.
class ThreeWindowsJourneyTest {

  /// Approved changes of customers must be run within seconds.
  private static final String POLICY =
      SmallWorld.POLICY.replace(
          "  - id: writes-need-a-second-person\n",
          "  - id: customers-at-once\n"
              + "    when: '\"main.customers\" in statement.tables && statement.writes'\n"
              + "    effect: require-approval\n"
              + "    approvers: {any-of: [group:data-owners], quorum: 1, decide-within: 1h,"
              + " use-within: 4s, executions: 1}\n"
              + "  - id: writes-need-a-second-person\n");

  @TempDir Path folder;
  private SmallWorld world;

  @BeforeEach
  void start() throws Exception {
    world = SmallWorld.start(folder, "production", POLICY);
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  private static void request(Screen analyst, String statement, String reason) {
    analyst.ask(statement);
    analyst.fire(ControlIds.APPROVAL_ASK).set(ControlIds.REQUEST_REASON, reason);
    analyst.fire(ControlIds.REQUEST_SUBMIT).awaitShown(UnmaskIds.NUDGE);
  }

  private static void choose(Screen owner, String part) {
    owner.awaitText(ControlIds.INBOX_QUEUE, part);
    owner.run(
        () -> {
          ListView<?> list = (ListView<?>) owner.node(ControlIds.INBOX_QUEUE);
          for (int at = 0; at < list.getItems().size(); at++) {
            if (((ApprovalRequest) list.getItems().get(at)).capsule().text().contains(part)) {
              list.getSelectionModel().select(at);
            }
          }
        });
    owner.awaitText(ControlIds.INBOX_STATEMENT, part);
  }

  private static void approve(Screen owner, String part) {
    choose(owner, part);
    owner.fire(ControlIds.INBOX_APPROVE).awaitText(ControlIds.INBOX_MESSAGE, "Approved");
  }

  @Test
  void three_people_work_at_once_and_each_refusal_says_what_to_do_next() throws Exception {
    Screen analyst = world.window("analyst", "three-analyst", 1280, 800, "light");
    Screen owner = world.window("owner", "three-owner", 1280, 800, "light");
    Screen admin = world.window("admin", "three-admin", 1280, 800, "light");
    admin.navigate("live").awaitShown(OversightIds.FEED);
    owner.navigate("inbox");

    ResultViewModel masked = analyst.ask("SELECT id, email FROM customers ORDER BY id");
    assertThat(analyst.get(() -> masked.cell(0, 1).orElse(""))).isNotEqualTo("person1@mail.test");
    analyst.picture("masked");
    analyst.ask("DROP TABLE orders");
    assertThat(analyst.text(ControlIds.BLOCKED_CARD))
        .contains("no-destructive-ddl", "do not run in production");
    analyst.picture("blocked");
    admin.awaitText(OversightIds.FEED, "DROP TABLE orders");

    changedOnceAfterApproval(analyst, owner);
    approvedUnderConditions(analyst, owner);
    editedAfterApproval(analyst, owner);
    approvedTooLongAgo(analyst, owner);
    emergency(analyst, owner);
    admin.awaitText(OversightIds.FEED, "id = 6").picture("live");
    policyChanged(analyst, admin);
    frozen(analyst, admin);
    seenAgain(analyst);
  }

  private void changedOnceAfterApproval(Screen analyst, Screen owner) throws Exception {
    request(analyst, "UPDATE orders SET status = 'void' WHERE id = 3", "paid twice");
    choose(owner, "id = 3");
    assertThat(owner.text("inbox-request")).contains("paid twice");
    owner.picture("asked");
    approve(owner, "id = 3");
    analyst.awaitShown(ControlIds.RUN_APPROVED_BAR).picture("approved");
    analyst.fire(ControlIds.RUN_APPROVED);
    analyst.await(
        "the change", () -> world.value("SELECT status FROM orders WHERE id = 3").equals("void"));
    analyst.awaitText(ControlIds.REQUEST_WAITING, "Ask again").picture("used");
    analyst.run(() -> analyst.window().commands().orElseThrow().execute("approved.run"));
    analyst.picture("second-run");
    assertThat(analyst.get(() -> analyst.node(ControlIds.RUN_APPROVED))).isNull();
  }

  /// More rows than the approver allowed: rolled back, and it says so.
  private void approvedUnderConditions(Screen analyst, Screen owner) throws Exception {
    request(analyst, "UPDATE orders SET status = 'late' WHERE id IN (7, 8, 9)", "the lorry broke");
    choose(owner, "(7, 8, 9)");
    owner.set("inbox-condition-minutes", "10").set("inbox-condition-rows", "2");
    owner.set(ControlIds.INBOX_COMMENT, "Two at most").picture("conditions");
    owner.fire(ControlIds.INBOX_APPROVE).awaitText(ControlIds.INBOX_MESSAGE, "Approved");
    owner.picture("conditions-approved");
    analyst.awaitText(ControlIds.RUN_APPROVED_BAR, "at most 10 minutes, 2 rows");
    analyst.picture("conditions").fire(ControlIds.RUN_APPROVED);
    analyst.awaitShown("request-dismiss").picture("conditions-exceeded");
    assertThat(world.value("SELECT count(*) FROM orders WHERE status = 'late'")).isEqualTo("0");
    analyst.fire("request-dismiss").awaitGone("request-dismiss");
  }

  private void editedAfterApproval(Screen analyst, Screen owner) throws Exception {
    request(analyst, "UPDATE orders SET status = 'void' WHERE id = 4", "paid twice too");
    approve(owner, "id = 4");
    analyst.awaitShown(ControlIds.RUN_APPROVED);
    analyst.write("UPDATE orders SET status = 'void' WHERE id > 4");
    analyst.awaitText(ControlIds.RUN_APPROVED_BAR, "text has changed").picture("edited");
    assertThat(analyst.get(() -> analyst.node(ControlIds.RUN_APPROVED).isDisabled())).isTrue();
    assertThat(world.value("SELECT count(*) FROM orders WHERE status = 'void'")).isEqualTo("1");
  }

  private void approvedTooLongAgo(Screen analyst, Screen owner) throws Exception {
    request(analyst, "UPDATE customers SET name = 'X' WHERE id = 5", "she married");
    approve(owner, "id = 5");
    analyst.awaitText(ControlIds.REQUEST_WAITING, "not run in time").picture("expired");
    assertThat(world.value("SELECT name FROM customers WHERE id = 5")).isEqualTo("Person 5");
  }

  private void emergency(Screen analyst, Screen owner) throws Exception {
    request(analyst, "UPDATE orders SET status = 'stopped' WHERE id = 6", "wrong goods");
    analyst.fire(UnmaskIds.EMERGENCY);
    analyst.set(UnmaskIds.EMERGENCY_REASON, "The lorry leaves in five minutes");
    analyst.fire(UnmaskIds.EMERGENCY_CONFIRM).awaitText(ControlIds.RUN_APPROVED_BAR, "review owed");
    analyst.fire(ControlIds.RUN_APPROVED);
    analyst.await(
        "the change",
        () -> world.value("SELECT status FROM orders WHERE id = 6").equals("stopped"));
    choose(owner, "id = 6");
    owner.set(ControlIds.INBOX_COMMENT, "Seen the lorry myself");
    owner.fire(ControlIds.INBOX_APPROVE).awaitText(ControlIds.INBOX_MESSAGE, "review is kept");
    owner.picture("reviewed");
  }

  private void policyChanged(Screen analyst, Screen admin) throws Exception {
    admin.navigate("policy").awaitText(StudioIds.TITLE, "version 1 in force");
    String stricter =
        POLICY
            .replace("version: 1", "version: 2")
            .replace(
                "  - id: analysts-read\n",
                "  - id: no-orders\n    when: '\"main.orders\" in statement.tables'\n"
                    + "    effect: block\n    message: Orders are being counted. Ask again"
                    + " tomorrow.\n  - id: analysts-read\n");
    admin.run(() -> ((CodeArea) admin.node(StudioIds.EDITOR)).replaceText(stricter));
    admin.awaitText(StudioIds.CHANGES, "no-orders");
    analyst.ask("SELECT count(*) FROM orders");
    admin.run(() -> ((TabPane) admin.node(StudioIds.TABS)).getSelectionModel().select(2));
    admin.fire(StudioIds.WHAT_IF_START).awaitText(StudioIds.WHAT_IF, "Newly blocked");
    admin.picture("what-if").set(StudioIds.COMMENT, "stock-taking").fire(StudioIds.PROPOSE);
    admin.awaitText(StudioIds.MESSAGE, "is proposed");
    admin.fire(StudioIds.PUBLISH).awaitText(StudioIds.MESSAGE, "You wrote this draft");
    admin.picture("four-eyes");
    var second = world.client("other-admin").policies();
    second.publish(second.drafts().getFirst(), "counted on paper");
    analyst.awaitText(ControlIds.STATUS_POLICY, "v2");
    analyst.ask("SELECT status FROM orders WHERE id = 2");
    assertThat(analyst.text(ControlIds.BLOCKED_CARD)).contains("no-orders", "being counted");
    analyst.picture("new-policy");
  }

  private void frozen(Screen analyst, Screen admin) {
    admin.navigate("live").fire(OversightIds.FREEZE_OPEN);
    admin.set(OversightIds.FREEZE_REASON, "The warehouse is being restored");
    admin.set(OversightIds.FREEZE_WORD, "FREEZE").fire(OversightIds.FREEZE_CONFIRM);
    analyst.awaitText(FreezeBanner.ID, "frozen everywhere by Adam Admin").picture("frozen");
    admin.fire(OversightIds.FREEZE_LIFT);
    analyst.awaitGone(FreezeBanner.ID);
  }

  private void seenAgain(Screen analyst) {
    analyst.navigate("timeline");
    analyst.await(
        "the first statement of all",
        () ->
            analyst.node(ControlIds.TIMELINE_LIST) instanceof ListView<?> list
                && String.valueOf(list.getItems()).contains("SELECT id, email"));
    analyst.run(
        () -> {
          ListView<?> list = (ListView<?>) analyst.node(ControlIds.TIMELINE_LIST);
          for (int at = 0; at < list.getItems().size(); at++) {
            if (String.valueOf(list.getItems().get(at)).contains("SELECT id, email")) {
              list.getSelectionModel().select(at);
            }
          }
        });
    analyst.awaitText(ReplayIds.SHOWN, "email").picture("replay");
    assertThat(analyst.text(ReplayIds.SHOWN)).doesNotContain("person1@mail.test");
  }
}
