package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceEvent;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two identical processes over one PostgreSQL.
class TwoServersTest {

  @Test
  void whatIsDecidedOnOneServerIsPushedAndRunExactlyOnceOnBoth(@TempDir Path folder)
      throws Exception {
    GovernedShop shop = GovernedShop.running();
    shop.execute("UPDATE orders SET total = 0 WHERE id = 31");
    StoreConfig store = TestServer.freshPostgreSqlStore();
    try (TestServer one = TestServer.start(folder, config -> config.withStore(store));
        TestServer two = TestServer.start(folder, config -> config.withStore(store))) {
      HttpServerClient here = one.signIn("analyst");
      HttpServerClient there = two.signIn("analyst");
      BlockingQueue<WorkspaceEvent> seen = new LinkedBlockingQueue<>();
      try (Workspace.Subscription subscription = here.subscribe(seen::add)) {
        ApprovalRequest asked =
            here.requestApproval(
                TestServer.wants("UPDATE orders SET total = total + 1 WHERE id = 31"));
        two.signIn("owner").review(asked.id(), Verdict.APPROVE, "");
        awaitApproved(seen);

        List<String> answers = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> redeemers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          HttpServerClient client = i % 2 == 0 ? here : there;
          redeemers.add(
              Thread.startVirtualThread(
                  () -> {
                    try {
                      start.await();
                      answers.add(Codes.of(() -> client.runApproved(asked.id())));
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
        }
        start.countDown();
        for (Thread redeemer : redeemers) {
          redeemer.join();
        }
        assertThat(answers.stream().filter("ok"::equals)).hasSize(1);
        assertThat(shop.value("SELECT total FROM orders WHERE id = 31")).isEqualTo("1");
      }
      assertThat(there.timeline(new TimelineQuery("total", Long.MAX_VALUE, 10)).entries())
          .isNotEmpty();
      assertThat(here.verify().verified()).isTrue();
      assertThat(there.verify().verified()).isTrue();
    }
  }

  private static void awaitApproved(BlockingQueue<WorkspaceEvent> seen)
      throws InterruptedException {
    for (int tries = 0; tries < 100; tries++) {
      WorkspaceEvent event = seen.poll(20, TimeUnit.SECONDS);
      assertThat(event).as("the next push").isNotNull();
      if (event instanceof WorkspaceEvent.RequestChanged changed
          && changed.request().state() == ApprovalState.APPROVED) {
        return;
      }
    }
    throw new AssertionError("The approval was never pushed.");
  }
}
