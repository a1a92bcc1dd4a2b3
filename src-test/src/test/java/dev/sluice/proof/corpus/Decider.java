package dev.sluice.proof.corpus;

import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.policy.DecisionRequest;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.policy.PolicyEngine;
import dev.sluice.governance.policy.PolicyEngines;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.sql.StatementAnalyzer;
import dev.sluice.governance.sql.StatementText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Decides on statements as one actor on one connection, under a policy of the corpus.
///
/// @param catalog with the functions that the policy vouches for
public record Decider(
    StatementAnalyzer analyzer,
    PolicyEngine engine,
    CatalogSnapshot catalog,
    Actor actor,
    ConnectionContext connection,
    Instant at) {

  private static final Map<String, PolicyBundle> READ = new ConcurrentHashMap<>();

  /// The analyst of the shop in production, on PostgreSQL.
  public static Decider shopAnalyst() {
    PolicyBundle bundle = policy("shop");
    Principal ada = new Principal("local", "ada", null, "ada", Set.of("analysts"), Set.of());
    return new Decider(
        CorpusTest.ANALYZER,
        engine(bundle),
        CorpusSchemas.named("shop").withFunctions(bundle.functions()),
        new Actor.Person(ada),
        new ConnectionContext(
            "shop", "production", dev.sluice.governance.sql.Dialect.POSTGRESQL, "direct", Map.of()),
        Instant.parse("2026-03-02T09:00:00Z"));
  }

  /// Decides on a text that is one statement.
  public Decision decide(String sql) {
    return decide(StatementText.of(sql));
  }

  /// Decides on one statement of a script.
  public Decision decide(StatementText statement) {
    return engine.decide(
        new DecisionRequest(
            analyzer.analyze(statement, connection.engine(), catalog),
            catalog,
            actor,
            connection,
            at,
            "cli",
            "",
            false,
            0,
            List.of(),
            Optional.empty()));
  }

  /// An engine under whose budgets nothing is spent yet.
  static PolicyEngine engine(PolicyBundle bundle) {
    return PolicyEngines.of(
        bundle, EngineParts.none().withBudget((subject, column, day) -> Set.of()));
  }

  static PolicyBundle policy(String name) {
    return READ.computeIfAbsent(
        name,
        key -> {
          Path path = Corpus.folder().resolve("policies").resolve(key + ".yaml");
          try {
            return switch (PolicyParser.parse(Files.readString(path), path.toString())) {
              case ParsedPolicy.Parsed parsed -> parsed.bundle();
              case ParsedPolicy.Problems problems ->
                  throw new CorpusException(problems.problems().toString());
            };
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
