package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.governance.codec.wire.Delegation;
import dev.sluice.governance.codec.wire.NewUnmask;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Unmasking, emergencies, delegates and words: all on the one road of requests.
class SpecialRequestTest {

  private static final String UPDATE = "UPDATE orders SET status = 'urgent' WHERE id = 61";
  private static final String SORTED = "SELECT email FROM customers ORDER BY email";

  private static final String POLICY =
      TestServer.POLICY
              .replace(
                  "{algorithm: email, uses: {equality: {distinct-per-day: 3}}}",
                  "{algorithm: email, uses: deny, unmask: {approvers: {any-of: [group:data-owners],"
                      + " quorum: 1}, max-duration: 1h}}")
              .replace("executions: 1}", "executions: 1, escalate: {after: 30m, to: group:admins}}")
          + """
          break-glass: {who: '"analysts" in user.groups', max-duration: 30m, review-within: 24h}
          """;

  @Test
  void liftedMasksHoldForTheirHolderUntilTheyEndAndEachUseIsWrittenDown(@TempDir Path folder)
      throws Exception {
    MovableClock clock = new MovableClock();
    try (TestServer server = start(folder, clock)) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      assertThat(Codes.of(() -> analyst.intent(TestServer.reading(SORTED))))
          .isEqualTo("server-decided-otherwise");
      assertThat(Codes.of(() -> analyst.requests().unmask(unmask("customers.ssn", 20))))
          .isEqualTo("never-unmasked");
      assertThat(Codes.of(() -> analyst.requests().unmask(unmask("customers.email", 61))))
          .isEqualTo("unmask-too-long");

      ApprovalRequest asked = analyst.requests().unmask(unmask("customers.email", 20));
      assertThat(analyst.unmaskGrants()).isEmpty();
      assertThat(owner.inbox()).extracting(ApprovalRequest::id).contains(asked.id());
      owner.review(asked.id(), Verdict.APPROVE, "");
      assertThat(analyst.unmaskGrants()).hasSize(1);
      assertThat(server.signIn("other").unmaskGrants()).isEmpty();
      assertThat(Codes.of(() -> analyst.runApproved(asked.id()))).isEqualTo("nothing-to-run");
      assertThat(Codes.of(() -> analyst.intent(TestServer.reading(SORTED)))).isEqualTo("ok");
      assertThat(Codes.of(() -> server.signIn("other").intent(TestServer.reading(SORTED))))
          .isEqualTo("server-decided-otherwise");
      RawClient auditor = RawClient.signIn(server.server().address(), "auditor");
      assertThat(auditor.send("GET", "/v1/log/export", "").body()).contains("unmask.used");

      clock.pass(Duration.ofMinutes(21));
      assertThat(server.signIn("analyst").unmaskGrants()).isEmpty();
      assertThat(Codes.of(() -> server.signIn("analyst").intent(TestServer.reading(SORTED))))
          .isEqualTo("server-decided-otherwise");
    }
  }

  @Test
  void anUnmaskGrantThatWasTakenBackHoldsNowhere(@TempDir Path folder) throws Exception {
    try (TestServer server = start(folder, new MovableClock())) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      ApprovalRequest asked = analyst.requests().unmask(unmask("customers.email", 20));
      owner.review(asked.id(), Verdict.APPROVE, "");
      owner.revoke(asked.id(), "the wrong person");
      assertThat(analyst.unmaskGrants()).isEmpty();
      assertThat(Codes.of(() -> analyst.intent(TestServer.reading(SORTED))))
          .isEqualTo("server-decided-otherwise");
    }
  }

  @Test
  void anEmergencyRunsAtOnceIsOwedAReviewAndBlocksTheNext(@TempDir Path folder) throws Exception {
    try (TestServer server = start(folder, new MovableClock())) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      ApprovalRequest asked = analyst.requestApproval(TestServer.wants(UPDATE));
      assertThat(Codes.of(() -> analyst.requests().breakGlass(asked.id(), " ")))
          .isEqualTo("reason-missing");
      assertThat(Codes.of(() -> owner.requests().breakGlass(asked.id(), "x")))
          .isEqualTo("not-yours");
      ApprovalRequest broken = analyst.requests().breakGlass(asked.id(), "the shop is down");
      assertThat(broken.state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(analyst.runApproved(asked.id()).execution().rows()).isEqualTo(1);

      ApprovalRequest next = analyst.requestApproval(TestServer.wants(UPDATE));
      assertThat(Codes.of(() -> analyst.requests().breakGlass(next.id(), "again")))
          .isEqualTo("glass-owed");
      assertThat(owner.inbox()).extracting(ApprovalRequest::id).contains(asked.id(), next.id());
      assertThat(Codes.of(() -> review(analyst, asked.id()))).isEqualTo("four-eyes");
      assertThat(review(owner, asked.id()).emergency().orElseThrow().owed()).isFalse();
      assertThat(Codes.of(() -> review(owner, asked.id()))).isEqualTo("decided");
      assertThat(Codes.of(() -> analyst.requests().breakGlass(next.id(), "again"))).isEqualTo("ok");
    }
  }

  @Test
  void ofEmergenciesOfOnePersonAtOnceOnTwoServersOneIsLetThrough(@TempDir Path folder)
      throws Exception {
    StoreConfig store = TestServer.freshPostgreSqlStore();
    MovableClock clock = new MovableClock();
    try (TestServer one = start(folder, clock, store);
        TestServer two = start(folder, clock, store)) {
      HttpServerClient here = one.signIn("analyst");
      HttpServerClient there = two.signIn("analyst");
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ids.add(here.requestApproval(TestServer.wants(UPDATE)).id());
      }
      List<String> answers = Collections.synchronizedList(new ArrayList<>());
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        String id = ids.get(i);
        HttpServerClient client = i % 2 == 0 ? here : there;
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    start.await();
                    answers.add(Codes.of(() -> client.requests().breakGlass(id, "down")));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
      }
      start.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(answers.stream().filter("ok"::equals)).hasSize(1);
      assertThat(answers.stream().filter("glass-owed"::equals)).hasSize(7);

      // Both servers sweep: further people are told once, and what is due expires once.
      clock.pass(Duration.ofMinutes(31));
      HttpServerClient admin = two.signIn("admin");
      await(() -> admin.inbox().stream().anyMatch(request -> ids.contains(request.id())));
      clock.pass(Duration.ofHours(8));
      HttpServerClient late = one.signIn("analyst");
      await(
          () ->
              late.myRequests().stream()
                  .noneMatch(request -> request.state() == ApprovalState.PENDING));
      RawClient auditor = RawClient.signIn(one.server().address(), "auditor");
      // The export ends at the newest checkpoint; what was just written follows a moment later.
      await(
          () ->
              count(auditor.send("GET", "/v1/log/export", "").body(), "approval.expired")
                  >= ids.size());
      String log = auditor.send("GET", "/v1/log/export", "").body();
      // Bodies are sealed in an export, kinds are not: as many endings as requests, no more.
      assertThat(count(log, "approval.requested")).isEqualTo(ids.size());
      assertThat(count(log, "approval.expired")).isEqualTo(ids.size());
      assertThat(count(log, "approval.escalated")).isLessThanOrEqualTo(ids.size());
    }
  }

  @Test
  void aDelegateDecidesForWhoeverIsAwayAndOnlyThen(@TempDir Path folder) throws Exception {
    MovableClock clock = new MovableClock();
    try (TestServer server = start(folder, clock)) {
      HttpServerClient owner = server.signIn("owner");
      HttpServerClient other = server.signIn("other");
      HttpServerClient analyst = server.signIn("analyst");
      Instant now = clock.instant();
      assertThat(Codes.of(() -> owner.requests().delegate(away("owner", now))))
          .isEqualTo("delegate-self");
      assertThat(Codes.of(() -> owner.requests().delegate(away("nobody", now))))
          .isEqualTo("delegate-unknown");
      assertThat(Codes.of(() -> owner.requests().delegate(away("robot", now))))
          .isEqualTo("delegate-unknown");
      owner.requests().delegate(away("other", now));

      ApprovalRequest asked = analyst.requestApproval(TestServer.wants(UPDATE));
      assertThat(other.inbox()).extracting(ApprovalRequest::id).contains(asked.id());
      ApprovalRequest approved = other.review(asked.id(), Verdict.APPROVE, "for Olive");
      assertThat(approved.state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(approved.reviews().getFirst().standingInFor().orElseThrow().subject())
          .isEqualTo("owner");
      ApprovalRequest own = other.requestApproval(TestServer.wants(UPDATE));
      assertThat(Codes.of(() -> other.review(own.id(), Verdict.APPROVE, "")))
          .isEqualTo("four-eyes");

      ApprovalRequest later = analyst.requestApproval(TestServer.wants(UPDATE));
      owner.requests().delegate(new Delegation("", Instant.EPOCH, Instant.EPOCH));
      assertThat(Codes.of(() -> other.review(later.id(), Verdict.APPROVE, "")))
          .isEqualTo("not-found");
    }
  }

  @Test
  void peopleTalkRemindAndAskForTheSameAgain(@TempDir Path folder) throws Exception {
    try (TestServer server = start(folder, new MovableClock())) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      ApprovalRequest asked = analyst.requestApproval(TestServer.wants(UPDATE));
      owner.requests().say(asked.id(), "Only the one order, please.", UPDATE + " AND total > 0");
      assertThat(analyst.requests().comments(asked.id()))
          .singleElement()
          .satisfies(comment -> assertThat(comment.proposed()).endsWith("total > 0"));
      assertThat(Codes.of(() -> server.signIn("other").requests().comments(asked.id())))
          .isEqualTo("not-found");
      assertThat(Codes.of(() -> analyst.requests().say(asked.id(), " ", "")))
          .isEqualTo("comment-missing");
      analyst.requests().nudge(asked.id());
      assertThat(Codes.of(() -> analyst.requests().nudge(asked.id()))).isEqualTo("nudged-lately");
      assertThat(Codes.of(() -> owner.requests().nudge(asked.id()))).isEqualTo("nothing-to-nudge");
      analyst.cancel(asked.id());
      ApprovalRequest again = analyst.requests().repeat(asked.id(), "");
      assertThat(again.capsule().text()).isEqualTo(UPDATE);
      assertThat(again.reason()).isEqualTo(asked.reason());
      assertThat(Codes.of(() -> owner.requests().repeat(asked.id(), ""))).isEqualTo("not-yours");
    }
  }

  @Test
  void whoMayDecidePassesARequestOnBeforeItsTime(@TempDir Path folder) throws Exception {
    MovableClock clock = new MovableClock();
    try (TestServer server = start(folder, clock)) {
      HttpServerClient analyst = server.signIn("analyst");
      HttpServerClient owner = server.signIn("owner");
      HttpServerClient admin = server.signIn("admin");
      ApprovalRequest asked = analyst.requestApproval(TestServer.wants(UPDATE));
      assertThat(Codes.of(() -> admin.requests().passOn(asked.id(), ""))).isEqualTo("not-found");
      assertThat(Codes.of(() -> analyst.requests().passOn(asked.id(), ""))).isEqualTo("four-eyes");
      assertThat(admin.inbox()).isEmpty();

      ApprovalRequest passed = owner.requests().passOn(asked.id(), "You know this table better.");
      assertThat(passed.state()).isEqualTo(ApprovalState.PENDING);
      assertThat(admin.inbox()).extracting(ApprovalRequest::id).contains(asked.id());
      assertThat(owner.inbox()).extracting(ApprovalRequest::id).contains(asked.id());
      assertThat(Codes.of(() -> owner.requests().passOn(asked.id(), ""))).isEqualTo("passed-on");
      assertThat(admin.requests().comments(asked.id()))
          .singleElement()
          .satisfies(said -> assertThat(said.words()).isEqualTo("You know this table better."));
      assertThat(owner.timeline(TimelineQuery.newest(20)).entries())
          .anySatisfy(
              entry -> {
                assertThat(entry.title()).isEqualTo("Passed a request on to more people");
                assertThat(entry.detail()).isEqualTo("You know this table better.");
              });
      // Its time comes, and nobody is told a second time.
      clock.pass(Duration.ofMinutes(31));
      ApprovalRequest other = server.signIn("analyst").requestApproval(TestServer.wants(UPDATE));
      clock.pass(Duration.ofMinutes(31));
      RawClient auditor = RawClient.signIn(server.server().address(), "auditor");
      await(
          () -> count(auditor.send("GET", "/v1/log/export", "").body(), "approval.escalated") == 2);
      assertThat(server.signIn("admin").inbox())
          .extracting(ApprovalRequest::id)
          .contains(asked.id(), other.id());
      ApprovalRequest approved = server.signIn("admin").review(asked.id(), Verdict.APPROVE, "");
      assertThat(approved.state()).isEqualTo(ApprovalState.APPROVED);
      assertThat(count(auditor.send("GET", "/v1/log/export", "").body(), "approval.escalated"))
          .isEqualTo(2);
    }
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  private static void await(Check check) throws Exception {
    for (int tries = 0; tries < 600; tries++) {
      if (check.holds()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("It did not come about within a minute.");
  }

  private static long count(String log, String kind) {
    return log.lines().filter(line -> line.contains(kind)).count();
  }

  private static ApprovalRequest review(HttpServerClient client, String id)
      throws dev.sluice.gateway.workspace.WorkspaceProblem {
    return client.requests().reviewEmergency(id, Verdict.APPROVE, "it was right");
  }

  private static Delegation away(String delegate, Instant now) {
    return new Delegation(delegate, now.minusSeconds(60), now.plus(Duration.ofDays(7)));
  }

  private static NewUnmask unmask(String column, long minutes) {
    return new NewUnmask("shop", List.of(column), minutes, "a complaint");
  }

  private static TestServer start(Path folder, MovableClock clock) {
    return TestServer.start(folder, config -> config.withPolicy(POLICY).withClock(clock));
  }

  private static TestServer start(Path folder, MovableClock clock, StoreConfig store) {
    return TestServer.start(
        folder, config -> config.withPolicy(POLICY).withClock(clock).withStore(store));
  }
}
