package dev.sluice.cli;

import dev.sluice.governance.codec.wire.LogVerification;
import dev.sluice.server.Backups;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.ServerConfigFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sluice server backup` and `sluice server restore`.
final class ServerCopyCommands {

  private ServerCopyCommands() {}

  private interface Copy {
    LogVerification make(ServerConfig config, Path folder) throws Backups.Impossible;
  }

  private static int run(Path config, Path folder, String done, Copy copy) {
    try {
      LogVerification found = copy.make(ServerConfig.load(config), folder);
      if (!found.intact()) {
        System.err.println("sluice: the copy's log does not hold: " + found.message());
        return 1;
      }
      System.out.println(done + " " + found.message() + ".");
      return 0;
    } catch (ServerConfigFile.Unreadable | Backups.Impossible e) {
      System.err.println("sluice: " + e.getMessage());
      return 1;
    }
  }

  @Command(
      name = "backup",
      mixinStandardHelpOptions = true,
      description = "Copies a server's store and keys to a new folder; the server may run.",
      footer = {"", "Exit codes: 0 copied and verified, 1 not."})
  static final class Backup implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "server.yaml")
    private Path config;

    @Parameters(paramLabel = "FOLDER", description = "Made anew.")
    private Path folder;

    @Override
    public Integer call() {
      return run(config, folder, "Copied to " + folder + ".", Backups::backup);
    }
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = {
        "Puts a copy in the place of a server that is stopped.",
        "What is there is moved aside."
      },
      footer = {"", "Exit codes: 0 restored and verified, 1 not."})
  static final class Restore implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", defaultValue = "server.yaml")
    private Path config;

    @Parameters(paramLabel = "FOLDER", description = "The copy.")
    private Path folder;

    @Override
    public Integer call() {
      return run(config, folder, "Restored from " + folder + ".", Backups::restore);
    }
  }
}
