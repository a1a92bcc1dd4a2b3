package dev.sluice.server.execution;

import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.Cancellation;
import dev.sluice.gateway.execution.ExecutionOutcome;
import dev.sluice.gateway.execution.ExecutionRequest;
import dev.sluice.gateway.execution.GovernedExecutor;
import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.wire.ChangeSet;
import dev.sluice.governance.codec.wire.ChangeSetRun;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.masking.MaskKeys;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.Permit;
import dev.sluice.governance.sql.EffectKind;
import dev.sluice.server.ApprovalProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.directory.Session;
import dev.sluice.server.execution.Judge.Judgement;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.schema.SchemaHistory;
import dev.sluice.server.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes changes that the policy allows without approval, where the login that is lent to people
/// only reads. Each is announced like every statement, decided anew here, and made at most once;
/// all of one set are one transaction, within the connection's row ceiling. What a crash interrupts
/// has an unknown outcome and is never tried again.
public final class AllowedChanges {

  private static final Logger LOG = LoggerFactory.getLogger(AllowedChanges.class);
  private static final int MOST_ROWS = 10_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /// How long a store that fails is tried again before the outcome is left to whoever starts next.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Set<EffectKind> MADE_HERE =
      Set.of(
          EffectKind.READ,
          EffectKind.INSERT,
          EffectKind.UPDATE,
          EffectKind.DELETE,
          EffectKind.MERGE,
          EffectKind.TRUNCATE,
          EffectKind.CREATE,
          EffectKind.ALTER,
          EffectKind.DROP,
          EffectKind.RENAME);

  private static final Set<EffectKind> CHANGES_SCHEMA =
      Set.of(EffectKind.CREATE, EffectKind.ALTER, EffectKind.DROP, EffectKind.RENAME);

  /// What would be gone with the session that made it.
  private static final Pattern TEMPORARY =
      Pattern.compile(
          "(?i)^\\s*CREATE\\s+(OR\\s+REPLACE\\s+)?((GLOBAL|LOCAL)\\s+)?TEMP(ORARY)?\\b"
              + "|\\bINTO\\s+TEMP(ORARY)?\\b|\\bINTO\\s+\\[?#");

  private final Store store;
  private final Ledger ledger;
  private final Statements statements;
  private final StatementIntake intake;
  private final Judge judge;
  private final GovernedExecutor executor;
  private final MaskKeys keys;
  private final SchemaHistory schemas;
  private final Function<Actor, List<UnmaskGrant>> unmasked;
  private final String serverId;
  private final InstantSource clock;

  /// @param unmasked the masks that are lifted for somebody now
  /// @param serverId names this process; what another one has under way is not its own
  public AllowedChanges(
      Store store,
      Ledger ledger,
      Statements statements,
      StatementIntake intake,
      Judge judge,
      GovernedExecutor executor,
      MaskKeys keys,
      SchemaHistory schemas,
      Function<Actor, List<UnmaskGrant>> unmasked,
      String serverId,
      InstantSource clock) {
    this.store = store;
    this.ledger = ledger;
    this.statements = statements;
    this.intake = intake;
    this.judge = judge;
    this.executor = executor;
    this.keys = keys;
    this.schemas = schemas;
    this.unmasked = unmasked;
    this.serverId = serverId;
    this.clock = clock;
  }

  private record Made(ChangeSet.Change change, Judgement judgement, Permit permit) {}

  /// Makes all changes of a set, or none.
  ///
  /// @throws ServerProblem when one of them is not let through; nothing was sent then
  public ChangeSetRun run(Session session, ChangeSet set) {
    String connection = checked(set);
    List<StatementIntent> taken = new ArrayList<>();
    List<Made> changes;
    try {
      for (ChangeSet.Change change : set.changes()) {
        StatementIntent intent = change.intent();
        intake.take(
            session,
            intent,
            transaction ->
                ChangeClaims.take(transaction.handle(), intent.id(), serverId, clock.instant()));
        taken.add(intent);
      }
      changes = judged(session, set);
    } catch (ServerProblem refused) {
      record(taken, "failed", List.of(), 0, "not-sent");
      throw refused;
    }
    boolean watched =
        changes.stream()
            .flatMap(made -> made.permit().analysis().effects().stream())
            .anyMatch(effect -> CHANGES_SCHEMA.contains(effect.kind()));
    if (watched) {
      schemas.before(connection);
    }
    long started = System.nanoTime();
    ChangeSetRun run;
    try {
      run = attempt(connection, changes, started);
    } catch (ServerProblem refused) {
      record(taken, "failed", List.of(), elapsed(started), "not-started");
      throw refused;
    } catch (RuntimeException e) {
      LOG.error("A change on {} broke off; its outcome is unknown.", connection, e);
      run = unknown(started);
    }
    record(
        taken,
        run.state().equals(ChangeSetRun.NOT_AS_EXPECTED) ? ChangeSetRun.FAILED : run.state(),
        rows(run),
        run.milliseconds(),
        run.sqlState().isEmpty() ? run.code() : run.sqlState());
    if (watched) {
      schemas.after(connection, session.actor());
    }
    return run;
  }

