package dev.sluice.server.approvals;

import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.governance.approval.ApprovalEvent;
import dev.sluice.governance.approval.ApprovalMachine;
import dev.sluice.governance.approval.ApprovalRefusals;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Capsule;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.ApprovedRunner;
import dev.sluice.server.execution.Capsules;
import dev.sluice.server.execution.Judge;
import dev.sluice.server.execution.Judge.Judgement;
import dev.sluice.server.schema.SchemaHistory;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs approved requests. A use is consumed, and logged, in one commit before anything is sent; of
/// any number of parallel callers exactly as many run as there are uses. What a crash interrupts is
/// UNKNOWN_OUTCOME and never tried again.
public final class ApprovedRuns {

  private static final Logger LOG = LoggerFactory.getLogger(ApprovedRuns.class);

  /// The executor's word for a line that broke while the statement ran.
  private static final String LINE_LOST = "database-unreachable";

  /// How long a store that fails is tried again before the outcome is left to whoever starts next.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Store store;
  private final Approvals approvals;
  private final Judge judge;
  private final ApprovedRunner runner;
  private final String serverId;
  private final BiConsumer<Handle, String> requireThawed;
  private final SchemaHistory schemas;
  private final BiConsumer<Session, ApprovalRequest> confirmed;
  private final ChangeRecords changes;
  private final InstantSource clock;

  /// @param serverId names this process; another one's executions under way are not its own
  /// @param requireThawed refuses when writes on a connection are frozen
  /// @param confirmed returns when whoever wants a word on the run has given it; otherwise throws
  public ApprovedRuns(
      Store store,
      Approvals approvals,
      Judge judge,
      ApprovedRunner runner,
      String serverId,
      BiConsumer<Handle, String> requireThawed,
      SchemaHistory schemas,
      BiConsumer<Session, ApprovalRequest> confirmed,
      ChangeRecords changes,
      InstantSource clock) {
    this.store = store;
    this.approvals = approvals;
    this.judge = judge;
    this.runner = runner;
    this.serverId = serverId;
    this.requireThawed = requireThawed;
    this.schemas = schemas;
    this.confirmed = confirmed;
    this.changes = changes;
    this.clock = clock;
  }

  /// Runs the capsule once and answers when it is done.
  public ApprovedRun run(Session session, String requestId) {
    ApprovalRequest known = approvals.find(session, requestId);
    store.read(handle -> requireThawed(handle, known));
    // A first look without reading the catalog: most refusals end here.
    requireRunnable(ApprovalMachine.apply(known, redeemed(session, known.capsule()), now()));
    confirmed.accept(session, known);
    Judgement fresh = judged(known);
    Capsule current = Capsules.again(known, fresh);
    String useId = Ids.next();
    Consumed consumed =
        store.writeSurely(
            transaction -> consume(transaction, session, known, current, useId), PATIENCE);
    if (consumed.execution().isEmpty()) {
      throw Problems.refused(ApprovalRefusals.closed(consumed.request().state()));
    }
    Execution execution = consumed.execution().get();
    Grant grant =
        new Grant(
            requestId,
            execution.id(),
            consumed.request().capsule(),
            consumed.request().useBy(),
            consumed.request().rowCeiling());
    boolean watched = mayChangeSchema(fresh);
    if (watched) {
      schemas.before(known.capsule().connection());
    }
    ApprovedRunner.Ran ran = attempt(consumed.request(), grant, execution);
    if (watched) {
      schemas.after(consumed.request());
    }
    return finish(consumed.request(), session.actor(), execution, ran);
  }

  /// The uses of a request so far.
  public List<Execution> executions(Session session, String requestId) {
    approvals.find(session, requestId);
    return store.read(handle -> ApprovalTables.executions(handle, requestId));
  }

  /// Marks what processes that are gone left under way.
  ///
  /// @param alone no other process works on this store
  public void recover(boolean alone) {
    for (Execution left :
        store.read(handle -> ApprovalTables.leftBehind(handle, serverId, alone))) {
      LOG.warn("Execution {} was interrupted: its outcome is unknown.", left.id());
      store.write(
          transaction -> {
            Execution ended =
                ended(
                    left,
                    Execution.State.UNKNOWN_OUTCOME,
                    -1,
                    "The server stopped while it ran; nobody knows whether it took effect.");
            ApprovalRequest request =
                ApprovalTables.find(transaction.handle(), left.requestId()).orElseThrow().request();
            return end(
                transaction,
                request,
                ended,
                endOf(
                    request,
                    request.requester(),
                    ended,
                    "unknown",
                    "server-stopped",
                    -1,
                    Optional.empty()));
          });
    }
  }

