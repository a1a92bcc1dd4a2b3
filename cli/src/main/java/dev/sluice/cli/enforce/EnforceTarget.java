package dev.sluice.cli.enforce;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.Policies;
import dev.sluice.cli.demo.DemoShop;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionUrls;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.UnpinnedDataSource;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.DatabaseFacts;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.EnforcedAccess;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.server.enforcement.EnforcementProblem;
import dev.sluice.server.enforcement.EnforcementService;
import dev.sluice.server.enforcement.Lease;
import dev.sluice.server.enforcement.LeaseBroker;
import dev.sluice.server.enforcement.MariadbLeaseBroker;
import dev.sluice.server.enforcement.PostgresqlLeaseBroker;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The database, its administrator and the policy: the same options for every `enforce` command.
final class EnforceTarget {

  @Option(
      names = "--url",
      paramLabel = "ADDRESS",
      description =
          "jdbc:postgresql://host/database or jdbc:mariadb://host/database. Left out: the database"
              + " of the demo that runs.")
  private @Nullable String url;

  @Option(names = "--user", paramLabel = "NAME", description = "An administrator of the database.")
  private @Nullable String user;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "The environment variable that holds the administrator's password.")
  private @Nullable String passwordVariable;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy (YAML). Left out: the demo's.")
  private @Nullable String policy;

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      required = true,
      description = "The connection, as the policy calls it.")
  private String connection;

  @Option(
      names = "--people",
      paramLabel = "GROUPS",
      description =
          "Groups of people who see more or less than everybody, separated by commas; may be given"
              + " several times, each set gets its own views.")
  private List<String> people = new ArrayList<>();

  private static final ParserWorker WORKER = ParserWorker.onCallerThread();

  EnforcementService service() throws BadInput, EnforcementProblem {
    return new EnforcementService(definition().engine(), administrator(), WORKER);
  }

  /// Everybody's profile first, then one for each set of groups that differs.
  List<AccessProfile> profiles(DatabaseFacts facts) throws BadInput {
    PolicyBundle bundle = bundle();
    String environment =
        bundle.connections().stream()
            .filter(governed -> governed.name().equals(connection))
            .map(PolicyBundle.GovernedConnection::environment)
            .findFirst()
            .orElse("production");
    ConnectionContext context =
        new ConnectionContext(connection, environment, facts.dialect(), "enforced", Map.of());
    java.time.Instant now = InstantSource.system().instant();
    List<AccessProfile> profiles = new ArrayList<>();
    profiles.add(EnforcedAccess.everybody(bundle, facts.catalog(), context, now));
    for (String groups : people) {
      Set<String> names = new TreeSet<>(List.of(groups.split(",")));
      Principal somebody =
          new Principal("local", "member of " + groups, null, groups, names, Set.of());
      AccessProfile profile =
          EnforcedAccess.of(bundle, facts.catalog(), new Actor.Person(somebody), context, now);
      if (profiles.stream().noneMatch(known -> known.name().equals(profile.name()))) {
        profiles.add(profile);
      }
    }
    return profiles;
  }

  /// Functions that the policy vouches for.
  Set<String> pureFunctions() throws BadInput {
    return bundle().functions().stream()
        .filter(DeclaredFunction::pure)
        .map(function -> function.schema() + "." + function.name())
        .collect(Collectors.toSet());
  }

  /// Leases through the administrator's own login, for verifying.
  LeaseBroker broker(DatabaseFacts facts) throws BadInput {
    EnforcementNames names = new EnforcementNames(facts.database());
    return facts.dialect() == Dialect.POSTGRESQL
        ? new PostgresqlLeaseBroker(administrator(), names, new SecureRandom())
        : new MariadbLeaseBroker(administrator(), names, new SecureRandom());
  }

  /// A connection as a leased login, where its views are.
  Connection connect(Lease lease, AccessProfile profile) throws SQLException {
    try {
      ConnectionDefinition definition = definition();
      String database =
          definition.engine() == Dialect.POSTGRESQL
              ? definition.database()
              : new EnforcementNames(definition.database())
                  .viewSchema(profile, definition.database());
      ConnectionDefinition views =
          new ConnectionDefinition(
              definition.name(),
              definition.engine(),
              definition.host(),
              definition.port(),
              database,
              definition.transport(),
              definition.properties());
      return new UnpinnedDataSource(
              views, new DatabaseLogin(lease.login(), lease.login(), lease.password()))
          .getConnection();
    } catch (BadInput e) {
      throw new SQLException(e.getMessage(), "08001", e);
    }
  }

  private DataSource administrator() throws BadInput {
    ConnectionUrls.Parsed parsed = parsed();
    String password = parsed.password();
    if (passwordVariable != null) {
      password = secret(passwordVariable);
    }
    return new UnpinnedDataSource(
        parsed.definition(),
        new DatabaseLogin("enforce", user == null ? whoever(parsed) : user, password));
  }

  private String whoever(ConnectionUrls.Parsed parsed) {
    return url == null ? DemoShop.ADMINISTRATOR : parsed.user();
  }

  static String secret(String variable) throws BadInput {
    String value = System.getenv(variable);
    if (value == null) {
      throw new BadInput("The environment variable " + variable + " is not set.");
    }
    return value;
  }

  private ConnectionDefinition definition() throws BadInput {
    return parsed().definition();
  }

  private ConnectionUrls.Parsed parsed() throws BadInput {
    try {
      return ConnectionUrls.parse(connection, url == null ? DemoShop.address(connection) : url);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private PolicyBundle bundle() throws BadInput {
    Policies policies = new Policies(EngineParts.none());
    if (policy != null) {
      return policies.fromFile(policy).bundle();
    }
    if (url != null) {
      throw new BadInput("--policy FILE says what the database at --url is to enforce.");
    }
    return policies.fromText(DemoShop.policy()).bundle();
  }
}
