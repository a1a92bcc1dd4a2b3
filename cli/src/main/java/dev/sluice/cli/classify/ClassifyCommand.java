package dev.sluice.cli.classify;

import dev.sluice.cli.check.BadInput;
import dev.sluice.cli.check.Policies;
import dev.sluice.cli.run.Database;
import dev.sluice.cli.run.Discovered;
import dev.sluice.gateway.connection.ConnectionUrls;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.decision.ReadyPolicy;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.policy.EngineParts;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice classify`: looks at a database and proposes which columns to protect.
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Proposes which columns of a database to protect, from their names, types, comments and",
      "a few values. Reads only, changes nothing, never shows or keeps a value."
    },
    footer = {"", "Exit codes: 0 done, 1 the database could not be read, 2 bad arguments."})
public final class ClassifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "ADDRESS",
      required = true,
      description = "jdbc:postgresql://host/database, jdbc:mariadb://..., jdbc:sqlite:file, ...")
  private String url;

  @Option(names = "--user", paramLabel = "NAME", description = "A login that may read.")
  private @Nullable String user;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      description = "The environment variable that holds the login's password.")
  private @Nullable String passwordVariable;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy: columns that it classifies are decided on and left out.")
  private @Nullable String policy;

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The connection, as the policy calls it.")
  private String connection;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "How long values may be read in all (default: ${DEFAULT-VALUE}); then names decide.")
  private int seconds;

  @Option(names = "--yaml", description = "Print a part of a policy, ready to be pasted.")
  private boolean yaml;

  @Option(names = "--json", description = "Print one JSON line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      if (yaml && json) {
        throw new BadInput("--yaml and --json exclude each other.");
      }
      Findings findings = look();
      if (yaml) {
        out.print(findings.yaml());
      } else if (json) {
        out.println(findings.json());
      } else {
        findings.print(out);
      }
      return 0;
    } catch (Database.Unreachable e) {
      spec.commandLine().getErr().println(e.getMessage());
      return 1;
    } catch (BadInput e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private Findings look() throws BadInput {
    ConnectionUrls.Parsed parsed = parsed();
    ReadyPolicy known = policy == null ? null : new Policies(EngineParts.none()).fromFile(policy);
    try (Database database =
        new Database(
            parsed.definition(),
            new DatabaseLogin("classify", user == null ? parsed.user() : user, password(parsed)))) {
      Discovered found = Discovered.in(database, Duration.ofSeconds(Math.max(1, seconds)));
      List<Proposal> open =
          found.proposals().stream()
              .filter(
                  proposal ->
                      known == null || !known.sights().classified(connection, proposal.column()))
              .toList();
      return new Findings(open, found.proposals().size() - open.size(), found.notSampled());
    }
  }

  private ConnectionUrls.Parsed parsed() throws BadInput {
    try {
      return ConnectionUrls.parse(connection.isEmpty() ? "classify" : connection, url);
    } catch (IllegalArgumentException e) {
      throw new BadInput(String.valueOf(e.getMessage()));
    }
  }

  private String password(ConnectionUrls.Parsed parsed) throws BadInput {
    if (passwordVariable == null) {
      return parsed.password();
    }
    String value = System.getenv(passwordVariable);
    if (value == null) {
      throw new BadInput("The environment variable " + passwordVariable + " is not set.");
    }
    return value;
  }
}
