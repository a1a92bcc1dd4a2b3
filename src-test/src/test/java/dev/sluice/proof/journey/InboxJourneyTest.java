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
    world = SmallWorld.onPostgreSql(folder);
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
}
