package dev.sluice.proof.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.approvals.UnmaskIds;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.Replay;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values are seen as they are for a while, and an emergency is paid for, in two windows.
class UnmaskJourneyTest {

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

  private static String first(Screen screen, ResultViewModel result, String column) {
    return screen.get(() -> result.cell(0, result.labels().indexOf(column)).orElse(""));
  }

  private static Replay replay(HttpServerClient client, long sequence) {
    try {
      return client.trail().replay(sequence);
    } catch (WorkspaceProblem e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_column_is_unmasked_by_somebody_else_for_a_while_and_taken_back() throws Exception {
    Screen analyst = world.window("analyst", "unmask", 1280, 800, "light");
    ResultViewModel masked = analyst.ask("SELECT id, email FROM customers ORDER BY id");
    assertThat(first(analyst, masked, "email")).isNotEqualTo("person1@mail.test");
    analyst.fire(ControlIds.MASK_WHY).fire("mask-unmask-1").awaitShown(UnmaskIds.PANEL);
    analyst.fire(UnmaskIds.SUBMIT).awaitText(UnmaskIds.PROBLEM, "Say why");
    analyst.set(UnmaskIds.REASON, "Ticket 4711: the customer's mail bounces").picture("asking");
    analyst.fire(UnmaskIds.SUBMIT).awaitText(UnmaskIds.BAR, "waiting").picture("waiting");

    Screen owner = world.window("owner", "unmask-owner", 1280, 800, "light");
    owner.navigate("inbox").awaitText("inbox-request", "Asks to see as they are");
    owner.picture("inbox");
    owner.fire(ControlIds.INBOX_APPROVE);

    analyst.awaitText(UnmaskIds.BAR, "left");
    analyst.fire(UnmaskIds.RUN_AGAIN);
    analyst.await(
        "the value",
        () ->
            analyst
                .window()
                .activeTab()
                .flatMap(tab -> tab.results().shownProperty().get())
                .filter(result -> result.phaseProperty().get().isFinal())
                .flatMap(result -> result.cell(0, 1))
                .filter("person1@mail.test"::equals)
                .isPresent());
    analyst.picture("shown");
    var asMe = world.client("analyst");
    var shown =
        asMe.timeline(TimelineQuery.newest(20)).entries().stream()
            .filter(entry -> entry.rows() == 40)
            .map(entry -> replay(asMe, entry.sequence()).shown().orElseThrow())
            .toList();
    assertThat(shown).hasSize(2);
    assertThat(shown.getFirst().columns().get(1).state()).isEqualTo("left-out");
    assertThat(shown.getFirst().rows()).allMatch(row -> "".equals(row.get(1)));
    assertThat(shown.getLast().columns().get(1).state()).isEqualTo("masked");

    owner.fire(UnmaskIds.INBOX_UNDO).awaitText(ControlIds.INBOX_MESSAGE, "taken back");
    analyst.awaitText(UnmaskIds.BAR, "stays masked").picture("taken-back");
    analyst.fire("unmask-dismiss").awaitGone(UnmaskIds.BAR);
    ResultViewModel again = analyst.ask("SELECT id, email FROM customers ORDER BY id DESC");
    assertThat(first(analyst, again, "email")).isNotEqualTo("person40@mail.test");
  }

  @Test
  void an_emergency_runs_with_a_reason_and_somebody_else_reviews_it() throws Exception {
    Screen analyst = world.window("analyst", "emergency", 1280, 800, "dark");
    analyst.ask("UPDATE orders SET status = 'stopped' WHERE id = 3");
    analyst.fire(ControlIds.APPROVAL_ASK);
    analyst.set(ControlIds.REQUEST_REASON, "The wrong goods leave the house");
    analyst.fire(ControlIds.REQUEST_SUBMIT).awaitShown(UnmaskIds.NUDGE);
    analyst.fire(UnmaskIds.EMERGENCY).picture("before");
    analyst.set(UnmaskIds.EMERGENCY_REASON, "The lorry leaves in five minutes");
    analyst.fire(UnmaskIds.EMERGENCY_CONFIRM).awaitText(ControlIds.RUN_APPROVED_BAR, "review owed");
    analyst.picture("broken").fire(ControlIds.RUN_APPROVED);
    analyst.await(
        "the change",
        () -> world.value("SELECT status FROM orders WHERE id = 3").equals("stopped"));

    Screen owner = world.window("owner", "emergency-owner", 1280, 800, "dark");
    owner.navigate("inbox").awaitText("inbox-request", "The lorry leaves in five minutes");
    owner.picture("owed");
    owner.fire(ControlIds.INBOX_APPROVE).awaitText(ControlIds.INBOX_MESSAGE, "needs a sentence");
    owner.set(ControlIds.INBOX_COMMENT, "Seen the lorry myself");
    owner.fire(ControlIds.INBOX_APPROVE).awaitText(ControlIds.INBOX_MESSAGE, "review is kept");
    owner.picture("reviewed");
  }
}
