package dev.sluice.cli.admin;

import dev.sluice.gateway.connection.ConnectionUrls;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.ConnectionDiagnosis;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.ConnectionSpec;
import dev.sluice.governance.codec.wire.ManagedConnection;
import dev.sluice.governance.codec.wire.NewConnection;
import dev.sluice.governance.sql.Dialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice connection`: the databases under a server's care.
@Command(
    name = "connection",
    mixinStandardHelpOptions = true,
    subcommands = {
      ConnectionCommand.ListAll.class,
      ConnectionCommand.Add.class,
      ConnectionCommand.Test.class,
      ConnectionCommand.Rotate.class,
      ConnectionCommand.Remove.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "The databases under a server's care (server administrators).",
    footer = {"", "Exit codes: 0 done, 1 refused or not usable, 2 bad arguments."})
public final class ConnectionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: list, add, test ...");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all.")
  static final class ListAll implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            List<ManagedConnection> all = client.administration().connections();
            if (all.isEmpty()) {
              System.out.println("None yet. Add one with: sluice connection add NAME ...");
              return 0;
            }
            Columns columns =
                new Columns("NAME", "ENGINE", "WHERE", "ENVIRONMENT", "RING", "FROM", "POLICY");
            for (ManagedConnection managed : all) {
              ConnectionSpec connection = managed.connection();
              columns.add(
                  connection.name(),
                  connection.engine(),
                  connection.host().isEmpty()
                      ? connection.database()
                      : connection.host() + ":" + connection.port() + "/" + connection.database(),
                  connection.environment(),
                  connection.ring(),
                  managed.source(),
                  managed.governed() ? "governed" : "not in the policy: nothing runs");
            }
            columns.print();
            return 0;
          });
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Puts a database under the server's care, and tries it.",
        "Its password comes from --secret-env, else from the first line of standard input; that of",
        "--issuer-user from --issuer-secret-env, else from the second line."
      })
  static final class Add implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private Secrets secrets;

    @Parameters(paramLabel = "NAME", description = "What policies call it.")
    private String name;

    @Option(
        names = "--engine",
        defaultValue = "postgresql",
        description = "postgresql, mariadb, mysql, trino, sqlite, duckdb.")
    private String engine;

    @Option(names = "--host", defaultValue = "", description = "Host name or address.")
    private String host;

    @Option(names = "--port", description = "TCP port (default: the engine's usual one).")
    private @Nullable Integer port;

    @Option(
        names = "--database",
        defaultValue = "",
        description = "The database's name; catalog/schema on Trino.")
    private String database;

    @Option(names = "--file", description = "The file, for sqlite and duckdb.")
    private @Nullable Path file;

    @Option(
        names = "--no-tls",
        description = "No encryption: only for a database on the server's own machine.")
    private boolean plain;

    @Option(
        names = "--environment",
        required = true,
        description = "Such as production, staging, development.")
    private String environment;

    @Option(names = "--owner", defaultValue = "", description = "Who answers for it.")
    private String owner;

    @Option(names = "--schema", description = "A schema that people may read (default: public).")
    private List<String> schemas = List.of();

    @Option(
        names = "--user",
        defaultValue = "",
        description = "The login that runs approved statements and reads the catalog.")
    private String user;

    @Option(
        names = "--issuer-user",
        defaultValue = "",
        description = {
          "The login that makes people's short-lived logins (default: --user). On mariadb, mysql",
          "and trino (--ring direct): one that can only read, and that everybody is lent."
        })
    private String issuerUser;

    @Option(
        names = "--row-ceiling",
        defaultValue = "10000",
        description = "Approved statements that change more rows are rolled back.")
    private long rowCeiling;

    @Option(
        names = "--ring",
        defaultValue = "",
        description = {
          "brokered, or enforced: the database itself masks. Then --user is an administrator of"
              + " it,",
          "with whom the server applies what the policy asks for (postgresql, mariadb)."
        })
    private String ring;

    @Option(
        names = "--accept",
        paramLabel = "FINDING",
        description = "A finding of \"enforce audit\" that is known and accepted; several times.")
    private List<String> accepted = List.of();

    @Override
    public Integer call() throws IOException {
      boolean isFile = file != null;
      if (!isFile && (host.isBlank() || database.isBlank() || user.isBlank())) {
        throw new ParameterException(
            spec.commandLine(), "A database server needs --host, --database and --user.");
      }
      ConnectionSpec connection =
          new ConnectionSpec(
              name,
              engine,
              isFile ? "" : host,
              isFile ? 0 : port != null ? port : usualPort(engine),
              file != null ? file.toAbsolutePath().toString() : database,
              !isFile && !plain,
              environment,
              owner,
              schemas,
              user,
              issuerUser,
              rowCeiling,
              ring.isEmpty() ? (isFile ? "direct" : "brokered") : ring,
              accepted);
      ConnectionSecrets given =
          isFile ? new ConnectionSecrets("", "") : secrets.read(spec, !issuerUser.isEmpty());
      return server.with(
          client -> {
            client.administration().addConnection(new NewConnection(connection, given));
            System.out.println("Added " + name + ". Its password is sealed; nobody can read it.");
            print(client.administration().testConnection(name));
            return 0;
          });
    }
  }

  private static int usualPort(String engine) {
    return Dialect.named(engine).map(ConnectionUrls::usualPort).orElse(0);
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = "Tries one as a statement would use it, and says where it stops.")
  static final class Test implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public Integer call() {
      return server.with(client -> print(client.administration().testConnection(name)));
    }
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Replaces the passwords that the server keeps, and tries them.")
  static final class Rotate implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ServerOptions server;
    @Mixin private Secrets secrets;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--issuer", description = "There is an --issuer-user with its own password.")
    private boolean issuer;

    @Override
    public Integer call() throws IOException {
      ConnectionSecrets given = secrets.read(spec, issuer);
      return server.with(
          client -> {
            client.administration().rotateConnection(name, given);
            System.out.println("Replaced the password of " + name + ".");
            return print(client.administration().testConnection(name));
          });
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Lets go of one: its passwords are forgotten.")
  static final class Remove implements Callable<Integer> {
    @Mixin private ServerOptions server;

    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            client.administration().removeConnection(name);
            System.out.println("Removed " + name + ".");
            return 0;
          });
    }
  }

  /// Where the passwords of a connection come from.
  static final class Secrets {
    @Option(names = "--secret-env", paramLabel = "VARIABLE", description = "Holds the password.")
    private @Nullable String variable;

    @Option(
        names = "--issuer-secret-env",
        paramLabel = "VARIABLE",
        description = "Holds the password of --issuer-user.")
    private @Nullable String issuerVariable;

    ConnectionSecrets read(CommandSpec spec, boolean issuer) throws IOException {
      BufferedReader input =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String password = value(spec, variable, "--secret-env", input);
      return new ConnectionSecrets(
          password, issuer ? value(spec, issuerVariable, "--issuer-secret-env", input) : "");
    }

    private static String value(
        CommandSpec spec, @Nullable String variable, String option, BufferedReader input)
        throws IOException {
      String found = variable == null ? input.readLine() : System.getenv(variable);
      if (found == null || found.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(),
            "There is no password: name the environment variable that holds it with "
                + option
                + ", or give it on standard input.");
      }
      return found;
    }
  }

  private static int print(ConnectionDiagnosis diagnosis) throws WorkspaceProblem {
    for (ConnectionDiagnosis.Step step : diagnosis.steps()) {
      String mark =
          switch (step.result()) {
            case "ok" -> "ok      ";
            case "warning" -> "warning ";
            case "failed" -> "FAILED  ";
            default -> "skipped ";
          };
      System.out.println("  " + mark + step.name() + ": " + step.detail());
      if (!step.wayOut().isEmpty()) {
        System.out.println("          " + step.wayOut());
      }
    }
    System.out.println(
        diagnosis.usable()
            ? "People can work with " + diagnosis.connection() + "."
            : "Nobody can work with " + diagnosis.connection() + " yet; see above.");
    return diagnosis.usable() ? 0 : 1;
  }
}
