package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.codec.wire.Receipt;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The line to the store breaks at every single step of writing an intent and of redeeming a grant,
/// before the step gets there and after.
class FaultTest {

  private static final int MOST_STEPS = 60;

  @TempDir Path folder;
  private FaultyLine line;
  private StoreConfig.PostgreSql direct;
  private TestServer server;
  private HttpServerClient analyst;
  private HttpServerClient owner;

  @BeforeEach
  void start() throws Exception {
    GovernedShop shop = GovernedShop.running();
    shop.execute(
        "DROP TABLE IF EXISTS faults",
        "CREATE TABLE faults (id int PRIMARY KEY, runs int)",
        "INSERT INTO faults SELECT n, 0 FROM generate_series(1, 200) n");
    line = new FaultyLine(shop.port());
    direct = (StoreConfig.PostgreSql) TestServer.freshPostgreSqlStore();
    String through = direct.url().replace(":" + shop.port() + "/", ":" + line.port() + "/");
    server =
        TestServer.start(
            folder,
            config ->
                config
                    .withStore(
                        new StoreConfig.PostgreSql(through, direct.user(), direct.password()))
                    // Nothing writes by itself while the steps are counted.
                    .withTimings(
                        new Timings(
                            Duration.ofMinutes(15),
                            Duration.ofHours(8),
                            Duration.ofMinutes(1),
                            Duration.ofHours(1))));
    analyst = server.signIn("analyst");
    owner = server.signIn("owner");
  }

  @AfterEach
  void stop() throws Exception {
    line.mend();
    server.close();
    line.close();
  }

  @Test
  void noAcknowledgedIntentIsLostWhereverTheStoreFailsAndARepeatedOneIsWrittenOnce()
      throws Exception {
    Map<String, Long> acknowledged = new HashMap<>();
    for (boolean reached : new boolean[] {false, true}) {
      int step = 1;
      for (boolean broke = true; broke && step < MOST_STEPS; step++) {
        StatementIntent intent = TestServer.reading("SELECT " + step);
        line.breakAt(step, reached);
        boolean given = Codes.of(() -> analyst.intent(intent)).equals("ok");
        broke = line.mend();
        Receipt receipt = again(() -> analyst.intent(intent));
        acknowledged.put(intent.id(), receipt.sequence());
        assertThat(given || broke).isTrue();
      }
      assertThat(step).as("steps of an intent").isBetween(4, MOST_STEPS - 1);
    }
    assertThat(acknowledged.values()).doesNotHaveDuplicates();
    for (Map.Entry<String, Long> one : acknowledged.entrySet()) {
      assertThat(
              GovernedShop.value(
                  direct, "SELECT event_id FROM ledger_entry WHERE sequence = " + one.getValue()))
          .isEqualTo(one.getKey());
    }
    assertThat(again(() -> analyst.verify()).verified()).isTrue();
  }

  @Test
  void nothingRunsTwiceAndEveryUseIsAccountedForWhereverTheStoreFails() throws Exception {
    int id = 0;
    for (boolean reached : new boolean[] {false, true}) {
      int step = 1;
      for (boolean broke = true; broke && step < MOST_STEPS; step++) {
        int row = ++id;
        ApprovalRequest asked =
            again(
                () ->
                    analyst.requestApproval(
                        TestServer.wants("UPDATE faults SET runs = runs + 1 WHERE id = " + row)));
        again(() -> owner.review(asked.id(), Verdict.APPROVE, ""));
        line.breakAt(step, reached);
        String answer = Codes.of(() -> analyst.runApproved(asked.id()));
        broke = line.mend();

        String where = "step " + step + (reached ? " reached" : " lost") + ", answer " + answer;
        List<Execution> uses = again(() -> analyst.executions(asked.id()));
        ApprovalState state = again(() -> analyst.request(asked.id())).state();
        if (uses.isEmpty()) {
          assertThat(runs(row)).as(where).isZero();
          assertThat(state).as(where).isEqualTo(ApprovalState.APPROVED);
          again(() -> analyst.runApproved(asked.id()));
          assertThat(runs(row)).as(where).isEqualTo(1);
        } else {
          assertThat(uses).as(where).hasSize(1);
          assertThat(state).as(where).isEqualTo(ApprovalState.EXHAUSTED);
          assertThat(Codes.of(() -> analyst.runApproved(asked.id()))).as(where).isNotEqualTo("ok");
          switch (uses.getFirst().state()) {
            case EXECUTED -> assertThat(runs(row)).as(where).isEqualTo(1);
            case FAILED -> assertThat(runs(row)).as(where).isZero();
            case UNKNOWN_OUTCOME, EXECUTING ->
                assertThat(runs(row)).as(where).isLessThanOrEqualTo(1);
          }
          if (answer.equals("ok")) {
            assertThat(uses.getFirst().state()).as(where).isEqualTo(Execution.State.EXECUTED);
          }
        }
      }
      assertThat(step).as("steps of a use").isBetween(6, MOST_STEPS - 1);
    }
    assertThat(again(() -> analyst.verify()).verified()).isTrue();
    // What a fault left under way is of unknown outcome after a restart, and not run.
    server.close();
    try (TestServer restarted = TestServer.start(folder, config -> config.withStore(direct))) {
      HttpServerClient back = restarted.signIn("analyst");
      assertThat(back.verify().verified()).isTrue();
      for (ApprovalRequest request : back.myRequests()) {
        assertThat(back.executions(request.id()))
            .extracting(Execution::state)
            .doesNotContain(Execution.State.EXECUTING);
      }
    }
  }

  private static int runs(int row) {
    return Integer.parseInt(
        GovernedShop.running().value("SELECT runs FROM faults WHERE id = " + row));
  }

  private interface Repeatable<T> {
    T call() throws WorkspaceProblem;
  }

  /// What a client does after a failure: the same again, which a broken connection may cost too.
  private static <T> T again(Repeatable<T> call) throws Exception {
    WorkspaceProblem last = null;
    for (int i = 0; i < 20; i++) {
      try {
        return call.call();
      } catch (WorkspaceProblem e) {
        last = e;
        Thread.sleep(100);
      }
    }
    throw new AssertionError("It never worked again.", last);
  }
}
