package dev.sluice.cli.attack;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.Policies;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ColumnSights.Sight;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.enforcement.EnforcementProblem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tries every case of a set on one ring of one engine.
///
/// @param core the first ring; else the third
/// @param groups of whoever attacks
record Attack(AttackSet set, Dialect engine, boolean core, Set<String> groups) {

  /// Makes the ring that is tried.
  interface Rings {
    Ring make(Ground ground, ReadyPolicy policy, Actor attacker, ConnectionContext context)
        throws IOException, EnforcementProblem;
  }

  AttackScore run() throws IOException, SQLException, BadInput, Ground.NotHere, EnforcementProblem {
    return run(
        (ground, policy, attacker, context) ->
            core
                ? new CoreRing(ground, policy, attacker, context)
                : DatabaseRing.of(ground, policy.bundle(), context));
  }

  AttackScore run(Rings rings)
      throws IOException, SQLException, BadInput, Ground.NotHere, EnforcementProblem {
    List<AttackCase> cases = AttackCase.read(set.cases(), engine, set.source());
    if (cases.isEmpty()) {
      throw new BadInput("No case of " + set.source() + " is for " + engine.id() + ".");
    }
    try (BoundedParserWorker worker = BoundedParserWorker.standard();
        Ground ground = Ground.start(engine)) {
      ReadyPolicy policy = new Policies(CoreRing.parts(worker)).fromText(set.policy());
      ground.fill(Fixture.statements(set.fixture(), engine));
      Actor attacker =
          new Actor.Person(
              new Principal("local", "attacker@example.test", null, "attacker", groups, Set.of()));
      ConnectionContext context = context(policy.bundle());
      try (Connection administrator = ground.administrator().getConnection();
          Ring ring = rings.make(ground, policy, attacker, context)) {
        return tryAll(
            cases, ring, administrator, secrets(administrator, policy, attacker, context));
      }
    }
  }

  private ConnectionContext context(PolicyBundle bundle) {
    String name = Ground.DATABASE;
    String environment = "production";
    if (!bundle.connections().isEmpty()) {
      name = bundle.connections().getFirst().name();
      environment = bundle.connections().getFirst().environment();
    }
    return new ConnectionContext(name, environment, engine, core ? "direct" : "enforced", Map.of());
  }

  private Secrets secrets(
      Connection administrator, ReadyPolicy policy, Actor attacker, ConnectionContext context)
      throws SQLException, BadInput {
    CatalogSnapshot catalog = CatalogReader.of(engine).read(administrator);
    List<Sight> sights =
        policy.sights().of(catalog, attacker, context, Instant.now()).stream()
            .filter(sight -> !sight.exempt())
            .toList();
    Secrets secrets =
        Secrets.read(administrator, engine, sights, Contents.of(administrator, engine));
    if (secrets.count() == 0) {
      throw new BadInput(
          "The policy protects nothing in these tables, so there is nothing to find.");
    }
    return secrets;
  }

  private AttackScore tryAll(
      List<AttackCase> cases, Ring ring, Connection administrator, Secrets secrets)
      throws SQLException {
    List<Tried> all = new ArrayList<>();
    Contents before = Contents.of(administrator, engine);
    for (AttackCase attack : cases) {
      Tried tried = new Tried(attack, secrets);
      ring.attack(tried);
      Contents after = Contents.of(administrator, engine);
      if (!after.equals(before)) {
        tried.changed(before.differs(after));
        before = after;
      }
      all.add(tried);
    }
    return new AttackScore(all);
  }
}
