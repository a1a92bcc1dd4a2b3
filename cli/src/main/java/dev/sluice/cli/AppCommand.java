package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `sluice app`: opens the workbench.
@Command(name = "app", mixinStandardHelpOptions = true, description = "Opens the workbench.")
final class AppCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    System.err.println("sluice app is not built yet.");
    return 1;
  }
}
