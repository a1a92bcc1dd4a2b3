package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.PolicyClient;
import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.governance.codec.wire.PolicyComparison;
import dev.sluice.governance.codec.wire.PolicyDraft;
import dev.sluice.governance.codec.wire.PolicyHistory;
import dev.sluice.governance.codec.wire.PolicyTestReport;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a policy comes into force.
class PolicyDraftTest {

  private static final String TESTS =
      """
      tests:
        - {as: {groups: [analysts]}, on: shop, sql: SELECT email FROM customers, expect: allow}
        - {as: {groups: [analysts]}, on: shop, sql: DROP TABLE orders, expect: deny, rule: no-destructive-ddl}
      """;

  @Test
  void nobodyPublishesTheirOwnPolicyOnceThereAreTwoWhoMay(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      HttpServerClient admin = server.signIn("admin");
      assertThat(Codes.of(() -> admin.publishPolicy(version(2), "alone"))).isEqualTo("ok");

      server
          .signIn("root")
          .administration()
          .addPerson(
              new NewPerson(
                  "second", "Second", "", Set.of(), Set.of("policy-admin"), TestServer.PASSWORD));
      assertThat(Codes.of(() -> admin.publishPolicy(version(3), ""))).isEqualTo("second-person");
      PolicyClient mine = admin.policies();
      PolicyDraft draft = mine.draft(version(3) + TESTS, "stricter");
      assertThat(Codes.of(() -> mine.publish(draft, "mine"))).isEqualTo("own-draft");

      PolicyClient theirs = server.signIn("second").policies();
      PolicyDraft seen = theirs.find(draft.id());
      mine.change(draft.id(), version(3) + TESTS + "# changed\n", "changed");
      assertThat(Codes.of(() -> theirs.publish(seen, "looks good"))).isEqualTo("draft-changed");
      assertThat(Codes.of(() -> theirs.change(draft.id(), version(3), "")))
          .isEqualTo("not-your-draft");
      theirs.publish(theirs.find(draft.id()), "looks good");
      assertThat(admin.policy().version()).isEqualTo(3);
      assertThat(mine.history())
          .extracting(PolicyHistory.Version::version)
          .containsExactly(3L, 2L, 1L);
      assertThat(mine.history().getFirst().author()).isEqualTo("local|admin");
      assertThat(mine.history().getFirst().publishedBy()).isEqualTo("local|second");
      assertThat(Codes.of(() -> theirs.publish(theirs.find(draft.id()), "again")))
          .isEqualTo("draft-closed");
      assertThat(Codes.of(() -> server.signIn("analyst").policies().drafts()))
          .isEqualTo("forbidden");
    }
  }

  @Test
  void aPolicyWhoseOwnTestsFailOrWhoseColumnsAreMissingStaysADraft(@TempDir Path folder)
      throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      HttpServerClient admin = server.signIn("admin");
      String wrong = version(2) + TESTS.replace("expect: deny", "expect: allow");
      PolicyTestReport report = admin.policies().test(wrong);
      assertThat(report.publishable()).isFalse();
      assertThat(report.tests())
          .extracting(PolicyTestReport.Test::passed)
          .containsExactly(true, false);
      assertThat(Codes.of(() -> admin.publishPolicy(wrong, ""))).isEqualTo("policy-tests-fail");
      String lost = version(2).replace("customers.ssn", "customers.social");
      assertThat(admin.policies().test(lost).problems()).anyMatch(p -> p.contains("matches no"));
      assertThat(Codes.of(() -> admin.publishPolicy(lost, ""))).isEqualTo("policy-unreadable");
      assertThat(Codes.of(() -> admin.policies().draft("rules: {", "")))
          .isEqualTo("policy-unreadable");
      assertThat(admin.policies().test(version(2) + TESTS).publishable()).isTrue();
      assertThat(admin.policy().version()).isEqualTo(1);
    }
  }

  @Test
  void aComparisonSaysRuleByRuleWhatWouldChange(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      PolicyClient admin = server.signIn("admin").policies();
      String looser =
          version(2)
              .replace("rows: 1000", "rows: 5000")
              .replace(
                  "effect: block\n    message: DROP and TRUNCATE do not run in production.",
                  "effect: allow");
      PolicyComparison comparison = admin.compare(looser);
      assertThat(comparison.changes())
          .extracting(PolicyComparison.Change::id, PolicyComparison.Change::direction)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("no-destructive-ddl", "looser"),
              org.assertj.core.groups.Tuple.tuple("analysts-read", "either"));
      assertThat(comparison.changes().getFirst().detail()).contains("effect: block -> allow");
      assertThat(comparison.text()).anyMatch(line -> line.startsWith("+") && line.contains("5000"));
    }
  }

  @Test
  void goingBackIsANewVersionAndClientsTakeIt(@TempDir Path folder) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      HttpServerClient admin = server.signIn("admin");
      admin.publishPolicy(version(2).replace("rows: 1000", "rows: 7"), "too strict");
      PolicyDraft back = admin.policies().rollback(1, "");
      assertThat(back.version()).isEqualTo(3);
      assertThat(back.comment()).isEqualTo("Back to version 1");
      admin.policies().publish(back, "back");
      assertThat(admin.policy().yaml()).contains("rows: 1000").startsWith("version: 3");
      assertThat(Codes.of(() -> admin.policies().rollback(99, ""))).isEqualTo("not-found");
      assertThat(Codes.of(() -> admin.publishPolicy(version(2), "older")))
          .isEqualTo("policy-version");
    }
  }

  @Test
  void ofDraftsPublishedAtOnceOnTwoServersOneWins(@TempDir Path folder) throws Exception {
    StoreConfig store = TestServer.freshPostgreSqlStore();
    try (TestServer one = TestServer.start(folder, config -> config.withStore(store));
        TestServer two = TestServer.start(folder, config -> config.withStore(store))) {
      PolicyClient here = one.signIn("admin").policies();
      PolicyClient there = two.signIn("admin").policies();
      List<PolicyDraft> drafts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        drafts.add(here.draft(version(2) + "# " + i + "\n", "draft " + i));
      }
      List<String> answers = Collections.synchronizedList(new ArrayList<>());
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> publishers = new ArrayList<>();
      for (int i = 0; i < drafts.size(); i++) {
        PolicyDraft draft = drafts.get(i);
        PolicyClient client = i % 2 == 0 ? here : there;
        publishers.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    start.await();
                    answers.add(Codes.of(() -> client.publish(draft, "")));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
      }
      start.countDown();
      for (Thread publisher : publishers) {
        publisher.join();
      }
      assertThat(answers.stream().filter("ok"::equals)).hasSize(1);
      assertThat(answers.stream().filter("draft-overtaken"::equals)).hasSize(5);
      assertThat(here.history()).hasSize(2);
    }
  }

  private static String version(int number) {
    return TestServer.POLICY.replace("version: 1\n", "version: " + number + "\n");
  }
}
