package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Conditions;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.codec.wire.ApprovedRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An approver allows less than was asked for, and the server and the database hold to it.
class ConditionalApprovalTest {

  private static final Conditions TWO_ROWS =
      new Conditions(OptionalInt.empty(), Optional.of(Duration.ofMinutes(5)), OptionalLong.of(2));

  @Test
  void moreRowsThanTheApproverAllowedAreRolledBack(@TempDir Path folder) throws Exception {
    GovernedShop shop = GovernedShop.running();
    try (TestServer server = TestServer.start(folder);
        HttpServerClient analyst = server.signIn("analyst");
        HttpServerClient owner = server.signIn("owner")) {
      ApprovalRequest asked =
          analyst.requestApproval(
              TestServer.wants("UPDATE orders SET status = 'halved' WHERE id IN (1, 2, 3)"));
      ApprovalRequest approved = owner.requests().approve(asked.id(), "two, no more", TWO_ROWS);
      assertThat(approved.state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(approved.useBy()).isBefore(Instant.now().plus(Duration.ofMinutes(6)));

      ApprovedRun run = analyst.runApproved(asked.id());
      assertThat(run.execution().state()).isEqualTo(Execution.State.FAILED);
      assertThat(run.execution().message()).contains("more rows than the 2 that were approved");
      assertThat(shop.value("SELECT count(*) FROM orders WHERE status = 'halved'")).isEqualTo("0");

      ApprovalRequest fewer =
          analyst.requestApproval(
              TestServer.wants("UPDATE orders SET status = 'halved' WHERE id IN (1, 2)"));
      owner.requests().approve(fewer.id(), "", TWO_ROWS);
      assertThat(analyst.runApproved(fewer.id()).updateCount()).isEqualTo(2);

      assertThat(analyst.timeline(TimelineQuery.newest(50)).entries())
          .extracting(TimelinePage.Entry::detail)
          .contains("At most 5 min, 2 rows. two, no more", "At most 5 min, 2 rows.");
    }
  }

  @Test
  void whatWouldWidenIsRefusedAndTheRequestStaysOpen(@TempDir Path folder) throws Exception {
    GovernedShop.running();
    try (TestServer server = TestServer.start(folder);
        HttpServerClient analyst = server.signIn("analyst");
        HttpServerClient owner = server.signIn("owner")) {
      ApprovalRequest asked =
          analyst.requestApproval(
              TestServer.wants("UPDATE orders SET status = 'void' WHERE id = 1"));
      Conditions twice = new Conditions(OptionalInt.of(2), Optional.empty(), OptionalLong.empty());
      assertThat(Codes.of(() -> owner.requests().approve(asked.id(), "", twice)))
          .isEqualTo("condition-too-wide");
      assertThat(Codes.of(() -> owner.requests().approve(asked.id(), "", Conditions.NONE)))
          .isEqualTo("malformed");
      assertThat(Codes.of(() -> analyst.requests().approve(asked.id(), "", TWO_ROWS)))
          .isEqualTo("four-eyes");
      assertThat(analyst.request(asked.id()).state()).isEqualTo(ApprovalState.PENDING);
    }
  }
}
