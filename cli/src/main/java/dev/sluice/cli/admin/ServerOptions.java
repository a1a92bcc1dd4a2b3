package dev.sluice.cli.admin;

import dev.sluice.cli.CodeOnTerminal;
import dev.sluice.cli.SluiceHome;
import dev.sluice.gateway.remote.FileTrustMemory;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.PinnedServers;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Which server, and who asks. Passwords come from the environment or the terminal, never from the
/// command line, where every program on the machine could read them.
final class ServerOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      defaultValue = "${env:SLUICE_SERVER:-http://127.0.0.1:8443}",
      description = "The server (default: $SLUICE_SERVER, else http://127.0.0.1:8443).")
  private URI address;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = "${env:SLUICE_ACCOUNT:-}",
      description = "Your account (default: $SLUICE_ACCOUNT).")
  private String account;

  @Option(
      names = "--account-password-env",
      paramLabel = "VARIABLE",
      defaultValue = "SLUICE_PASSWORD",
      description = "Where your password stands (default: SLUICE_PASSWORD; else you are asked).")
  private String passwordVariable;

  @Option(
      names = "--provider",
      paramLabel = "ID",
      defaultValue = "${env:SLUICE_PROVIDER:-}",
      description =
          "Sign in with this identity provider instead of an account, by a code that you type into"
              + " a browser (default: $SLUICE_PROVIDER).")
  private String provider;

  URI address() {
    return address;
  }

  /// Does something with a signed-in client, and says in words what the server refuses.
  ///
  /// @return the command's exit code
  int with(Task task) {
    if (account.isBlank() && provider.isBlank()) {
      throw new ParameterException(
          spec.commandLine(),
          "Say who you are: --account NAME, or set SLUICE_ACCOUNT; or --provider ID to sign in with"
              + " an identity provider.");
    }
    try (HttpServerClient client = signedIn()) {
      return task.run(client);
    } catch (WorkspaceProblem e) {
      return refused(e);
    } catch (IOException e) {
      System.err.println("sluice: " + e.getMessage());
      return 1;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private HttpServerClient signedIn() throws WorkspaceProblem, IOException {
    Path folder = SluiceHome.folder().resolve("workbench");
    String name = "sluice " + spec.name();
    if (account.isBlank()) {
      return CodeOnTerminal.signIn(
          new PinnedServers(folder.resolve("servers")).trust(address),
          new FileTrustMemory(folder.resolve("trust.json")),
          provider,
          name);
    }
    char[] password = secret(passwordVariable, "Password of " + account).toCharArray();
    return HttpServerClient.signIn(
        new PinnedServers(folder.resolve("servers")).trust(address),
        new FileTrustMemory(folder.resolve("trust.json")),
        account,
        password,
        name);
  }

  static int refused(WorkspaceProblem problem) {
    System.err.println("sluice: " + problem.getMessage());
    System.err.println("        " + problem.wayOut());
    return 1;
  }

  /// A secret from the environment, else from the terminal.
  String secret(String variable, String prompt) {
    Optional<String> given = Optional.ofNullable(System.getenv(variable));
    if (given.filter(text -> !text.isEmpty()).isPresent()) {
      return given.get();
    }
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new ParameterException(
          spec.commandLine(),
          prompt + " is needed: set the environment variable " + variable + ".");
    }
    return new String(console.readPassword("%s: ", prompt));
  }

  /// What to do once signed in.
  interface Task {
    int run(HttpServerClient client) throws WorkspaceProblem, IOException;
  }
}