  /// Affected rows of each, and of the last one at least those that it gave back.
  private static List<Long> rows(ChangeSetRun run) {
    if (!run.state().equals(ChangeSetRun.COMPLETED)) {
      return List.of();
    }
    List<Long> rows = new ArrayList<>(run.updateCounts());
    if (rows.getLast() < 0) {
      rows.set(rows.size() - 1, (long) run.rows().size());
    }
    return rows;
  }

  private static String checked(ChangeSet set) {
    if (set.changes().isEmpty() || set.changes().size() > ChangeSet.MOST) {
      throw Problems.malformed("A set has 1 to " + ChangeSet.MOST + " changes.");
    }
    Set<String> connections = new java.util.TreeSet<>();
    for (ChangeSet.Change change : set.changes()) {
      connections.add(change.intent().connection());
      if (!change.intent().verdict().equals("allow") || !change.intent().leaseId().isEmpty()) {
        throw Problems.malformed("A change of a set is allowed, and runs under no lease.");
      }
    }
    if (connections.size() > 1) {
      throw Problems.malformed("All changes of a set are on one connection.");
    }
    return connections.iterator().next();
  }

  private List<Made> judged(Session session, ChangeSet set) {
    List<Made> made = new ArrayList<>();
    for (ChangeSet.Change change : set.changes()) {
      StatementIntent intent = change.intent();
      Judgement judgement =
          judge.judge(
              Labelled.actor(session.actor(), intent.labels(), intent.statement()),
              intent.connection(),
              intent.statement(),
              intent.binds(),
              intent.origin(),
              false,
              Optional.empty(),
              unmasked.apply(session.actor()));
      if (!(judgement.decision() instanceof Decision.Allow allow)
          || !allow.permit().textToSend().equals(intent.printed())) {
        throw Problems.decision(
            "server-decided-otherwise",
            judgement.decision() instanceof Decision.Allow
                ? "The server would send another text than the one announced."
                : judgement.decision().proof().reason(),
            "Refresh the policy and the catalog, and run it again.");
      }
      requireMadeHere(allow.permit());
      made.add(new Made(change, judgement, allow.permit()));
    }
    return made;
  }

  private static void requireMadeHere(Permit permit) {
    boolean known =
        permit.analysis().effects().stream().allMatch(effect -> MADE_HERE.contains(effect.kind()));
    if (!permit.analysis().changes() || !known || TEMPORARY.matcher(permit.textToSend()).find()) {
      throw ApprovalProblems.refused(
          "not-made-by-server",
          "The login that is lent to you on this connection only reads, and the server makes"
              + " lasting changes of rows and tables in your place, nothing that belongs to a"
              + " session.",
          "Do without the temporary table, the setting or the call, or ask the connection's owner"
              + " to run it.");
    }
  }

  private ChangeSetRun attempt(String connection, List<Made> changes, long started) {
    GovernedDatabase database = judge.database(connection);
    List<Long> counts = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    try (GovernedDatabase.Opened opened =
            database.open(
                changes.stream().map(made -> made.permit().analysis()).toList(), longest(changes));
        ChangeTransaction transaction =
            new ChangeTransaction(
                opened.session(),
                database.target().definition().engine(),
                database.target().rowCeiling())) {
      CollectedRows last = new CollectedRows(MOST_ROWS);
      long delivered = 0;
      boolean cut = false;
      try {
        transaction.begin(changes.size() > 1);
        for (int at = 0; at < changes.size(); at++) {
          Made made = changes.get(at);
          last = new CollectedRows(MOST_ROWS);
          ExecutionOutcome outcome =
              executor.execute(
                  new ExecutionRequest(
                      made.permit(),
                      made.judgement().request().catalog(),
                      column ->
                          made.judgement().policy().loaded().classified().test(connection, column),
                      keys),
                  transaction,
                  last,
                  new Cancellation());
          if (!(outcome instanceof ExecutionOutcome.Completed done)) {
            transaction.takeBack();
            return failed(outcome, at, started);
          }
          counts.add(done.updateCount());
          warnings.addAll(done.warnings());
          delivered = done.rows();
          cut = done.truncated();
          if (made.change().expected() >= 0 && done.updateCount() != made.change().expected()) {
            transaction.takeBack();
            return notAsExpected(at, counts, started);
          }
        }
      } catch (BackendFailure e) {
        transaction.takeBack();
        return failed(
            "database-error",
            e.sqlState(),
            "The database did not open a transaction for it.",
            "Try again in a minute; if it stays so, tell the connection's owner.",
            0,
            started);
      }
      try {
        transaction.commit();
      } catch (BackendFailure e) {
        return e.kind() == BackendFailure.Kind.STATEMENT
            ? failed(
                "database-error",
                e.sqlState(),
                "The database refused to keep the changes; it has taken all of them back.",
                "See which constraint is checked at the end of a transaction, and run it again.",
                changes.size() - 1,
                started)
            : unknown(started);
      }
      return new ChangeSetRun(
          ChangeSetRun.COMPLETED,
          -1,
          counts,
          last.columns(),
          last.rows(),
          cut || last.isCut(delivered),
          elapsed(started),
          warnings,
          "",
          "",
          "",
          "");
    }
  }

