package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewReview;
import java.nio.file.Path;
import java.security.KeyPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalRulesTest {

  private static final String UPDATE = "UPDATE orders SET status = 'held' WHERE id = 9";

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nobodyApprovesTheirOwnRequest() throws Exception {
    HttpServerClient owner = server.signIn("owner");
    ApprovalRequest mine = owner.requestApproval(TestServer.wants(UPDATE));
    assertThat(Codes.of(() -> owner.review(mine.id(), Verdict.APPROVE, ""))).isEqualTo("four-eyes");
    assertThat(owner.inbox()).extracting(ApprovalRequest::id).doesNotContain(mine.id());
  }

  @Test
  void nobodyApprovesTheirOwnAgentsRequest() throws Exception {
    HttpServerClient robot = server.signIn("robot");
    HttpServerClient owner = server.signIn("owner");
    ApprovalRequest asked = robot.requestApproval(TestServer.wants(UPDATE));
    assertThat(Codes.of(() -> owner.review(asked.id(), Verdict.APPROVE, "")))
        .isEqualTo("four-eyes");
    assertThat(Codes.of(() -> robot.review(asked.id(), Verdict.APPROVE, "")))
        .isEqualTo("forbidden");
    assertThat(server.signIn("second-owner").review(asked.id(), Verdict.APPROVE, "").state())
        .isEqualTo(ApprovalState.APPROVED);
    assertThat(Codes.of(() -> owner.runApproved(asked.id()))).isEqualTo("not-yours");
  }

  @Test
  void whoIsNotNamedDoesNotEvenSeeTheRequest() throws Exception {
    ApprovalRequest asked = server.signIn("analyst").requestApproval(TestServer.wants(UPDATE));
    HttpServerClient other = server.signIn("other");
    assertThat(Codes.of(() -> other.review(asked.id(), Verdict.APPROVE, "")))
        .isEqualTo("not-found");
    assertThat(Codes.of(() -> other.request(asked.id()))).isEqualTo("not-found");
    assertThat(Codes.of(() -> other.runApproved(asked.id()))).isEqualTo("not-found");
    assertThat(Codes.of(() -> other.cancel(asked.id()))).isEqualTo("not-found");
    assertThat(server.signIn("auditor").request(asked.id()).id()).isEqualTo(asked.id());
  }

  @Test
  void aRejectionNeedsACommentAndEndsIt() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    HttpServerClient owner = server.signIn("owner");
    ApprovalRequest asked = analyst.requestApproval(TestServer.wants(UPDATE));
    assertThat(Codes.of(() -> owner.review(asked.id(), Verdict.REJECT, " ")))
        .isEqualTo("comment-missing");
    assertThat(owner.review(asked.id(), Verdict.REJECT, "wrong order").state())
        .isEqualTo(ApprovalState.REJECTED);
    assertThat(Codes.of(() -> analyst.runApproved(asked.id()))).isEqualTo("rejected");
    assertThat(Codes.of(() -> owner.review(asked.id(), Verdict.APPROVE, ""))).isEqualTo("rejected");
  }

  @Test
  void whatIsPendingCancelledOrRevokedDoesNotRun() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    HttpServerClient owner = server.signIn("owner");
    ApprovalRequest pending = analyst.requestApproval(TestServer.wants(UPDATE));
    assertThat(Codes.of(() -> analyst.runApproved(pending.id()))).isEqualTo("pending");
    analyst.cancel(pending.id());
    assertThat(Codes.of(() -> analyst.runApproved(pending.id()))).isEqualTo("cancelled");

    ApprovalRequest approved = analyst.requestApproval(TestServer.wants(UPDATE));
    owner.review(approved.id(), Verdict.APPROVE, "");
    assertThat(Codes.of(() -> owner.revoke(approved.id(), ""))).isEqualTo("comment-missing");
    assertThat(owner.revoke(approved.id(), "changed my mind").state())
        .isEqualTo(ApprovalState.REVOKED);
    assertThat(Codes.of(() -> analyst.runApproved(approved.id()))).isEqualTo("revoked");
    assertThat(GovernedShop.running().value("SELECT status FROM orders WHERE id = 9"))
        .isEqualTo("open");
  }

  @Test
  void theServerDecidesAnewAndAsksForNothingThatIsDeniedOrAllowed() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    assertThat(Codes.of(() -> analyst.requestApproval(TestServer.wants("DROP TABLE orders"))))
        .isEqualTo("denied");
    assertThat(Codes.of(() -> analyst.requestApproval(TestServer.wants("SELECT id FROM orders"))))
        .isEqualTo("approval-not-needed");
    assertThat(Codes.of(() -> analyst.requestApproval(TestServer.wants("UPDATE nonsense !"))))
        .isEqualTo("denied");
    assertThat(
            Codes.of(
                () -> analyst.requestApproval(TestServer.wants(UPDATE + "; DROP TABLE orders"))))
        .isEqualTo("denied");
  }

  @Test
  void twoAccountsOnOneDeviceAreTakenForOnePerson() throws Exception {
    KeyPair device = RawClient.newDevice();
    RawClient analyst = RawClient.signIn(server.server().address(), "analyst", device);
    RawClient owner = RawClient.signIn(server.server().address(), "owner", device);
    String asked =
        analyst.send("POST", "/v1/approvals", JsonCodec.write(TestServer.wants(UPDATE))).body();
    String id = JsonCodec.read(asked, ApprovalRequest.class).id();
    assertThat(
            RawClient.code(
                owner.send(
                    "POST",
                    "/v1/approvals/" + id + "/reviews",
                    JsonCodec.write(new NewReview(Verdict.APPROVE, "")))))
        .isEqualTo("same-device");
  }
}
