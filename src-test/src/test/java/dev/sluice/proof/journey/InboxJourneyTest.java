package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.shell.ControlIds;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.codec.wire.NewApproval;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An approver sees what differs from the last time, tries a change before deciding, and can have
/// it taken back.
class InboxJourneyTest {

  @TempDir Path folder;
  private SmallWorld world;

  @BeforeEach
  void start() throws Exception {
    world =
        SmallWorld.onPostgreSql(
            folder,
            SmallWorld.POLICY.replace(
                "executions: 1}", "executions: 1, escalate: {after: 30m, to: group:admins}}"));
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  private static ApprovalRequest ask(HttpServerClient asker, String statement)
      throws WorkspaceProblem {
    return asker.requestApproval(
        new NewApproval("shop", statement, List.of(), "paid twice", "window", Map.of()));
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

  @Test
  void a_change_is_compared_tried_decided_and_can_be_taken_back() throws Exception {
    HttpServerClient asker = world.client("analyst");
    ask(asker, "UPDATE orders SET status = 'void' WHERE id IN (3, 4, 5)");
    ApprovalRequest second = ask(asker, "UPDATE orders SET status = 'void' WHERE id IN (3, 4)");
    Screen owner = world.window("owner", "inbox", 980, 780, "light");
    owner.navigate("inbox");
    choose(owner, "(3, 4)");
    assertThat(owner.text("inbox-diff")).contains(", 5");
    owner.fire("inbox-preview").awaitText("inbox-rows", "paid → void").picture("tried");
    assertThat(world.value("SELECT status FROM orders WHERE id = 3")).isEqualTo("paid");
    owner.fire(ControlIds.INBOX_APPROVE).awaitText(ControlIds.INBOX_MESSAGE, "Approved");
    asker.runApproved(second.id());
    assertThat(world.value("SELECT status FROM orders WHERE id = 3")).isEqualTo("void");

    owner.navigate("query").navigate("inbox");
    owner.awaitText("inbox-rows", "This takes it back").picture("did");
    owner.fire("inbox-undo-statement").awaitText("inbox-rows", "Somebody decides").picture("asked");
  }

  @Test
  void who_may_decide_is_called_and_passes_on_what_others_know_better() throws Exception {
    HttpServerClient asker = world.client("analyst");
    Screen admin = world.window("admin", "inbox-admin", 980, 780, "dark");
    Screen owner = world.window("owner", "inbox-owner", 980, 780, "light");
    owner.away(true);
    ask(asker, "UPDATE orders SET status = 'void' WHERE id = 5");
    owner.awaitText(ControlIds.TOAST, "Ana Lyst asks for approval");
    admin.await("a call outside", () -> !world.called().isEmpty());
    assertThat(world.called())
        .containsExactly("owner: Ana Lyst asks for approval\nOn shop. Open Sluice to decide.");
    // Adam sees every request as an auditor; until it is passed on, none of it waits for him.
    assertThat(world.client("admin").inbox()).isEmpty();
    admin.awaitGone(ControlIds.TOAST);

    admin.navigate("inbox");
    owner.away(false).navigate("inbox");
    admin.away(true);
    choose(owner, "id = 5");
    owner
        .awaitText("inbox-pass-on", "Pass on to admins")
        .set(ControlIds.INBOX_COMMENT, "You know this table better.")
        .picture("before-passing-on")
        .fire("inbox-pass-on")
        .awaitText(ControlIds.INBOX_MESSAGE, "Passed on. Now admins may decide it too")
        .awaitGone("inbox-pass-on")
        .picture("passed-on");
    admin.await("a call outside", () -> world.called().size() == 2);
    assertThat(world.called().getLast()).startsWith("admin: Ana Lyst asks for approval");
    admin.away(false);
    choose(admin, "id = 5");
    admin
        .awaitText("inbox-comments", "You know this table better.")
        .picture("passed-to-me")
        .fire(ControlIds.INBOX_APPROVE)
        .awaitText(ControlIds.INBOX_MESSAGE, "Approved");
    assertThat(world.called()).hasSize(2);
  }
}