  private static Duration longest(List<Made> changes) {
    return changes.stream()
        .map(made -> made.permit().limits().seconds())
        .filter(java.util.OptionalLong::isPresent)
        .map(seconds -> Duration.ofSeconds(Math.max(1, seconds.getAsLong())))
        .min(java.util.Comparator.naturalOrder())
        .orElse(LONGEST);
  }

  private static ChangeSetRun failed(ExecutionOutcome outcome, int at, long started) {
    return outcome instanceof ExecutionOutcome.Failed failed
        ? failed(failed.code(), failed.sqlState(), failed.message(), failed.wayOut(), at, started)
        : failed("cancelled", "", "It was given up.", "Run it again.", at, started);
  }

  private static ChangeSetRun failed(
      String code, String sqlState, String message, String wayOut, int at, long started) {
    return ended(ChangeSetRun.FAILED, at, List.of(), started, code, sqlState, message, wayOut);
  }

  private static ChangeSetRun notAsExpected(int at, List<Long> counts, long started) {
    return ended(
        ChangeSetRun.NOT_AS_EXPECTED,
        at,
        counts,
        started,
        "not-as-expected",
        "",
        "A change would have affected another number of rows than it is about; nothing stays.",
        "Look at the rows again, and repeat what still applies.");
  }

  private static ChangeSetRun unknown(long started) {
    return ended(
        ChangeSetRun.UNKNOWN,
        -1,
        List.of(),
        started,
        "outcome-unknown",
        "",
        "It broke off; nobody knows whether it took effect.",
        "Look at the data before you run it again.");
  }

  private static ChangeSetRun ended(
      String state,
      int at,
      List<Long> counts,
      long started,
      String code,
      String sqlState,
      String message,
      String wayOut) {
    return new ChangeSetRun(
        state,
        at,
        counts,
        List.of(),
        List.of(),
        false,
        elapsed(started),
        List.of(),
        code,
        sqlState,
        message,
        wayOut);
  }

  private static long elapsed(long started) {
    return Duration.ofNanos(System.nanoTime() - started).toMillis();
  }

  /// It ran, or did not: that must not get lost with a connection.
  private void record(
      List<StatementIntent> taken, String state, List<Long> rows, long milliseconds, String code) {
    if (taken.isEmpty()) {
      return;
    }
    store.writeSurely(
        transaction -> {
          for (int at = 0; at < taken.size(); at++) {
            String id = taken.get(at).id();
            AuditEvent intent =
                ledger
                    .event(transaction.handle(), id)
                    .orElseThrow(() -> Problems.notFound("intent"));
            if (ChangeClaims.end(transaction.handle(), id)) {
              long affected = at < rows.size() ? rows.get(at) : -1;
              statements.ended(transaction, intent, state, affected, milliseconds, code);
            }
          }
          return taken.size();
        },
        PATIENCE);
  }

  /// Marks what processes that are gone left under way.
  ///
  /// @param alone no other process works on this store
  public void recover(boolean alone) {
    for (String left : store.read(handle -> ChangeClaims.leftBehind(handle, serverId, alone))) {
      LOG.warn("The change {} was interrupted: its outcome is unknown.", left);
      store.write(
          transaction -> {
            boolean news = ChangeClaims.end(transaction.handle(), left);
            if (news) {
              ledger
                  .event(transaction.handle(), left)
                  .ifPresent(
                      intent ->
                          statements.ended(
                              transaction, intent, "unknown", -1, -1, "server-stopped"));
            }
            return news;
          });
    }
  }
}
