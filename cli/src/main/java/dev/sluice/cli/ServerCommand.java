package dev.sluice.cli;

import dev.sluice.server.JsonLog;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.ServerConfigFile;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.SluiceServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice server`: starts the central server.
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    subcommands = {
      ServerInitCommand.class,
      ServerCopyCommands.Backup.class,
      ServerCopyCommands.Restore.class
    },
    description = "Starts the central server and runs it until it is stopped.")
final class ServerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "server.yaml",
      description = "Its configuration (YAML; default: server.yaml in this folder).")
  private Path config;

  @Override
  public Integer call() throws InterruptedException {
    if (!Files.isReadable(config)) {
      throw new ParameterException(
          spec.commandLine(),
          "There is no readable configuration "
              + config
              + ". \"sluice server init\" writes one to begin with.");
    }
    CountDownLatch stopped = new CountDownLatch(1);
    try (SluiceServer server = SluiceServer.start(loaded())) {
      System.err.println("sluice: the server listens on " + server.address());
      Thread ending =
          new Thread(
              () -> {
                stopped.countDown();
                server.close();
              },
              "sluice-stop");
      Runtime.getRuntime().addShutdownHook(ending);
      stopped.await();
      return 0;
    } catch (ServerConfigFile.Unreadable e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (ServerProblem e) {
      System.err.println("sluice: the server cannot start: " + e.getMessage() + " " + e.wayOut());
      return 1;
    }
  }

  private ServerConfig loaded() throws ServerConfigFile.Unreadable {
    ServerConfig read = ServerConfig.load(config);
    if (read.operations().jsonLog()) {
      JsonLog.install();
    }
    return read;
  }
}
