package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.approval.Right;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.NewExport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More rows than the rules let everybody take leave only when the owner of the connection agrees.
class ExportRequestTest {

  private static final String ALL = "SELECT id, email FROM customers ORDER BY id";

  private static final String POLICY =
      TestServer.POLICY
              .replace("limits: {rows: 1000, seconds: 30}", "limits: {rows: 9, export-rows: 1}")
              .replace("owner: data-platform}", "owner: data-owners}")
          + """
          exports:
            approvers: {any-of: [owner], quorum: 1, use-within: 1h, executions: 1, escalate: {after: 30m, to: group:admins}}
            max-rows: 50
          """;

  @Test
  void rowsBeyondTheLimitLeaveMaskedOnceTheOwnerOfTheConnectionAgrees(@TempDir Path folder)
      throws Exception {
    try (TestServer server = start(folder, new MovableClock())) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      ApprovalRequest asked = analyst.requests().export(export(3));
      assertThat(asked.right()).isEqualTo(new Right.Export(3));
      assertThat(asked.approvers().anyOf()).containsExactly("group:data-owners");
      assertThat(asked.capsule().impact()).containsEntry("rows that leave", "at most 3");
      assertThat(Codes.of(() -> analyst.runApproved(asked.id()))).isEqualTo("pending");
      assertThat(Codes.of(() -> analyst.review(asked.id(), Verdict.APPROVE, "")))
          .isEqualTo("four-eyes");
      assertThat(server.signIn("other").inbox()).isEmpty();
      assertThat(owner.inbox()).extracting(ApprovalRequest::id).contains(asked.id());
      owner.review(asked.id(), Verdict.APPROVE, "for the tax office");

      ApprovedRun run = analyst.runApproved(asked.id());
      assertThat(run.rows()).hasSize(3);
      assertThat(run.truncated()).isTrue();
      assertThat(run.columns().get(1).algorithm()).isEqualTo("email");
      assertThat(run.rows()).allSatisfy(row -> assertThat(row.get(1).toString()).contains("*"));
      assertThat(run.request().state()).isEqualTo(ApprovalState.EXHAUSTED);
      assertThat(Codes.of(() -> analyst.runApproved(asked.id()))).isEqualTo("exhausted");
    }
  }

  @Test
  void whatNobodyMayLetLeaveIsRefusedWithTheReason(@TempDir Path folder) throws Exception {
    try (TestServer server = start(folder, new MovableClock())) {
      HttpServerClient analyst = server.signIn("analyst");
      assertThat(code(analyst, export(1))).isEqualTo("approval-not-needed");
      assertThat(code(analyst, export(10))).isEqualTo("export-over-row-limit");
      assertThat(code(analyst, export(51))).isEqualTo("export-too-large");
      assertThat(code(analyst, export(0))).isEqualTo("malformed");
      assertThat(code(analyst, of("SELECT id FROM customers ORDER BY ssn", 3))).isEqualTo("denied");
      assertThat(code(analyst, of("UPDATE orders SET status = 'x' WHERE id = 1", 3)))
          .isEqualTo("export-reads-only");
      assertThat(
              Codes.of(
                  () -> analyst.requests().export(new NewExport("shop", ALL, List.of(), 3, " "))))
          .isEqualTo("reason-missing");
    }
    try (TestServer server = TestServer.start(folder.resolve("without"))) {
      assertThat(code(server.signIn("analyst"), export(3))).isEqualTo("export-not-approvable");
    }
  }

  @Test
  void anExportEndsWhenItIsTakenBackForgottenOrAskedForByAnother(@TempDir Path folder)
      throws Exception {
    MovableClock clock = new MovableClock();
    try (TestServer server = start(folder, clock)) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      ApprovalRequest revoked = approved(analyst, owner);
      assertThat(Codes.of(() -> server.signIn("other").runApproved(revoked.id())))
          .isEqualTo("not-found");
      owner.revoke(revoked.id(), "the wrong month");
      assertThat(Codes.of(() -> analyst.runApproved(revoked.id()))).isEqualTo("revoked");

      ApprovalRequest forgotten = approved(analyst, owner);
      clock.pass(Duration.ofMinutes(61));
      HttpServerClient later = server.signIn("analyst");
      assertThat(Codes.of(() -> later.runApproved(forgotten.id()))).isEqualTo("expired");

      // "Same as last month" is a request like the first; nothing of the approval comes with it.
      ApprovalRequest again = later.requests().repeat(forgotten.id(), "");
      assertThat(again.state()).isEqualTo(ApprovalState.PENDING);
      assertThat(again.right()).isEqualTo(new Right.Export(3));
      assertThat(again.reviews()).isEmpty();
      assertThat(again.capsule().text()).isEqualTo(ALL);
      assertThat(Codes.of(() -> later.runApproved(again.id()))).isEqualTo("pending");
      clock.pass(Duration.ofMinutes(31));
      assertThat(server.signIn("admin").inbox())
          .extracting(ApprovalRequest::id)
          .contains(again.id());
    }
  }

  private static ApprovalRequest approved(HttpServerClient analyst, HttpServerClient owner)
      throws Exception {
    ApprovalRequest asked = analyst.requests().export(export(3));
    return owner.review(asked.id(), Verdict.APPROVE, "");
  }

  private static String code(HttpServerClient client, NewExport wanted) {
    return Codes.of(() -> client.requests().export(wanted));
  }

  private static NewExport export(long rows) {
    return of(ALL, rows);
  }

  private static NewExport of(String sql, long rows) {
    return new NewExport("shop", sql, List.of(), rows, "the yearly report");
  }

  private static TestServer start(Path folder, MovableClock clock) {
    return TestServer.start(folder, config -> config.withPolicy(POLICY).withClock(clock));
  }
}
