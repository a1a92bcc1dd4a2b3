package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.ApprovedRun;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalJourneyTest {

  @Test
  void anUpdateRunsOnceAfterASecondPersonApprovedIt(@TempDir Path folder) throws Exception {
    GovernedShop shop = GovernedShop.running();
    try (TestServer server = TestServer.start(folder);
        HttpServerClient analyst = server.signIn("analyst");
        HttpServerClient owner = server.signIn("owner")) {
      BlockingQueue<WorkspaceEvent> seen = new LinkedBlockingQueue<>();
      analyst.subscribe(seen::add);
      String sql = "UPDATE orders SET status = 'void' WHERE id = 7";

      ApprovalRequest asked = analyst.requestApproval(TestServer.wants(sql));
      assertThat(asked.state()).isEqualTo(ApprovalState.PENDING);
      assertThat(owner.inbox()).extracting(ApprovalRequest::id).containsExactly(asked.id());

      ApprovalRequest approved = owner.review(asked.id(), Review.Verdict.APPROVE, "fine");
      assertThat(approved.state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(untilState(seen, ApprovalState.APPROVED).id()).isEqualTo(asked.id());

      ApprovedRun run = analyst.runApproved(asked.id());
      assertThat(run.execution().message()).isEmpty();
      assertThat(run.execution().state()).isEqualTo(Execution.State.EXECUTED);
      assertThat(run.updateCount()).isEqualTo(1);
      assertThat(run.request().state()).isEqualTo(ApprovalState.EXHAUSTED);
      assertThat(shop.value("SELECT status FROM orders WHERE id = 7")).isEqualTo("void");

      assertThatThrownBy(() -> analyst.runApproved(asked.id()))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class, problem -> assertThat(problem.code()).isEqualTo("exhausted"));

      TimelinePage timeline = analyst.timeline(TimelineQuery.newest(50));
      assertThat(timeline.entries())
          .extracting(TimelinePage.Entry::title)
          .containsExactly(
              "Ran approved statement",
              "Approved by Olive Owner",
              "Asked for approval",
              "Signed in");
      assertThat(timeline.entries().getFirst().rows()).isEqualTo(1);
      assertThat(analyst.verify().verified()).isTrue();
    }
  }

  private static ApprovalRequest untilState(BlockingQueue<WorkspaceEvent> seen, ApprovalState state)
      throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      WorkspaceEvent event = seen.poll(10, TimeUnit.SECONDS);
      assertThat(event).as("a push within ten seconds").isNotNull();
      if (event instanceof WorkspaceEvent.RequestChanged changed
          && changed.request().state() == state) {
        return changed.request();
      }
    }
    throw new AssertionError("The state was never pushed.");
  }
}