  /// A freeze refuses before anything is consumed: the approval keeps its uses.
  private int requireThawed(Handle handle, ApprovalRequest request) {
    boolean reads =
        request.capsule().effects().stream().allMatch(effect -> effect.startsWith("READ"));
    if (!reads) {
      requireThawed.accept(handle, request.capsule().connection());
    }
    return 0;
  }

  private Judgement judged(ApprovalRequest request) {
    return judge.judge(
        request.requester(),
        request.capsule().connection(),
        request.capsule().text(),
        request.capsule().binds(),
        "server",
        true,
        Optional.empty());
  }

  /// What a capsule's effects are, without what they are on.
  private static List<String> kinds(ApprovalRequest request) {
    return request.capsule().effects().stream()
        .map(effect -> effect.split(" ", 2)[0])
        .distinct()
        .sorted()
        .toList();
  }

  private static boolean mayChangeSchema(Judgement judgement) {
    return judgement.request().analysis().effects().stream()
        .map(Effect::kind)
        .anyMatch(
            kind -> kind.changesSchema() || kind == EffectKind.CALL || kind == EffectKind.EXECUTE);
  }

  private record Consumed(ApprovalRequest request, Optional<Execution> execution) {}

  /// @param useId of this call alone: found in the store, an earlier try was committed after all
  private Consumed consume(
      Transaction transaction,
      Session session,
      ApprovalRequest known,
      Capsule current,
      String useId) {
    Instant now = now();
    requireThawed(transaction.handle(), known);
    ApprovalRequest before =
        ApprovalTables.find(transaction.handle(), known.id())
            .orElseThrow(() -> Problems.notFound("request"))
            .request();
    Optional<Execution> mine =
        ApprovalTables.executions(transaction.handle(), known.id()).stream()
            .filter(use -> use.id().equals(useId))
            .findFirst();
    if (mine.isPresent()) {
      return new Consumed(before, mine);
    }
    ApprovalRequest after =
        Approvals.moved(ApprovalMachine.apply(before, redeemed(session, current), now));
    if (after.uses() != before.uses() + 1) {
      approvals.keepEnded(transaction, before, after, now);
      return new Consumed(after, Optional.empty());
    }
    if (!ApprovalTables.compareAndSet(transaction.handle(), before, after, now)) {
      throw Problems.conflict();
    }
    AuditEvent begun =
        ApprovalEvents.of(
            "grant.redeemed",
            after,
            session.actor(),
            now,
            Map.of(
                "use", after.uses(),
                "verdict", "allow",
                "right", after.right().word(),
                "effects", kinds(after)),
            after.state().name(),
            useId);
    Execution execution =
        new Execution(useId, known.id(), Execution.State.EXECUTING, now, Optional.empty(), -1, "");
    ApprovalTables.insert(transaction.handle(), execution, after.uses(), serverId);
    approvals.tell(transaction, after, begun);
    return new Consumed(after, Optional.of(execution));
  }

  private ApprovedRunner.Ran attempt(ApprovalRequest known, Grant grant, Execution execution) {
    try {
      return runner.run(known, grant);
    } catch (ServerProblem e) {
      return ApprovedRunner.Ran.not(
          new ExecutionOutcome.Failed(
              "not-started",
              "",
              String.valueOf(e.getMessage()),
              java.util.OptionalInt.empty(),
              e.wayOut(),
              0,
              List.of()));
    } catch (RuntimeException e) {
      LOG.error("Execution {} broke off; its outcome is unknown.", execution.id(), e);
      return ApprovedRunner.Ran.not(new ExecutionOutcome.Cancelled(-1));
    }
  }

