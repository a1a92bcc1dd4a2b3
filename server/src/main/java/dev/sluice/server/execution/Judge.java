package dev.sluice.server.execution;

import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.sql.StatementAnalysis;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.server.Problems;
import dev.sluice.server.Target;
import dev.sluice.server.Targets;
import dev.sluice.server.policies.Policies;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Analyses and decides statements with the server's own catalog and policy. No verdict of a client
/// ever enters here.
public final class Judge implements AutoCloseable {

  private final StatementAnalyzer analyzer;
  private final Policies policies;
  private final InstantSource clock;
  private final Targets targets;
  private final Duration catalogLife;
  private final Map<String, GovernedDatabase> databases = new LinkedHashMap<>();

  public Judge(
      Targets targets,
      StatementAnalyzer analyzer,
      Policies policies,
      Duration catalogLife,
      InstantSource clock) {
    this.analyzer = analyzer;
    this.policies = policies;
    this.clock = clock;
    this.targets = targets;
    this.catalogLife = catalogLife;
  }

  /// What the server thinks of a statement.
  public record Judgement(
      Target target, Policies.InForce policy, DecisionRequest request, Decision decision) {}

  /// @param statement exactly one statement, nothing around it
  /// @param freshCatalog read the catalog now: for what is about to be approved or run
  /// @param grant consumed, when running what was approved
  public Judgement judge(
      Actor actor,
      String connection,
      String statement,
      List<String> binds,
      String origin,
      boolean freshCatalog,
      Optional<Grant> grant) {
    GovernedDatabase database = database(connection);
    Policies.InForce policy = policies.inForce();
    CatalogSnapshot catalog =
        database.catalog(freshCatalog).withFunctions(policy.loaded().functions());
    StatementAnalysis analysis =
        analyzer.analyze(
            StatementText.of(statement), database.target().definition().engine(), catalog);
    DecisionRequest request =
        new DecisionRequest(
            analysis,
            catalog,
            actor,
            context(database.target(), policy),
            clock.instant(),
            origin,
            "",
            false,
            0,
            binds,
            grant);
    return new Judgement(
        database.target(), policy, request, policy.loaded().engine().decide(request));
  }

  /// The policy says which environment a connection belongs to; the configuration only when the
  /// policy does not.
  private static ConnectionContext context(Target target, Policies.InForce policy) {
    ConnectionContext known = target.context();
    return new ConnectionContext(
        known.name(),
        policy.loaded().environments().getOrDefault(known.name(), known.environment()),
        known.engine(),
        known.ring(),
        known.labels());
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
      GovernedDatabase database = new GovernedDatabase(target, catalogLife, clock);
      databases.put(connection, database);
      return database;
    }
  }

  /// The catalog of a connection, as it is or as it was lately.
  ///
  /// @throws dev.sluice.server.ServerProblem when there is no such connection or it is not
  // reachable
  public CatalogSnapshot catalog(String connection, boolean fresh) {
    return database(connection).catalog(fresh);
  }

  @Override
  public void close() {
    synchronized (databases) {
      databases.values().forEach(GovernedDatabase::close);
      databases.clear();
    }
  }
}
