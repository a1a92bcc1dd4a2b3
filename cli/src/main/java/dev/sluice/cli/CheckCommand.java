package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `sluice check`: decides on statements without running anything.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Decides on statements without running anything.")
final class CheckCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    System.err.println("sluice check is not built yet.");
    return 1;
  }
}
