package dev.sluice.server.execution;

import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.approval.UnmaskGrant;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.MaskedCatalog;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.EnforcedAccess;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.server.Problems;
import dev.sluice.server.Target;
import dev.sluice.server.Targets;
import dev.sluice.server.credentials.UnmaskedColumns;
import dev.sluice.server.enforcement.EnforcedDatabase;
import dev.sluice.server.enforcement.EnforcedDatabases;
import dev.sluice.server.enforcement.EnforcementProblem;
import dev.sluice.server.policies.Policies;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Analyses and decides statements with the server's own catalog and policy. No verdict of a client
/// ever enters here.
public final class Judge implements AutoCloseable {

  private final StatementAnalyzer analyzer;
  private final Policies policies;
  private final EnforcedDatabases enforced;
  private final UnmaskedColumns unmasked;
  private final InstantSource clock;
  private final Targets targets;
  private final Duration catalogLife;
  private final Map<String, GovernedDatabase> databases = new LinkedHashMap<>();

  public Judge(
      Targets targets,
      StatementAnalyzer analyzer,
      Policies policies,
      EnforcedDatabases enforced,
      UnmaskedColumns unmasked,
      Duration catalogLife,
      InstantSource clock) {
    this.analyzer = analyzer;
    this.policies = policies;
    this.clock = clock;
    this.targets = targets;
    this.catalogLife = catalogLife;
    this.enforced = enforced;
    this.unmasked = unmasked;
  }

  /// What the server thinks of a statement.
  public record Judgement(
      Target target, Policies.InForce policy, DecisionRequest request, Decision decision) {}

  /// Decides for somebody for whom no mask is lifted.
  public Judgement judge(
      Actor actor,
      String connection,
      String statement,
      List<String> binds,
      String origin,
      boolean freshCatalog,
      Optional<Grant> grant) {
    return judge(actor, connection, statement, binds, origin, freshCatalog, grant, List.of());
  }

  /// @param statement exactly one statement, nothing around it
  /// @param unmasked grants that lift masks for this actor
  /// @param freshCatalog read the catalog now: for what is about to be approved or run
  /// @param grant consumed, when running what was approved
  public Judgement judge(
      Actor actor,
      String connection,
      String statement,
      List<String> binds,
      String origin,
      boolean freshCatalog,
      Optional<Grant> grant,
      List<UnmaskGrant> unmasked) {
    GovernedDatabase database = database(connection);
    Policies.InForce policy = policies.inForce();
    CatalogSnapshot catalog =
        catalog(database, policy, actor, freshCatalog).withFunctions(policy.loaded().functions());
    StatementAnalysis analysis =
        analyzer.analyze(
            StatementText.of(statement), database.target().definition().engine(), catalog);
    DecisionRequest request =
        new DecisionRequest(
            analysis,
            catalog,
            actor,
            context(database, policy),
            clock.instant(),
            origin,
            "",
            false,
            0,
            binds,
            grant,
            unmasked);
    return new Judgement(
        database.target(), policy, request, policy.loaded().engine().decide(request));
  }

  /// Where the database masks by itself: the tables with the views that this person reads.
  private CatalogSnapshot catalog(
      GovernedDatabase database, Policies.InForce policy, Actor actor, boolean fresh) {
    CatalogSnapshot whole = database.catalog(fresh);
    if (database.enforced().isEmpty()) {
      return whole;
    }
    Target target = database.target();
    try {
      AccessProfile profile = profile(database.enforced().get(), policy, actor);
      return MaskedCatalog.of(whole, profile.prefix(), Optional.empty());
    } catch (EnforcementProblem problem) {
      throw Problems.notEnforced(
          target.name(),
          String.valueOf(problem.getMessage()),
          problem.kind() == EnforcementProblem.Kind.DRIFTED);
    }
  }

  private AccessProfile profile(EnforcedDatabase enforced, Policies.InForce policy, Actor actor)
      throws EnforcementProblem {
    return enforced.profile(policy, actor, unmasked.of(actor, enforced.target().name()));
  }

  /// Refuses what would show values that the policy in force masks and the database does not yet.
  ///
  /// @throws dev.sluice.server.ServerProblem when the database enforces another policy
  public void requireEnforced(Actor actor, String connection) {
    Optional<EnforcedDatabase> enforced = database(connection).enforced();
    if (enforced.isEmpty()) {
      return;
    }
    Policies.InForce policy = policies.inForce();
    try {
      enforced.get().require(policy, profile(enforced.get(), policy, actor));
    } catch (EnforcementProblem problem) {
      throw Problems.notEnforced(
          connection,
          String.valueOf(problem.getMessage()),
          problem.kind() == EnforcementProblem.Kind.DRIFTED);
    }
  }

  /// A connection as policies see it.
  ///
  /// @throws dev.sluice.server.ServerProblem when there is none
  public ConnectionContext context(String connection) {
    return context(database(connection), policies.inForce());
  }

  /// The policy says which environment a connection belongs to; the configuration only when the
  /// policy does not.
  private static ConnectionContext context(GovernedDatabase database, Policies.InForce policy) {
    ConnectionContext known = database.target().context();
    return new ConnectionContext(
        known.name(),
        policy.loaded().environments().getOrDefault(known.name(), known.environment()),
        known.engine(),
        database.enforced().map(own -> own.standing().ring()).orElse(known.ring()),
        known.labels());
  }

  /// What somebody sees now of the table that kept rows are of.
  ///
  /// @throws dev.sluice.server.ServerProblem when there is no such connection or it is not
  ///     reachable
  public RowView.Sight sight(Actor viewer, String connection, KeptRows kept) {
    Policies.InForce policy = policies.inForce();
    CatalogSnapshot catalog = catalog(connection, false);
    AccessProfile profile =
        EnforcedAccess.of(
                policy.loaded().bundle(), catalog, viewer, context(connection), clock.instant())
            .unmasking(unmasked.of(viewer, connection));
    TableRef table = new TableRef(kept.schema(), kept.table());
    Set<ColumnRef> columns =
        catalog.find(table).stream()
            .flatMap(relation -> relation.columns().stream())
            .map(column -> new ColumnRef(table, column.name()))
            .collect(Collectors.toSet());
    return new RowView.Sight(columns, profile.masks(), profile.rowFilters().containsKey(table));
  }

  /// Whether the policy in force classifies a column.
  public boolean classified(String connection, ColumnRef column) {
    return policies.inForce().loaded().classified().test(connection, column);
  }

  GovernedDatabase database(String connection) {
    Target target = targets.find(connection).orElseThrow(() -> Problems.notFound("connection"));
    synchronized (databases) {
      GovernedDatabase known = databases.get(connection);
      if (known != null && known.target().equals(target)) {
        return known;
      }
      if (known != null) {
        known.close();
      }
      GovernedDatabase database =
          new GovernedDatabase(target, enforced.find(target), catalogLife, clock);
      databases.put(connection, database);
      return database;
    }
  }

  /// The catalog of a connection, as it is or as it was lately.
  ///
  /// @throws dev.sluice.server.ServerProblem when there is no such connection or it is not
  ///     reachable
  public CatalogSnapshot catalog(String connection, boolean fresh) {
    GovernedDatabase database = database(connection);
    CatalogSnapshot whole = database.catalog(fresh);
    return database.enforced().isEmpty()
        ? whole
        : MaskedCatalog.of(whole, "sluice", Optional.empty());
  }

  @Override
  public void close() {
    synchronized (databases) {
      databases.values().forEach(GovernedDatabase::close);
      databases.clear();
    }
  }
}
