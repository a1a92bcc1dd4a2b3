package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `sluice run`: decides on statements and runs what is allowed.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Decides on statements and runs what is allowed.")
final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    System.err.println("sluice run is not built yet.");
    return 1;
  }
}
