package dev.sluice.cli.enforce;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.Policies;
import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.DatabaseFacts;
import dev.sluice.governance.enforcement.EnforcementPlan;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.EnforcedAccess;
import dev.sluice.governance.policy.EngineParts;
import dev.sluice.governance.policy.PolicyBundle;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.server.enforcement.EnforcementProblem;
import dev.sluice.server.enforcement.EnforcementService;
import dev.sluice.server.enforcement.Lease;
import dev.sluice.server.enforcement.LeaseTerms;
import dev.sluice.server.enforcement.PostgresqlLeaseBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice attack`: a plain client that holds a leased login, against a database that enforces.
@Command(
    name = "attack",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Attacks an enforced database with nothing but a leased login.",
    footer = {
      "",
      "Prints leaks as they are found and one JSON line last.",
      "Exit codes: 0 nothing leaked or changed, 1 something did, 2 bad arguments."
    })
public final class AttackCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--ring",
      paramLabel = "RING",
      defaultValue = "database",
      description = "database: the client guard is off (default: ${DEFAULT-VALUE}).")
  private String ring;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "postgresql",
      description = "postgresql (default: ${DEFAULT-VALUE}); started by itself.")
  private String engine;

  @Option(
      names = "--cases",
      paramLabel = "FILE",
      required = true,
      description =
          "JSON lines: {\"id\", \"dialect\", \"sql\" or \"steps\"}; ids of benign cases"
              + " begin with B-.")
  private Path cases;

  @Option(
      names = "--fixture",
      paramLabel = "FILE",
      required = true,
      description = "SQL that makes the tables and plants values.")
  private Path fixture;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      required = true,
      description = "The policy (YAML).")
  private String policy;

  @Option(names = "--json", description = "Print the JSON line only.")
  private boolean jsonOnly;

  @Override
  public Integer call() throws IOException {
    if (!ring.equals("database") || !engine.equals("postgresql")) {
      throw new ParameterException(
          spec.commandLine(),
          "--ring database --engine postgresql is what this command starts by itself; use"
              + " `sluice run --batch` for the core ring.");
    }
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      return attack(server, out);
    } catch (BadInput e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (EnforcementProblem e) {
      spec.commandLine().getErr().println(e.object() + ": " + e.getMessage());
      return 1;
    } catch (SQLException e) {
      throw new IOException("The database was lost (" + e.getSQLState() + ").", e);
    }
  }

  private int attack(EmbeddedPostgres server, PrintStream out)
      throws IOException, SQLException, BadInput, EnforcementProblem {
    run(server.getPostgresDatabase(), "CREATE DATABASE shop");
    DataSource administrator = server.getDatabase("postgres", "shop");
    run(administrator, Files.readString(fixture));
    EnforcementService service =
        new EnforcementService(Dialect.POSTGRESQL, administrator, ParserWorker.onCallerThread());
    AccessProfile profile = profile(service.facts());
    EnforcementPlan plan = service.plan(List.of(profile), Set.of());
    service.apply(plan, plan.hash());
    PostgresqlLeaseBroker broker =
        new PostgresqlLeaseBroker(administrator, plan.names(), new SecureRandom());
    Lease lease = broker.issue(LeaseTerms.usual("attacker", ""));
    PlantedValues planted = new PlantedValues();
    try (Connection connection = administrator.getConnection()) {
      planted.read(connection, profile.masks().keySet());
    }
    AttackRun attack =
        new AttackRun(
            planted,
            () ->
                DriverManager.getConnection(
                    server.getJdbcUrl(lease.login(), "shop") + "&password=" + lease.password()),
            jsonOnly ? line -> {} : out::println);
    String before = AttackRun.contents(administrator);
    AttackRun.Score score = attack.run(Files.readAllLines(cases), Dialect.POSTGRESQL);
    boolean changed = !AttackRun.contents(administrator).equals(before);
    out.println(score.json(changed));
    return score.leaks() == 0 && !changed ? 0 : 1;
  }

  private AccessProfile profile(DatabaseFacts facts) throws BadInput {
    PolicyBundle bundle = new Policies(EngineParts.none()).fromFile(policy).bundle();
    String name = bundle.connections().isEmpty() ? "shop" : bundle.connections().getFirst().name();
    return EnforcedAccess.everybody(
        bundle,
        facts.catalog(),
        new ConnectionContext(name, "production", Dialect.POSTGRESQL, "enforced", Map.of()),
        InstantSource.system().instant());
  }

  private static void run(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
