package dev.sluice.bench;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.codec.wire.LogHead;
import dev.sluice.governance.codec.wire.NewApproval;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.server.Ids;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// What analysts, agents and approvers do all day, with the product's own client.
final class SoakWork {

  private static final double THINKS_MILLISECONDS = 2500;

  /// Another person was faster; the window says so too.
  private static final java.util.Set<String> OTHERS_WERE_FASTER =
      java.util.Set.of(
          "decided", "exhausted", "rejected", "cancelled", "expired", "revoked", "open");

  private final Map<String, Timing> timings = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> problems = new ConcurrentHashMap<>();
  private final AtomicLong ran = new AtomicLong();
  private final BooleanSupplier over;

  SoakWork(BooleanSupplier over) {
    this.over = over;
  }

  Timing timing(String action) {
    return timings.computeIfAbsent(action, name -> new Timing());
  }

  /// Statements that a person ran after approval, acknowledged.
  long ran() {
    return ran.get();
  }

  /// What went wrong, by code; what another person was faster with is not in it.
  Map<String, AtomicLong> problems() {
    return problems;
  }

  private interface Action {
    void run() throws WorkspaceProblem;
  }

  /// @param labels what the program says of itself, empty for a person
  void asks(HttpServerClient client, Map<String, String> labels, Random random) {
    Deque<String> waiting = new ArrayDeque<>();
    Lease[] lease = new Lease[1];
    measured("lease", () -> lease[0] = client.lease("shop"));
    String leaseId = lease[0] == null ? "" : lease[0].id();
    while (think(random)) {
      double dice = random.nextDouble();
      if (dice < 0.8) {
        reads(client, labels, leaseId, random);
      } else if (dice < 0.9) {
        measured("timeline", () -> client.timeline(new TimelineQuery("", Long.MAX_VALUE, 100)));
      } else if (waiting.size() < 3) {
        measured(
            "request",
            () ->
                waiting.add(
                    client
                        .requestApproval(
                            new NewApproval(
                                "shop",
                                "UPDATE counters SET n = n + 1 WHERE id = " + random.nextInt(200),
                                List.of(),
                                "soak",
                                "window",
                                labels))
                        .id()));
      }
      String oldest = waiting.poll();
      if (oldest != null && follow(client, oldest)) {
        waiting.add(oldest);
      }
    }
  }

  private void reads(
      HttpServerClient client, Map<String, String> labels, String leaseId, Random random) {
    String sql = "SELECT id, status FROM orders WHERE id = " + random.nextInt(200);
    String id = Ids.next();
    measured("statement announced", () -> client.intent(intent(id, sql, labels, leaseId)));
    measured(
        "statement ended",
        () ->
            client.outcome(
                new StatementOutcome(Ids.next(), id, "completed", 1, 3, "", Instant.now())));
  }

  /// @return whether it still waits
  private boolean follow(HttpServerClient client, String id) {
    ApprovalRequest[] found = new ApprovalRequest[1];
    measured("request looked at", () -> found[0] = client.request(id));
    if (found[0] == null || found[0].state() == ApprovalState.PENDING) {
      return true;
    }
    if (found[0].state() == ApprovalState.APPROVED) {
      measured(
          "approved statement run",
          () -> {
            client.runApproved(id);
            ran.incrementAndGet();
          });
    }
    return false;
  }

  void approves(HttpServerClient client, Random random) {
    while (think(random)) {
      measured(
          "inbox",
          () -> {
            List<ApprovalRequest> inbox = client.inbox();
            if (!inbox.isEmpty()) {
              ApprovalRequest one = inbox.get(random.nextInt(inbox.size()));
              Review.Verdict verdict =
                  random.nextInt(10) == 0 ? Review.Verdict.REJECT : Review.Verdict.APPROVE;
              measured("decision", () -> client.review(one.id(), verdict, "soak"));
            }
          });
    }
  }

  private void measured(String action, Action work) {
    long begun = System.nanoTime();
    try {
      work.run();
      timing(action).add((System.nanoTime() - begun) / 1e6);
    } catch (WorkspaceProblem e) {
      if (!action.equals("decision") || !OTHERS_WERE_FASTER.contains(e.code())) {
        problems
            .computeIfAbsent(action + ": " + e.code(), code -> new AtomicLong())
            .incrementAndGet();
      }
    }
  }

  /// @return whether to go on
  private boolean think(Random random) {
    long end =
        System.nanoTime()
            + (long) (-Math.log(1 - random.nextDouble()) * THINKS_MILLISECONDS * 1_000_000);
    try {
      while (System.nanoTime() < end && !over.getAsBoolean()) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !over.getAsBoolean();
  }

  private static StatementIntent intent(
      String id, String sql, Map<String, String> labels, String leaseId) {
    return new StatementIntent(
        id,
        Ids.next(),
        "shop",
        sql,
        sql,
        List.of(),
        "window",
        labels,
        "allow",
        "analysts-read",
        "",
        1,
        "",
        List.of("public.orders.id", "public.orders.status"),
        List.of(),
        leaseId,
        Instant.now(),
        LogHead.none());
  }
}
