package dev.sluice.cli;

import dev.sluice.cli.admin.ConnectionCommand;
import dev.sluice.cli.admin.LabelsCommand;
import dev.sluice.cli.admin.PersonCommand;
import dev.sluice.cli.admin.PolicyCommand;
import dev.sluice.cli.admin.QueryCommand;
import dev.sluice.cli.admin.RequestCommand;
import dev.sluice.cli.admin.RoleCommand;
import dev.sluice.cli.admin.SchemaCommand;
import dev.sluice.cli.attack.AttackCommand;
import dev.sluice.cli.classify.ClassifyCommand;
import dev.sluice.cli.doctor.DoctorCommand;
import dev.sluice.cli.enforce.EnforceCommand;
import dev.sluice.cli.mcp.McpCommand;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `sluice` command. Exit codes: 0 done, 2 bad arguments, others as the subcommand states.
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    version = "sluice 1.0.0-SNAPSHOT",
    subcommands = {
      DemoCommand.class,
      AppCommand.class,
      ServerCommand.class,
      CheckCommand.class,
      RunCommand.class,
      ClassifyCommand.class,
      IdentityCommand.class,
      EnforceCommand.class,
      AttackCommand.class,
      McpCommand.class,
      VerifyCommand.class,
      ConnectionCommand.class,
      PersonCommand.class,
      RoleCommand.class,
      PolicyCommand.class,
      QueryCommand.class,
      RequestCommand.class,
      SchemaCommand.class,
      LabelsCommand.class,
      BenchCommand.class,
      DoctorCommand.class,
      UpdateManifestCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "A SQL workbench in which every statement takes one governed road.")
public final class Main implements Runnable {

  @Spec private CommandSpec spec;

  private Main() {}

  /// Without a subcommand there is nothing to do: says which there are.
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /// Every command with its options, for checking what documents show. Runs nothing by itself.
  public static CommandLine commands() {
    return new CommandLine(new Main());
  }

  /// Runs one subcommand and exits the process with its code.
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            .setParameterExceptionHandler(Main::explain)
            .setExecutionStrategy(VersionFloor::run)
            .execute(opening(arguments)));
  }

  /// A desktop opens a script by its name alone.
  static String[] opening(String... arguments) {
    boolean scripts =
        arguments.length > 0
            && Arrays.stream(arguments)
                .allMatch(each -> each.toLowerCase(Locale.ROOT).endsWith(".sql"));
    return scripts
        ? Stream.concat(Stream.of("app"), Arrays.stream(arguments)).toArray(String[]::new)
        : arguments;
  }

  /// What is wrong stays the last thing on the screen: the options are only pointed at, except
  /// where no command was given at all.
  private static int explain(ParameterException problem, String... arguments) {
    CommandLine command = problem.getCommandLine();
    command.getErr().println(problem.getMessage());
    if (arguments.length == 0) {
      command.usage(command.getErr());
    } else if (!UnmatchedArgumentException.printSuggestions(problem, command.getErr())) {
      command
          .getErr()
          .println(
              "See " + command.getCommandSpec().qualifiedName() + " --help for what it takes.");
    }
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
