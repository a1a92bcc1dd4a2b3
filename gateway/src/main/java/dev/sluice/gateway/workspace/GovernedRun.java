package dev.sluice.gateway.workspace;

import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.decision.MemoryBudget;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.execution.Cancellation;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.execution.ExecutionRequest;
import dev.sluice.gateway.execution.ResultReceiver;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.codec.wire.ChangeSetRun;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Permit;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One statement on its way: decide here, announce to the journal and the server, run under the
/// lease, tell the outcome. On a thread of its own.
final class GovernedRun implements Run, ResultReceiver {

  /// How long a database may take to obey a cancellation before its session is given up.
  private static final Duration OBEY = Duration.ofSeconds(3);

  /// What a run needs from its workspace.
  record Parts(
      ServerClient client,
      LocalCore core,
      PolicyHolder policies,
      UnmaskHolder unmasked,
      Journal journal,
      OutcomeSpool outcomes,
      MemoryBudget budget,
      MaskKeys keys,
      Origin origin,
      InstantSource clock) {}

  private final Parts parts;
  private final ConnectionRoad road;
  private final BackendSource backends;
  private final StatementText statement;
  private final Consumer<RunEvent> listener;
  private final Announcements announcements;
  private final Cancellation cancellation = new Cancellation();
  private final long started = System.nanoTime();
  /// Why an allowed change did not run, or a person's transaction could not hold it.
  private static final String ONLY_READS = "only-reads";

  private volatile boolean done;
  private OptionalLong exportRows = OptionalLong.empty();
  private Map<String, String> rowFilters = Map.of();
  private Optional<ShownSoFar> shown = Optional.empty();

  GovernedRun(
      Parts parts,
      ConnectionRoad road,
      BackendSource backends,
      StatementText statement,
      Consumer<RunEvent> listener) {
    this.parts = parts;
    this.road = road;
    this.backends = backends;
    this.statement = statement;
    this.listener = listener;
    this.announcements = new Announcements(parts, road);
  }

  Run start() {
    Thread.ofPlatform().daemon().name("sluice-run").start(this::run);
    return this;
  }

  @Override
  public void abandon() {
    cancellation.abandon();
  }

