package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many approvals, each redeemed by many at once on two servers over one store.
class RedeemProofTest {

  private static final int SESSIONS = 4;

  /// Approvals that are raced for at the same time.
  private static final int TOGETHER = 4;

  @TempDir Path folder;

  @Test
  void everyApprovalRunsOnceHoweverManyRedeemIt() throws Exception {
    redeem(4, 16);
  }

  @Test
  @Tag("proof")
  void aThousandApprovalsRunExactlyAThousandTimes() throws Exception {
    redeem(Integer.getInteger("sluice.test.approvals", 1000), 50);
  }

  private void redeem(int approvals, int redeemers) throws Exception {
    GovernedShop shop = GovernedShop.running();
    shop.execute(
        "DROP TABLE IF EXISTS redeemed",
        "CREATE TABLE redeemed (id int PRIMARY KEY, runs int)",
        "INSERT INTO redeemed SELECT n, 0 FROM generate_series(1, " + approvals + ") n");
    StoreConfig store = TestServer.freshPostgreSqlStore();
    try (TestServer one = TestServer.start(folder, config -> config.withStore(store));
        TestServer two = TestServer.start(folder, config -> config.withStore(store))) {
      List<HttpServerClient> clients = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        clients.add((i % 2 == 0 ? one : two).signIn("analyst"));
      }
      HttpServerClient owner = one.signIn("owner");
      AtomicInteger ran = new AtomicInteger();
      ConcurrentHashMap<String, AtomicInteger> refused = new ConcurrentHashMap<>();
      for (int first = 1; first <= approvals; first += TOGETHER) {
        List<String> approved = new ArrayList<>();
        for (int id = first; id < Math.min(first + TOGETHER, approvals + 1); id++) {
          ApprovalRequest asked =
              clients
                  .getFirst()
                  .requestApproval(
                      TestServer.wants("UPDATE redeemed SET runs = runs + 1 WHERE id = " + id));
          owner.review(asked.id(), Verdict.APPROVE, "");
          approved.add(asked.id());
        }
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (String id : approved) {
          for (int i = 0; i < redeemers; i++) {
            HttpServerClient client = clients.get(i % SESSIONS);
            threads.add(
                Thread.startVirtualThread(
                    () -> {
                      try {
                        start.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      String answer = Codes.of(() -> client.runApproved(id));
                      if (answer.equals("ok")) {
                        ran.incrementAndGet();
                      } else {
                        refused
                            .computeIfAbsent(answer, code -> new AtomicInteger())
                            .incrementAndGet();
                      }
                    }));
          }
        }
        start.countDown();
        for (Thread thread : threads) {
          thread.join();
        }
      }
      assertThat(ran.get()).as("refused: " + refused).isEqualTo(approvals);
      assertThat(shop.value("SELECT count(*) FROM redeemed WHERE runs = 1"))
          .isEqualTo(String.valueOf(approvals));
      assertThat(shop.value("SELECT sum(runs) FROM redeemed")).isEqualTo(String.valueOf(approvals));
      assertThat(owner.verify().verified()).isTrue();
      if (approvals >= 1000) {
        ProofPage.write(
            "redeeming.md",
            List.of(
                "# Approvals that are raced for",
                "",
                "Each approval for one run was redeemed by many at the same moment, on two servers"
                    + " over one PostgreSQL; the change counts its own runs.",
                "",
                "| figure | value |",
                "|---|---|",
                "| approvals | " + approvals + " |",
                "| redeemers of each | " + redeemers + " |",
                "| calls that ran | " + ran.get() + " |",
                "| rows changed exactly once | " + approvals + " |",
                "| other answers | " + new TreeMap<>(refused) + " |",
                "",
                "Repeat: `mvn -Pproof -pl server -am verify -Dtest=RedeemProofTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false`."));
      }
    }
  }
}
