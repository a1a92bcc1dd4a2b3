package dev.sluice.cli;

import dev.sluice.gateway.remote.FileTrustMemory;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.PinnedServers;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/// How an administrator's command signs in: the same options for each of them. A password is never
/// an argument, where other programs could read it.
final class ServerLogin {

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      required = true,
      description = "The server, such as https://sluice.acme.test.")
  private URI address;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The account to sign in with.")
  private String account;

  @Option(
      names = "--provider",
      paramLabel = "ID",
      defaultValue = "",
      description =
          "Sign in with this identity provider instead of an account, by a code that you type into"
              + " a browser.")
  private String provider;

  @Option(
      names = "--password-env",
      paramLabel = "NAME",
      defaultValue = "SLUICE_PASSWORD",
      description =
          "The environment variable that holds the password (default: ${DEFAULT-VALUE});"
              + " when it is not set, the password is asked for, or read from standard input.")
  private String passwordVariable;

  /// What a command does once it is let in.
  interface Work {
    void with(HttpServerClient client) throws WorkspaceProblem, IOException;
  }

  /// Signs in, works, signs out.
  ///
  /// @return 0 when it was done, 1 when the server refused or could not be reached
  int run(Work work) throws IOException {
    return explained(
        () -> {
          Path folder = SluiceHome.folder().resolve("workbench");
          try (HttpServerClient client = signedIn(folder)) {
            work.with(client);
          }
          return 0;
        });
  }

  private HttpServerClient signedIn(Path folder) throws WorkspaceProblem, IOException {
    PinnedServers servers = new PinnedServers(folder.resolve("servers"));
    FileTrustMemory memory = new FileTrustMemory(folder.resolve("trust.json"));
    if (account.isEmpty() && provider.isEmpty()) {
      throw new WorkspaceProblem(
          "nobody",
          WorkspaceProblem.Blame.USER,
          "It is not said who signs in.",
          "Add --account NAME, or --provider ID to sign in with an identity provider.");
    }
    return account.isEmpty()
        ? CodeOnTerminal.signIn(servers.trust(address), memory, provider, "command line 1.0.0")
        : HttpServerClient.signIn(
            servers.trust(address), memory, account, password(), "command line 1.0.0");
  }

  private static int explained(Callable<Integer> work) throws IOException {
    try {
      return work.call();
    } catch (WorkspaceProblem e) {
      System.err.println("sluice: " + e.getMessage() + " " + e.wayOut());
      return 1;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private char[] password() throws IOException {
    String value = System.getenv(passwordVariable);
    if (value != null && !value.isEmpty()) {
      return value.toCharArray();
    }
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Password of %s: ", account);
      return typed == null ? new char[0] : typed;
    }
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return line == null ? new char[0] : line.toCharArray();
  }
}
