package dev.sluice.cli.admin;

import dev.sluice.gateway.remote.SchemaClient;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.SchemaChange;
import dev.sluice.governance.codec.wire.SchemaComparison;
import dev.sluice.governance.codec.wire.SchemaLog;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice schema`: how a database's schema came to be what it is.
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    subcommands = {SchemaCommand.Log.class, SchemaCommand.Diff.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows who changed a database's schema, when, for what and with whose approval.")
public final class SchemaCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "log or diff is missing");
  }

  /// `sluice schema log`.
  @Command(
      name = "log",
      mixinStandardHelpOptions = true,
      description = "Lists the steps of a schema, newest first, after a look at the database.",
      footer = {"", "Exit codes: 0 done, 1 failed, 2 bad arguments."})
  static final class Log implements Callable<Integer> {

    @Mixin private ServerOptions server;

    @Option(names = "--connection", required = true, description = "Which database.")
    private String connection;

    @Option(names = "--json", description = "Answer one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            SchemaLog log = new SchemaClient(client).log(connection);
            if (json) {
              System.out.println(JsonCodec.write(log));
            } else {
              log.changes().forEach(SchemaCommand::print);
            }
            return 0;
          });
    }
  }

  /// `sluice schema diff`.
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Shows what differs between two steps of a schema, and who made it so.",
      footer = {
        "",
        "A step is its number, the beginning of its fingerprint, or a date or instant in UTC"
            + " (2026-11-23, 2026-11-23T10:00:00Z): the step in force then.",
        "Exit codes: 0 nothing differs, 3 something differs, 4 something differs that nobody at"
            + " Sluice made, 1 failed, 2 bad arguments."
      })
  static final class Diff implements Callable<Integer> {

    @Mixin private ServerOptions server;

    @Option(names = "--connection", required = true, description = "Which database.")
    private String connection;

    @Option(
        names = "--from",
        paramLabel = "STEP",
        defaultValue = "",
        description = "The older step (default: the first).")
    private String from;

    @Option(
        names = "--to",
        paramLabel = "STEP",
        defaultValue = "",
        description = "The newer step (default: the newest).")
    private String to;

    @Option(names = "--json", description = "Answer one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
      return server.with(
          client -> {
            SchemaComparison found = new SchemaClient(client).diff(connection, from, to);
            if (json) {
              System.out.println(JsonCodec.write(found));
            } else {
              print(found);
            }
            boolean drift = found.steps().stream().anyMatch(step -> step.cause().isEmpty());
            return found.lines().isEmpty() ? 0 : drift ? 4 : 3;
          });
    }
  }

  private static void print(SchemaComparison found) {
    System.out.println(
        "From step " + found.from().number() + " to step " + found.to().number() + ":");
    if (found.lines().isEmpty()) {
      System.out.println("  nothing differs.");
    }
    found.lines().forEach(line -> System.out.println("  " + Columns.visible(line)));
    System.out.println();
    found.steps().reversed().forEach(SchemaCommand::print);
  }

  private static void print(SchemaChange step) {
    System.out.println(
        "step "
            + step.number()
            + "  "
            + step.at().truncatedTo(ChronoUnit.SECONDS)
            + "  "
            + step.fingerprint().substring(0, 12));
    if (step.number() == 1) {
      System.out.println("    as it was when Sluice first looked");
    } else {
      System.out.println("    " + who(step.cause()));
    }
    step.changes().forEach(line -> System.out.println("    " + Columns.visible(line)));
  }

  private static String who(Optional<SchemaChange.Cause> known) {
    if (known.isEmpty()) {
      return "unattributed: changed outside Sluice";
    }
    SchemaChange.Cause cause = known.get();
    StringBuilder words = new StringBuilder("by " + cause.actorKind() + " " + cause.actor());
    if (!cause.onBehalfOf().isEmpty()) {
      words.append(" for ").append(cause.onBehalfOf());
    }
    if (!cause.labels().isEmpty()) {
      words.append(
          cause.labels().entrySet().stream()
              .map(label -> label.getKey() + "=" + label.getValue())
              .collect(Collectors.joining(", ", " (", ")")));
    }
    if (!cause.approvedBy().isEmpty()) {
      words.append(", approved by ").append(String.join(", ", cause.approvedBy()));
    }
    return Columns.visible(words + ", request " + cause.requestId());
  }
}
