package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.codec.JsonCodec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class RestartTest {

  @Test
  void whatACrashInterruptsIsUnknownAndNeverTriedAgain(@TempDir Path folder) throws Exception {
    GovernedShop shop = GovernedShop.running();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl("jdbc:postgresql://127.0.0.1:" + shop.port() + "/postgres?user=postgres");
    try (Connection blocker = source.getConnection();
        Statement lock = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      lock.execute("SELECT * FROM orders WHERE id = 17 FOR UPDATE");

      TestServer first = TestServer.start(folder);
      HttpServerClient analyst = first.signIn("analyst");
      ApprovalRequest asked =
          analyst.requestApproval(
              TestServer.wants("UPDATE orders SET status = 'gone' WHERE id = 17"));
      first.signIn("owner").review(asked.id(), Verdict.APPROVE, "");
      Thread stuck =
          Thread.startVirtualThread(() -> Codes.of(() -> analyst.runApproved(asked.id())));
      awaitExecution(first, asked.id(), Execution.State.EXECUTING);

      // Another process takes over the same files while the first hangs in the database.
      try (TestServer second = TestServer.start(folder)) {
        awaitExecution(second, asked.id(), Execution.State.UNKNOWN_OUTCOME);
        HttpServerClient again = second.signIn("analyst");
        assertThat(again.request(asked.id()).state()).isEqualTo(ApprovalState.EXHAUSTED);
        assertThat(Codes.of(() -> again.runApproved(asked.id()))).isEqualTo("exhausted");
        assertThat(again.timeline(TimelineQuery.newest(10)).entries())
            .extracting(TimelinePage.Entry::title)
            .contains("Outcome unknown");

        blocker.rollback();
        stuck.join();
        awaitExecution(second, asked.id(), Execution.State.UNKNOWN_OUTCOME);
        assertThat(again.verify().verified()).isTrue();
      }
      first.close();
    }
  }

  private static void awaitExecution(TestServer server, String request, Execution.State state)
      throws Exception {
    RawClient reader = RawClient.signIn(server.server().address(), "auditor");
    for (int tries = 0; tries < 200; tries++) {
      String body = reader.send("GET", "/v1/approvals/" + request + "/executions", "").body();
      Execution[] executions = JsonCodec.read(body, Execution[].class);
      if (executions.length == 1 && executions[0].state() == state) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("The execution never was " + state + ".");
  }
}
