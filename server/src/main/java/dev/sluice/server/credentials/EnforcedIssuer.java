package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.Problems;
import dev.sluice.server.Target;
import dev.sluice.server.enforcement.EnforcedDatabase;
import dev.sluice.server.enforcement.EnforcementProblem;
import dev.sluice.server.enforcement.LeaseBroker;
import dev.sluice.server.enforcement.LeaseTerms;
import dev.sluice.server.policies.Policies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Logins on a database that masks by itself: each sees the views of its person's access profile,
/// and is made by a login of the server's that can do nothing else.
final class EnforcedIssuer implements LoginIssuer {

  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final EnforcedDatabase database;
  private final Policies policies;
  private final UnmaskedColumns unmasked;
  private final InstantSource clock;

  EnforcedIssuer(
      EnforcedDatabase database, Policies policies, UnmaskedColumns unmasked, InstantSource clock) {
    this.database = database;
    this.policies = policies;
    this.unmasked = unmasked;
    this.clock = clock;
  }

  @Override
  public Issued issue(String leaseId, Actor actor, Instant until) throws IssueFailed {
    Policies.InForce policy = policies.inForce();
    try {
      AccessProfile profile =
          database.profile(policy, actor, unmasked.of(actor, database.target().name()));
      LeaseTerms terms =
          terms(actor.principal().subject(), until, profile.name(), profile.fingerprint());
      dev.sluice.server.enforcement.Lease lease = database.lease(policy, profile, terms);
      return new Issued(
          new DatabaseLogin(leaseId, lease.login(), lease.password()),
          databaseOf(profile),
          profile.prefix(),
          searchPath(profile));
    } catch (EnforcementProblem problem) {
      throw failed(problem);
    }
  }

  /// A login that sees columns unmasked ends with the grant that unmasks them.
  @Override
  public Instant latest(Actor actor, Instant wanted) {
    return unmasked
        .until(actor, database.target().name())
        .filter(end -> end.isBefore(wanted))
        .orElse(wanted);
  }

  private LeaseTerms terms(String person, Instant until, String profile, String fingerprint) {
    Duration left = Duration.between(clock.instant(), until);
    Duration life = left.compareTo(LONGEST) > 0 ? LONGEST : left;
    return new LeaseTerms(
        person,
        profile,
        life.toSeconds() < 1 ? Duration.ofSeconds(1) : life,
        Leases.CONNECTIONS,
        LONGEST_STATEMENT,
        fingerprint);
  }

  private String databaseOf(AccessProfile profile) {
    Target target = database.target();
    String base = target.definition().database();
    return target.definition().engine() == Dialect.POSTGRESQL
        ? base
        : new EnforcementNames(base).viewSchema(profile, base);
  }

  /// Each view schema right before the schema whose tables it stands for.
  private List<String> searchPath(AccessProfile profile) {
    Target target = database.target();
    if (target.definition().engine() != Dialect.POSTGRESQL) {
      return List.of();
    }
    EnforcementNames names = new EnforcementNames(target.definition().database());
    List<String> path = new ArrayList<>();
    for (String schema : target.schemas()) {
      path.add(quoted(names.viewSchema(profile, schema)));
      path.add(quoted(schema));
    }
    return path;
  }

  private static String quoted(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  @Override
  public void renew(String login, Actor actor, Instant until) throws IssueFailed {
    Policies.InForce policy = policies.inForce();
    try {
      AccessProfile profile =
          database.profile(policy, actor, unmasked.of(actor, database.target().name()));
      database
          .broker()
          .prolong(
              login,
              terms(actor.principal().subject(), until, profile.name(), profile.fingerprint()));
    } catch (EnforcementProblem problem) {
      throw failed(problem);
    }
  }

  @Override
  public void drop(String login) throws IssueFailed {
    try {
      database.broker().revoke(login);
    } catch (EnforcementProblem problem) {
      throw failed(problem);
    }
  }

  @Override
  public Set<String> issued() throws IssueFailed {
    try {
      return database.broker().outstanding().stream()
          .map(LeaseBroker.Outstanding::login)
          .collect(Collectors.toSet());
    } catch (EnforcementProblem problem) {
      throw failed(problem);
    }
  }

  private IssueFailed failed(EnforcementProblem problem) {
    return switch (problem.kind()) {
      case UNREACHABLE -> new IssueFailed("08001");
      case NOT_APPLIED, DRIFTED, OTHER_POLICY, OTHER ->
          new IssueFailed(
              Problems.notEnforced(
                  database.target().name(),
                  String.valueOf(problem.getMessage()),
                  problem.kind() == EnforcementProblem.Kind.DRIFTED));
    };
  }
}
