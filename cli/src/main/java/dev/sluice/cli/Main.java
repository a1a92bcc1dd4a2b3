package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `sluice` command. Exit codes: 0 done, 2 bad arguments, others as the subcommand states.
@Command(
    name = "sluice",
    mixinStandardHelpOptions = true,
    version = "sluice 1.0.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    description = "A SQL workbench in which every statement takes one governed road.")
public final class Main {

  private Main() {}

  /// Runs one subcommand and exits the process with its code.
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
