package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.codec.wire.ApprovedRun;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftAndExpiryTest {

  private static final String UPDATE = "UPDATE orders SET status = 'late' WHERE id = 13";

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private TestServer server;
  private HttpServerClient analyst;
  private HttpServerClient owner;

  @BeforeEach
  void start() throws WorkspaceProblem {
    GovernedShop.running()
        .execute(
            "DROP TABLE IF EXISTS drifting",
            "CREATE TABLE drifting (id int PRIMARY KEY, note text)",
            "INSERT INTO drifting SELECT n, '' FROM generate_series(1, 30) n");
    server = TestServer.start(folder, config -> config.withClock(clock));
    analyst = server.signIn("analyst");
    owner = server.signIn("owner");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ApprovalRequest approved(String statement) throws WorkspaceProblem {
    ApprovalRequest asked = analyst.requestApproval(TestServer.wants(statement));
    return owner.review(asked.id(), Verdict.APPROVE, "");
  }

  @Test
  void whatNobodyDecidesInTimeExpires() throws Exception {
    ApprovalRequest asked = analyst.requestApproval(TestServer.wants(UPDATE));
    clock.pass(Duration.ofHours(8).plusSeconds(1));
    HttpServerClient later = server.signIn("owner");
    assertThat(Codes.of(() -> later.review(asked.id(), Verdict.APPROVE, ""))).isEqualTo("expired");
    assertThat(later.request(asked.id()).state()).isEqualTo(ApprovalState.EXPIRED_PENDING);
  }

  @Test
  void whatNobodyUsesInTimeExpires() throws Exception {
    ApprovalRequest asked = approved(UPDATE);
    clock.pass(Duration.ofHours(1).plusSeconds(1));
    HttpServerClient later = server.signIn("analyst");
    assertThat(Codes.of(() -> later.runApproved(asked.id()))).isEqualTo("expired");
    assertThat(later.request(asked.id()).state()).isEqualTo(ApprovalState.EXPIRED_UNUSED);
    assertThat(GovernedShop.running().value("SELECT status FROM orders WHERE id = 13"))
        .isEqualTo("open");
  }

  @Test
  void aChangedSchemaMakesItStale() throws Exception {
    ApprovalRequest asked = approved("UPDATE drifting SET note = 'x' WHERE id = 1");
    GovernedShop.running().execute("ALTER TABLE drifting ADD COLUMN more text");
    assertThat(Codes.of(() -> analyst.runApproved(asked.id()))).isEqualTo("stale");
    assertThat(analyst.request(asked.id()).state()).isEqualTo(ApprovalState.STALE);
    assertThat(GovernedShop.running().value("SELECT note FROM drifting WHERE id = 1")).isEmpty();
  }

  @Test
  void aNewPolicyMakesItStale() throws Exception {
    ApprovalRequest asked = approved(UPDATE);
    server
        .signIn("admin")
        .publishPolicy(TestServer.POLICY.replace("version: 1\n", "version: 2\n"), "again");
    assertThat(Codes.of(() -> analyst.runApproved(asked.id()))).isEqualTo("stale");
  }

  @Test
  void moreRowsThanTheCeilingAreRolledBack() throws Exception {
    server.close();
    Target shop = TestServer.shop();
    Target narrow =
        new Target(
            shop.definition(),
            shop.environment(),
            shop.ring(),
            shop.labels(),
            shop.owner(),
            shop.whatCouldGoWrong(),
            shop.writer(),
            shop.issuer(),
            shop.schemas(),
            10);
    server =
        TestServer.start(
            folder, config -> config.withClock(clock).withTargets(java.util.List.of(narrow)));
    analyst = server.signIn("analyst");
    owner = server.signIn("owner");
    ApprovalRequest asked = approved("UPDATE drifting SET note = 'all' WHERE id > 5");
    ApprovedRun run = analyst.runApproved(asked.id());
    assertThat(run.execution().state()).isEqualTo(Execution.State.FAILED);
    assertThat(GovernedShop.running().value("SELECT count(*) FROM drifting WHERE note = 'all'"))
        .isEqualTo("0");
  }

  @Test
  void aDatabaseErrorIsAnAnswerAndTheUseIsSpent() throws Exception {
    ApprovalRequest asked = approved("INSERT INTO drifting (id, note) VALUES (1, 'again')");
    ApprovedRun run = analyst.runApproved(asked.id());
    assertThat(run.execution().state()).isEqualTo(Execution.State.FAILED);
    assertThat(run.execution().message()).isNotEmpty();
    assertThat(run.request().state()).isEqualTo(ApprovalState.EXHAUSTED);
    assertThat(Codes.of(() -> analyst.runApproved(asked.id()))).isEqualTo("exhausted");
  }
}
