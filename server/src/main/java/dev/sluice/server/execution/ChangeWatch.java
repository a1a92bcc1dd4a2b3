package dev.sluice.server.execution;

import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.Backend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.Permit;
import dev.sluice.governance.sql.ChangedTable;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Effect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.server.ApprovalProblems;
import dev.sluice.server.ServerProblem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Everything around the session of one approved statement: the second session that sees what was
/// there before, what happens besides, and the transaction that lasts or does not.
final class ChangeWatch implements AutoCloseable {

  private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
  private static final Duration LOCK_WAIT_DRY_RUN = Duration.ofSeconds(2);

  private final Backend session;
  private final @Nullable Backend other;

  private ChangeWatch(Backend session, @Nullable Backend other) {
    this.session = session;
    this.other = other;
  }

  /// @throws ServerProblem when a dry run could leave something behind
  static ChangeWatch of(
      GovernedDatabase.Opened opened, DecisionRequest request, Permit permit, boolean dryRun) {
    StatementAnalysis analysis = permit.analysis();
    boolean transactional =
        switch (analysis.dialect()) {
          case POSTGRESQL, MARIADB, MYSQL -> true;
          case SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI -> false;
        };
    if (!transactional || analysis.readsOnly() || ChangeRights.of(analysis).isEmpty()) {
      if (dryRun) {
        throw refused(
            transactional
                ? "Only statements that change rows are tried."
                : "Changes are tried on PostgreSQL and MariaDB only, not on this engine.");
      }
      return new ChangeWatch(opened.session(), null);
    }
    return changing(opened, request, permit, dryRun);
  }

  private static ChangeWatch changing(
      GovernedDatabase.Opened opened, DecisionRequest request, Permit permit, boolean dryRun) {
    Dialect dialect = permit.analysis().dialect();
    Optional<ChangedTable> plain =
        ChangedTable.of(permit.textToSend(), dialect, ParserWorker.onCallerThread());
    Optional<Relation> table = table(request, permit.analysis());
    if (plain.isEmpty() || table.isEmpty()) {
      String why =
          "It is not a plain INSERT, UPDATE or DELETE of one table, so its rows cannot be told for"
              + " certain.";
      if (dryRun) {
        throw refused(why);
      }
      return new ChangeWatch(
          watched(opened, dialect, false, affected -> KeptRows.none(why, List.of())), null);
    }
    Backend other = null;
    try {
      other = JdbcBackend.open(opened.sessions());
      SideEffects effects =
          SideEffects.of(
              other, dialect, plain.get(), table.get().ref(), permit.analysis().functions());
      if (dryRun && !effects.noDryRun().isEmpty()) {
        throw refused(effects.noDryRun());
      }
      RowLook look =
          new RowLook(
              opened.session(),
              other,
              plain.get(),
              table.get(),
              effects,
              new RowQueries(dialect, table.get()));
      return new ChangeWatch(watched(opened, dialect, dryRun, look::at), other);
    } catch (BackendFailure | IllegalArgumentException failure) {
      close(other);
      if (dryRun) {
        throw refused("What it does besides could not be found out.");
      }
      return new ChangeWatch(
          watched(
              opened,
              dialect,
              false,
              affected ->
                  KeptRows.none("There was no second session to look at the rows.", List.of())),
          null);
    } catch (ServerProblem problem) {
      close(other);
      throw problem;
    }
  }

  private static Backend watched(
      GovernedDatabase.Opened opened,
      Dialect dialect,
      boolean dryRun,
      LongFunction<KeptRows> look) {
    return new WatchedChange(
        opened.session(), dialect, dryRun, dryRun ? LOCK_WAIT_DRY_RUN : LOCK_WAIT, look);
  }

  /// The one table that is changed, when there is one and it holds rows of its own.
  private static Optional<Relation> table(DecisionRequest request, StatementAnalysis analysis) {
    List<String> changed =
        analysis.effects().stream()
            .filter(effect -> !effect.kind().readsOnly())
            .map(Effect::objects)
            .flatMap(List::stream)
            .distinct()
            .toList();
    if (changed.size() != 1) {
      return Optional.empty();
    }
    List<TableRef> named =
        analysis.tables().stream().filter(ref -> ref.dotted().equals(changed.getFirst())).toList();
    return named.size() == 1
        ? request
            .catalog()
            .find(named.getFirst())
            .filter(relation -> relation.kind() == RelationKind.TABLE)
        : Optional.empty();
  }

  private static ServerProblem refused(String why) {
    return ApprovalProblems.refused(
        "dry-run-not-possible",
        "This cannot be tried and rolled back. " + why,
        "Decide by the statement, its effects and the estimate.");
  }

  Backend session() {
    return session;
  }

  Optional<KeptRows> kept() {
    return session instanceof WatchedChange watched ? watched.kept() : Optional.empty();
  }

  @Override
  public void close() {
    close(other);
  }

  private static void close(@Nullable Backend session) {
    if (session != null) {
      session.close();
    }
  }
}
