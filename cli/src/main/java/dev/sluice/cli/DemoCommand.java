package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `sluice demo`: starts a server, demo databases and the workbench on this machine.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Starts a server, demo databases and the workbench on this machine.")
final class DemoCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    System.err.println("sluice demo is not built yet.");
    return 1;
  }
}
