package dev.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `sluice server`: starts the central server.
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description = "Starts the central server.")
final class ServerCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    System.err.println("sluice server is not built yet.");
    return 1;
  }
}
