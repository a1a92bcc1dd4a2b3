package dev.sluice.cli;

import dev.sluice.server.ServerConfig;
import dev.sluice.server.ServerConfigFile;
import dev.sluice.server.ServerInit;
import dev.sluice.server.ServerProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `sluice server init`: prepares a new server and prints the token for its first administrator.
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Prepares a new server: writes server.yaml when there is none, makes its keys and its store,",
      "and prints the one-time token that makes the first administrator."
    },
    footer = {"", "Exit codes: 0 done, 1 not possible, 2 bad arguments."})
final class ServerInitCommand implements Callable<Integer> {

  private static final String BEGINNING =
      """
      # The server listens on this machine only. For other machines, set host and tls;
      # see docs/administration.md.
      http: {host: 127.0.0.1, port: 8443}
      store: {sqlite: server.db}
      keys: server.keys
      """;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = "server.yaml",
      description = "The configuration (default: server.yaml in this folder).")
  private Path config;

  @Override
  public Integer call() {
    try {
      if (!Files.exists(config)) {
        Files.writeString(config, BEGINNING, StandardOpenOption.CREATE_NEW);
        System.out.println("Wrote " + config + ".");
      }
      String token = ServerInit.bootstrapToken(ServerConfig.load(config));
      System.out.println("Made the server's keys and store. Keep the key file safe and backed up:");
      System.out.println("without it, nobody can open what the store keeps sealed.");
      System.out.println();
      System.out.println("One-time token for the first administrator, good for 24 hours:");
      System.out.println("  " + token);
      System.out.println();
      System.out.println("Next:");
      System.out.println("  sluice server --config " + config + "        (leave it running)");
      System.out.println("  sluice person first ACCOUNT --name NAME  (asks for the token)");
      return 0;
    } catch (ServerConfigFile.Unreadable e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    } catch (ServerProblem e) {
      System.err.println("sluice: " + e.getMessage() + " " + e.wayOut());
      return 1;
    } catch (IOException e) {
      System.err.println("sluice: " + config + " cannot be written. Choose a folder of your own.");
      return 1;
    }
  }
}