  @Override
  public void cancel() {
    cancellation.cancel();
    Thread.ofPlatform()
        .daemon()
        .name("sluice-obey")
        .start(
            () -> {
              try {
                Thread.sleep(OBEY);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              if (!done) {
                cancellation.abandon();
              }
            });
  }

  @Override
  public boolean isDone() {
    return done;
  }

  private void run() {
    RunEvent last;
    try {
      last = decideAndRun();
    } catch (WorkspaceProblem e) {
      last = new RunEvent.Failed(e);
    } catch (RuntimeException e) {
      last = new RunEvent.Failed(internal(e));
    }
    done = true;
    listener.accept(last);
  }

  private RunEvent decideAndRun() throws WorkspaceProblem {
    listener.accept(new RunEvent.StateChanged(RunEvent.State.DECIDING));
    CatalogSnapshot read = road.catalog(false);
    ReadyPolicy policy = parts.policies().on(road);
    CatalogSnapshot catalog = read.withFunctions(policy.bundle().functions());
    StatementAnalysis analysis =
        parts.core().analyzer().analyze(statement, road.context().engine(), catalog);
    Decision decision =
        policy
            .engine()
            .decide(
                announcements.request(
                    analysis, catalog, backends.inTransaction(), Optional.empty()));
    String id = StatementEvents.newId();
    if (decision instanceof Decision.Allow permitted
        && analysis.changes()
        && !analysis.kind().equals("EXPLAIN")
        && !road.mayWrite()) {
      return byServer(id, catalog, analysis, permitted);
    }
    if (decision instanceof Decision.Allow allow) {
      return cancellation.isRequested()
          ? new RunEvent.Cancelled()
          : announceAndRun(id, policy, catalog, analysis, allow);
    }
    announcements.write(announcements.event(id, analysis, decision));
    announcements.write(
        StatementEvents.notRun(id, parts.clock().instant(), parts.client().me(), decision.word()));
    announcements.tellRefusal(id, analysis, decision, catalog);
    return new RunEvent.Refused(analysis, decision);
  }

  /// A transaction that spans the server's changes and a session that only reads is none.
  private static WorkspaceProblem onlyReads() {
    return new WorkspaceProblem(
        ONLY_READS,
        WorkspaceProblem.Blame.USER,
        "The login that is lent to you on this connection only reads, so a transaction of yours"
            + " cannot hold a change.",
        "End the transaction and run the change by itself: the server makes it in a transaction of"
            + " its own.");
  }

  /// The lent login only reads: the server makes the change.
  private RunEvent byServer(
      String id, CatalogSnapshot catalog, StatementAnalysis analysis, Decision.Allow allow)
      throws WorkspaceProblem {
    announcements.write(announcements.event(id, analysis, allow));
    if (backends.inTransaction() || cancellation.isRequested()) {
      announcements.write(
          StatementEvents.notRun(
              id,
              parts.clock().instant(),
              parts.client().me(),
              backends.inTransaction() ? ONLY_READS : "cancelled"));
      if (backends.inTransaction()) {
        throw onlyReads();
      }
      return new RunEvent.Cancelled();
    }
    listener.accept(new RunEvent.StateChanged(RunEvent.State.RUNNING));
    ChangeSetRun run =
        new ServerChanges(parts, road)
            .send(List.of(new ServerChanges.Ready(id, analysis, allow, -1)), catalog);
    if (!run.state().equals(ChangeSetRun.COMPLETED)) {
      return new RunEvent.Failed(ServerChanges.problem(run));
    }
    ServerRows.tell(run.columns(), run.rows(), listener);
    return new RunEvent.Completed(
        run.updateCounts().getFirst(),
        run.rows().size(),
        run.truncated(),
        Duration.ZERO,
        Duration.ofNanos(System.nanoTime() - started),
        run.warnings(),
        id);
  }

  private RunEvent announceAndRun(
      String id,
      ReadyPolicy policy,
      CatalogSnapshot catalog,
      StatementAnalysis analysis,
      Decision.Allow allow)
      throws WorkspaceProblem {
    listener.accept(new RunEvent.StateChanged(RunEvent.State.QUEUED));
    Permit permit = allow.permit();
    exportRows = permit.limits().exportRows();
    rowFilters = named(permit.rowFilters());
    shown = toKeep(policy, analysis);
    JdbcBackend backend = backends.take(analysis);
    ExecutionOutcome outcome;
    try {
      String lease = road.leaseId();
      announcements.write(announcements.event(id, analysis, allow));
      try {
        if (!road.isOwn()) {
          parts
              .client()
              .intent(
                  announcements.intent(id, analysis, allow, catalog, permit.textToSend(), lease));
        }
      } catch (WorkspaceProblem e) {
        announcements.write(
            StatementEvents.notRun(id, parts.clock().instant(), parts.client().me(), e.code()));
        throw e;
      }
      parts.budget().spend(permit.equalities());
      listener.accept(new RunEvent.StateChanged(RunEvent.State.RUNNING));
    } catch (WorkspaceProblem | RuntimeException e) {
      backends.unused(backend);
      throw e;
    }
    try {
      outcome = execute(policy, catalog, permit, backend);
    } catch (RuntimeException e) {
      backend.abandon();
      backends.unused(backend);
      throw e;
    }
    backends.done(backend, outcome);
    announcements.write(
        StatementEvents.outcome(id, parts.clock().instant(), parts.client().me(), outcome));
    if (!road.isOwn()) {
      parts.outcomes().send(outcome(id, outcome));
    }
    return last(id, outcome);
  }

  private static Map<String, String> named(Map<TableRef, String> filters) {
    Map<String, String> named = new TreeMap<>();
    filters.forEach((table, filter) -> named.put(table.dotted(), filter));
    return named;
  }

  private Optional<ShownSoFar> toKeep(ReadyPolicy policy, StatementAnalysis analysis) {
    String name = road.context().name();
    return road.context().labels().getOrDefault(ShownSoFar.LABEL, "").equals("none")
        ? Optional.empty()
        : Optional.of(new ShownSoFar(analysis, column -> policy.sights().classified(name, column)));
  }

  private ExecutionOutcome execute(
      ReadyPolicy policy, CatalogSnapshot catalog, Permit permit, JdbcBackend backend) {
    return parts
        .core()
        .executor()
        .execute(
            new ExecutionRequest(
                permit,
                catalog,
                column -> policy.sights().classified(road.context().name(), column),
                parts.keys()),
            backend,
            this,
            cancellation);
  }

  private StatementOutcome outcome(String id, ExecutionOutcome outcome) {
    return new StatementOutcome(
        StatementEvents.newId(),
        id,
        StatementEvents.state(outcome),
        StatementEvents.rows(outcome),
        Duration.ofNanos(System.nanoTime() - started).toMillis(),
        StatementEvents.error(outcome),
        parts.clock().instant(),
        outcome instanceof ExecutionOutcome.Completed
            ? shown.flatMap(ShownSoFar::kept)
            : Optional.empty());
  }

  private RunEvent last(String id, ExecutionOutcome outcome) {
    return switch (outcome) {
      case ExecutionOutcome.Completed completed ->
          new RunEvent.Completed(
              completed.updateCount(),
              completed.rows(),
              completed.truncated(),
              completed.firstRow(),
              Duration.ofNanos(System.nanoTime() - started),
              warnings(completed),
              id);
      case ExecutionOutcome.Failed failed ->
          new RunEvent.Failed(
              new WorkspaceProblem(
                  failed.code(), blame(failed), words(failed), failed.wayOut(), failed.sqlState()));
      case ExecutionOutcome.Cancelled cancelled -> new RunEvent.Cancelled();
    };
  }

  private List<String> warnings(ExecutionOutcome.Completed completed) {
    List<String> warnings = new java.util.ArrayList<>(completed.warnings());
    completed.incidents().forEach(incident -> warnings.add(incident.detail()));
    rowFilters.forEach(
        (table, filter) -> warnings.add("You see only your rows of " + table + ": " + filter));
    return warnings;
  }

  private static WorkspaceProblem.Blame blame(ExecutionOutcome.Failed failed) {
    return switch (failed.code()) {
      case "database-error" -> WorkspaceProblem.Blame.USER;
      case "result-not-as-planned", "permit-used", "more-than-one-result" ->
          WorkspaceProblem.Blame.INTERNAL;
      default -> WorkspaceProblem.Blame.DATABASE;
    };
  }

  private String words(ExecutionOutcome.Failed failed) {
    if (failed.position().isEmpty()) {
      return failed.message();
    }
    String before = statement.text().substring(0, failed.position().getAsInt());
    long line = before.lines().count() + (before.endsWith("\n") || before.isEmpty() ? 1 : 0);
    int column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length()) + 1;
    return failed.message() + " (line " + line + ", column " + column + ")";
  }

  private static WorkspaceProblem internal(RuntimeException problem) {
    return new WorkspaceProblem(
        "internal",
        WorkspaceProblem.Blame.INTERNAL,
        "This program made an error (" + problem.getClass().getSimpleName() + ").",
        "Run it again; if it stays so, report it.");
  }

  @Override
  public void columns(List<Column> columns) {
    shown.ifPresent(kept -> kept.columns(columns));
    listener.accept(
        new RunEvent.ColumnsKnown(
            columns.stream()
                .map(
                    column ->
                        new RunEvent.ResultColumn(column.label(), column.typeName(), column.mask()))
                .toList(),
            exportRows));
    listener.accept(new RunEvent.StateChanged(RunEvent.State.STREAMING));
  }

  @Override
  public void rows(List<@Nullable Object[]> rows) {
    shown.ifPresent(kept -> kept.rows(rows));
    listener.accept(new RunEvent.Rows(rows));
  }
}