  private ApprovedRun finish(
      ApprovalRequest request, Actor by, Execution execution, ApprovedRunner.Ran ran) {
    Execution ended =
        switch (ran.outcome()) {
          case ExecutionOutcome.Completed completed ->
              ended(execution, Execution.State.EXECUTED, rows(completed), "");
          case ExecutionOutcome.Failed failed when !failed.code().equals(LINE_LOST) ->
              ended(execution, Execution.State.FAILED, -1, failed.message());
          case ExecutionOutcome.Failed lost -> brokeOff(execution);
          case ExecutionOutcome.Cancelled cancelled -> brokeOff(execution);
        };
    String state =
        switch (ended.state()) {
          case EXECUTED -> "completed";
          case FAILED -> "failed";
          case EXECUTING, UNKNOWN_OUTCOME -> "unknown";
        };
    String code = ran.outcome() instanceof ExecutionOutcome.Failed failed ? failed.code() : "";
    long milliseconds =
        ran.outcome() instanceof ExecutionOutcome.Completed completed
            ? completed.total().toMillis()
            : ended.endedAt().orElseThrow().toEpochMilli() - ended.startedAt().toEpochMilli();
    Optional<ChangeRecords.Sealed> rows =
        ended.state() == Execution.State.EXECUTED
            ? ran.kept().map(kept -> changes.sealed(request.id(), ended.id(), kept))
            : Optional.empty();
    AuditEvent told = endOf(request, by, ended, state, code, milliseconds, rows);
    // It ran: that it did must not get lost with a connection.
    store.writeSurely(
        transaction -> {
          boolean news = end(transaction, request, ended, told);
          rows.filter(held -> news)
              .ifPresent(held -> ChangeRecords.keep(transaction.handle(), held));
          return news;
        },
        PATIENCE);
    ApprovalRequest now =
        store
            .read(handle -> ApprovalTables.find(handle, request.id()))
            .map(ApprovalTables.Stored::request)
            .orElse(request);
    ExecutionOutcome.Completed completed =
        ran.outcome() instanceof ExecutionOutcome.Completed done ? done : null;
    return new ApprovedRun(
        now,
        ended,
        completed == null ? -1 : completed.updateCount(),
        ran.columns(),
        ran.rows(),
        completed != null && (completed.truncated() || completed.rows() > ran.rows().size()),
        milliseconds,
        completed == null ? List.of() : completed.warnings(),
        told.id());
  }

  private AuditEvent endOf(
      ApprovalRequest request,
      Actor by,
      Execution ended,
      String state,
      String code,
      long milliseconds,
      Optional<ChangeRecords.Sealed> rows) {
    return ApprovalEvents.of(
        "execution.ended",
        request,
        by,
        now(),
        Map.of(
            "of", ended.id(),
            "outcome", ended.state().name(),
            "rows", ended.rows(),
            "milliseconds", milliseconds,
            "errorCode", code,
            "rowsDigest", rows.map(ChangeRecords.Sealed::digest).orElse(""),
            "message", ended.message()),
        state,
        Ids.next());
  }

  /// Does nothing when it is known already how the use ended.
  private boolean end(
      Transaction transaction, ApprovalRequest request, Execution ended, AuditEvent told) {
    boolean news = ApprovalTables.end(transaction.handle(), ended, now());
    if (news) {
      approvals.tell(transaction, request, told);
    }
    return news;
  }

  private Execution brokeOff(Execution execution) {
    return ended(
        execution,
        Execution.State.UNKNOWN_OUTCOME,
        -1,
        "It broke off; nobody knows whether it took effect. Look before you ask again.");
  }

  private Execution ended(Execution execution, Execution.State state, long rows, String message) {
    return new Execution(
        execution.id(),
        execution.requestId(),
        state,
        execution.startedAt(),
        Optional.of(now()),
        rows,
        message);
  }

  private static long rows(ExecutionOutcome.Completed completed) {
    return completed.updateCount() >= 0 ? completed.updateCount() : completed.rows();
  }

  private static ApprovalEvent redeemed(Session session, Capsule capsule) {
    return new ApprovalEvent.Redeemed(session.actor(), capsule);
  }

  /// Refuses with words what would be refused anyway; what would only expire or go stale is left to
  /// the transaction that keeps it.
  private static void requireRunnable(dev.sluice.governance.approval.Transition transition) {
    ApprovalRequest next = Approvals.moved(transition);
    if (next.state() == ApprovalState.PENDING) {
      throw Problems.conflict();
    }
  }

  private Instant now() {
    return clock.instant();
  }
}
