package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.server.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many approvals, each redeemed by many at once on two servers over one store.
class RedeemProofTest {

  private static final int SESSIONS = 4;

  /// Approvals that are raced for at the same time.
  private static final int TOGETHER = 4;

  @TempDir Path folder;

  /// What the approvals change.
  private record Raced(
      String name, Target target, Consumer<String[]> execute, UnaryOperator<String> value) {

    static Raced brokered() {
      GovernedShop shop = GovernedShop.running();
      return new Raced("brokered", TestServer.shop(), shop::execute, shop::value);
    }

    static Raced enforced() {
      EnforcedShop shop = new EnforcedShop(true);
      return new Raced("enforced", shop.target(), shop::execute, shop::value);
    }

    void execute(String... statements) {
      execute.accept(statements);
    }
  }

  @Test
  void everyApprovalRunsOnceHoweverManyRedeemIt() throws Exception {
    redeem(Raced.brokered(), 4, 16);
  }

  /// There a one-shot role makes each change, and the table is behind what the policy grants.
  @Test
  void everyApprovalRunsOnceOnADatabaseThatEnforcesThePolicyItself() throws Exception {
    redeem(Raced.enforced(), 4, 50);
  }

  @Test
  @Tag("proof")
  void aThousandApprovalsRunExactlyAThousandTimes() throws Exception {
    int approvals = Integer.getInteger("sluice.test.approvals", 1000);
    List<String> rows = new ArrayList<>();
    for (Raced raced : List.of(Raced.brokered(), Raced.enforced())) {
      rows.add(redeem(raced, approvals, 50));
    }
    if (approvals >= 1000) {
      write(rows);
    }
  }

  /// @return a row of the page
  private String redeem(Raced shop, int approvals, int redeemers) throws Exception {
    shop.execute(
        "DROP TABLE IF EXISTS redeemed",
        "CREATE TABLE redeemed (id int PRIMARY KEY, runs int)",
        "INSERT INTO redeemed SELECT n, 0 FROM generate_series(1, " + approvals + ") n");
    StoreConfig store = TestServer.freshPostgreSqlStore();
    UnaryOperator<ServerConfig> change =
        config -> config.withStore(store).withTargets(List.of(shop.target()));
    try (TestServer one = TestServer.start(folder.resolve(shop.name()), change);
        TestServer two = TestServer.start(folder.resolve(shop.name()), change)) {
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
      assertThat(shop.value().apply("SELECT count(*) FROM redeemed WHERE runs = 1"))
          .isEqualTo(String.valueOf(approvals));
      assertThat(shop.value().apply("SELECT sum(runs) FROM redeemed"))
          .isEqualTo(String.valueOf(approvals));
      assertThat(owner.verify().verified()).isTrue();
      return "| "
          + String.join(
              " | ",
              shop.name(),
              "" + approvals,
              "" + redeemers,
              "" + ran.get(),
              "" + approvals,
              "" + new TreeMap<>(refused))
          + " |";
    }
  }

  private static void write(List<String> rows) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "# Approvals that are raced for",
                "",
                "Each approval for one run was redeemed by many at the same moment, on two servers"
                    + " over one PostgreSQL; the change counts its own runs. On an enforced"
                    + " database a one-shot role makes each change.",
                "",
                "| ring | approvals | redeemers of each | calls that ran | rows changed exactly"
                    + " once | other answers |",
                "|---|---:|---:|---:|---:|---|"));
    lines.addAll(rows);
    lines.addAll(
        List.of(
            "",
            "Repeat: `mvn -Pproof -pl server -am verify -Dtest=RedeemProofTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false`."));
    ProofPage.write("redeeming.md", lines);
  }
}
