package dev.sluice.server.approvals;

import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.codec.wire.RowChanges;
import dev.sluice.server.ApprovalProblems;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.ApprovedRunner;
import dev.sluice.server.execution.Capsules;
import dev.sluice.server.execution.Judge;
import dev.sluice.server.execution.KeptRows;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// Tries the statement of a request for those who decide it: run and rolled back. Written to the
/// log before it is sent. One at a time for each request.
public final class DryRuns {

  private final Store store;
  private final Approvals approvals;
  private final Judge judge;
  private final ApprovedRunner runner;
  private final ChangeRecords changes;
  private final BiConsumer<Handle, String> requireThawed;
  private final InstantSource clock;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /// @param requireThawed refuses when writes on a connection are frozen
  public DryRuns(
      Store store,
      Approvals approvals,
      Judge judge,
      ApprovedRunner runner,
      ChangeRecords changes,
      BiConsumer<Handle, String> requireThawed,
      InstantSource clock) {
    this.store = store;
    this.approvals = approvals;
    this.judge = judge;
    this.runner = runner;
    this.changes = changes;
    this.requireThawed = requireThawed;
    this.clock = clock;
  }

  /// What the statement would do, as this person sees it.
  public RowChanges run(Session session, String requestId) {
    ApprovalRequest request = approvals.find(session, requestId);
    requireTriable(session, request);
    if (!underWay.add(requestId)) {
      throw ApprovalProblems.refused(
          "dry-run-under-way",
          "Somebody is trying this statement right now.",
          "Try again in half a minute.");
    }
    try {
      return run(session, request);
    } finally {
      underWay.remove(requestId);
    }
  }

  private void requireTriable(Session session, ApprovalRequest request) {
    if (!approvals.mayDecide(request, session.actor())) {
      throw ApprovalProblems.refused(
          "dry-run-not-yours",
          "Only those who may decide a request try its statement.",
          "Ask one of them; each try is written to the log.");
    }
    if (request.state() != ApprovalState.PENDING && request.state() != ApprovalState.APPROVED) {
      throw ApprovalProblems.refused(
          "dry-run-too-late",
          "The request is " + request.state().name().toLowerCase(java.util.Locale.ROOT) + ".",
          "Look at what it did, or ask for the same again.");
    }
  }

  private RowChanges run(Session session, ApprovalRequest request) {
    Judge.Judgement fresh =
        judge.judge(
            request.requester(),
            request.capsule().connection(),
            request.capsule().text(),
            request.capsule().binds(),
            "server",
            true,
            Optional.empty());
    List<String> differences = request.capsule().differences(Capsules.again(request, fresh));
    if (!differences.isEmpty()) {
      throw ApprovalProblems.refused(
          "dry-run-stale",
          "Since it was asked, this changed: " + String.join(", ", differences) + ".",
          "Have it asked again.");
    }
    store.write(
        transaction -> {
          requireThawed.accept(transaction.handle(), request.capsule().connection());
          approvals.append(
              transaction,
              ApprovalEvents.of(
                  "approval.tried",
                  request,
                  session.actor(),
                  clock.instant(),
                  Map.of(),
                  request.state().name(),
                  Ids.next()));
          return true;
        });
    Grant shape =
        new Grant(
            request.id(),
            "dry-run",
            request.capsule(),
            clock.instant().plus(Duration.ofMinutes(1)));
    ApprovedRunner.Ran ran = runner.dryRun(request.requester(), shape);
    return switch (ran.outcome()) {
      case ExecutionOutcome.Completed completed -> shown(session, request, ran, completed);
      case ExecutionOutcome.Failed failed ->
          throw ApprovalProblems.refused("dry-run-failed", failed.message(), failed.wayOut());
      case ExecutionOutcome.Cancelled cancelled -> throw Problems.conflict();
    };
  }

  private RowChanges shown(
      Session session,
      ApprovalRequest request,
      ApprovedRunner.Ran ran,
      ExecutionOutcome.Completed completed) {
    KeptRows kept = ran.kept().orElseThrow();
    long rows = completed.updateCount() >= 0 ? completed.updateCount() : completed.rows();
    RowChanges shown = changes.shown(session.actor(), request, Optional.empty(), kept, rows);
    return new RowChanges(
        shown.requestId(),
        "",
        true,
        rows,
        shown.rowCeiling(),
        shown.table(),
        shown.key(),
        shown.columns(),
        shown.changes(),
        shown.truncated(),
        shown.withheld(),
        shown.sideEffects(),
        new RowChanges.Undo(
            "", shown.undo().offered() ? "It has not run yet." : shown.undo().refusal()),
        completed.total().toMillis());
  }
}
