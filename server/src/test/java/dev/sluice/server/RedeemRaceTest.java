package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedeemRaceTest {

  private static final int REDEEMERS = 50;

  @Test
  void ofFiftyParallelRedeemersExactlyOneRuns(@TempDir Path folder) throws Exception {
    GovernedShop shop = GovernedShop.running();
    shop.execute("UPDATE orders SET total = 0 WHERE id = 11");
    try (TestServer server = TestServer.start(folder)) {
      HttpServerClient analyst = server.signIn("analyst");
      ApprovalRequest asked =
          analyst.requestApproval(
              TestServer.wants("UPDATE orders SET total = total + 1 WHERE id = 11"));
      server.signIn("owner").review(asked.id(), Verdict.APPROVE, "");

      List<String> answers = Collections.synchronizedList(new ArrayList<>());
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> redeemers = new ArrayList<>();
      for (int i = 0; i < REDEEMERS; i++) {
        redeemers.add(
            Thread.startVirtualThread(
                () -> {
                  try {
                    start.await();
                    answers.add(Codes.of(() -> analyst.runApproved(asked.id())));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
      }
      start.countDown();
      for (Thread redeemer : redeemers) {
        redeemer.join();
      }

      assertThat(answers).hasSize(REDEEMERS);
      assertThat(answers.stream().filter("ok"::equals)).hasSize(1);
      assertThat(answers.stream().filter(answer -> !answer.equals("ok")))
          .allMatch(answer -> answer.equals("exhausted"));
      assertThat(shop.value("SELECT total FROM orders WHERE id = 11")).isEqualTo("1");
      assertThat(analyst.verify().verified()).isTrue();
    }
  }
}
