package dev.sluice.cli;

import dev.sluice.cli.enforce.AttackCommand;
import dev.sluice.cli.enforce.EnforceCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
      EnforceCommand.class,
      AttackCommand.class,
      VerifyCommand.class
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

  /// Runs one subcommand and exits the process with its code.
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
