package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Review.Verdict;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTest {

  private static final String UPDATE = "UPDATE orders SET status = 'seen' WHERE id = 21";

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
  void aNewRequestReachesWhoMayDecideAndNobodyElse() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    BlockingQueue<WorkspaceEvent> owners = new LinkedBlockingQueue<>();
    BlockingQueue<WorkspaceEvent> others = new LinkedBlockingQueue<>();
    try (Workspace.Subscription one = server.signIn("owner").subscribe(owners::add);
        Workspace.Subscription two = server.signIn("other").subscribe(others::add)) {
      awaitStreams(2);
      ApprovalRequest asked = analyst.requestApproval(TestServer.wants(UPDATE));
      await(owners, request(asked.id(), ApprovalState.PENDING));
      server
          .signIn("admin")
          .publishPolicy(
              TestServer.POLICY.replace("version: 1\n", "version: 5\n"), "for the stream");
      await(
          others,
          event -> event instanceof WorkspaceEvent.PolicyChanged changed && changed.version() == 5);
      assertThat(others).noneMatch(event -> event instanceof WorkspaceEvent.RequestChanged);
    }
  }

  @Test
  void aCutStreamComesBackAndMissesNothing() throws Exception {
    try (CuttableProxy line = new CuttableProxy(server.server().port())) {
      ServerTrust direct = server.trust();
      ServerTrust through =
          new ServerTrust(
              URI.create("http://127.0.0.1:" + line.port()),
              direct.policyKeys(),
              direct.logOrigin(),
              direct.logKey());
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient cut =
          HttpServerClient.signIn(
              through,
              TrustMemory.inMemory(),
              "analyst",
              TestServer.PASSWORD.toCharArray(),
              "test");
      BlockingQueue<WorkspaceEvent> seen = new LinkedBlockingQueue<>();
      try (Workspace.Subscription subscription = cut.subscribe(seen::add)) {
        awaitStreams(1);
        ApprovalRequest before = analyst.requestApproval(TestServer.wants(UPDATE));
        await(seen, request(before.id(), ApprovalState.PENDING));

        line.cut();
        await(seen, event -> event.equals(new WorkspaceEvent.LinkChanged(false)));
        ApprovalRequest missed = analyst.requestApproval(TestServer.wants(UPDATE));
        server.signIn("owner").review(missed.id(), Verdict.APPROVE, "");
        line.mend();

        await(seen, event -> event.equals(new WorkspaceEvent.LinkChanged(true)));
        await(seen, request(missed.id(), ApprovalState.PENDING));
        await(seen, request(missed.id(), ApprovalState.APPROVED));
      }
      cut.close();
    }
  }

  @Test
  void theTimelineGrowsOnOpenStreams() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    BlockingQueue<WorkspaceEvent> seen = new LinkedBlockingQueue<>();
    try (Workspace.Subscription subscription = analyst.subscribe(seen::add)) {
      awaitStreams(1);
      long sequence = analyst.intent(TestServer.reading("SELECT id FROM orders")).sequence();
      await(
          seen,
          event ->
              event instanceof WorkspaceEvent.TimelineGrew grew && grew.sequence() >= sequence);
    }
  }

  @Test
  void theEndOfASessionIsTold() throws Exception {
    RawClient raw = RawClient.signIn(server.server().address(), "analyst");
    HttpServerClient analyst = server.signIn("analyst");
    BlockingQueue<WorkspaceEvent> seen = new LinkedBlockingQueue<>();
    analyst.subscribe(seen::add);
    awaitStreams(1);
    raw.send("DELETE", "/v1/sessions/current", "");
    server.server().endSessionsOf("local|analyst", "signed out elsewhere");
    await(seen, event -> event instanceof WorkspaceEvent.SessionEnded);
    assertThat(Codes.of(analyst::connections)).isEqualTo("session-ended");
  }

  private static void awaitStreams(int atLeast) throws InterruptedException {
    for (int tries = 0; tries < 200 && server.server().openStreams() < atLeast; tries++) {
      Thread.sleep(25);
    }
    assertThat(server.server().openStreams()).isGreaterThanOrEqualTo(atLeast);
  }

  private static Predicate<WorkspaceEvent> request(String id, ApprovalState state) {
    return event ->
        event instanceof WorkspaceEvent.RequestChanged changed
            && changed.request().id().equals(id)
            && changed.request().state() == state;
  }

  private static void await(BlockingQueue<WorkspaceEvent> seen, Predicate<WorkspaceEvent> wanted)
      throws InterruptedException {
    for (int tries = 0; tries < 500; tries++) {
      WorkspaceEvent event = seen.poll(20, TimeUnit.SECONDS);
      assertThat(event).as("the next push").isNotNull();
      if (wanted.test(event)) {
        return;
      }
    }
    throw new AssertionError("It was never pushed.");
  }
}
