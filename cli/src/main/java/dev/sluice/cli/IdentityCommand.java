package dev.sluice.cli;

import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice identity`: agents and pipelines that a server vouches for itself.
@Command(
    name = "identity",
    mixinStandardHelpOptions = true,
    subcommands = {
      IdentityCommand.Add.class,
      IdentityCommand.ListAll.class,
      IdentityCommand.Revoke.class
    },
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes, lists and revokes the identities of agents and pipelines.",
    footer = {
      "",
      "Needs an account with the role server-admin.",
      "Exit codes: 0 done, 1 the server refused or could not be reached, 2 bad arguments."
    })
final class IdentityCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  private static PrintStream answers() {
    return new PrintStream(Terminal.answers(), true, StandardCharsets.UTF_8);
  }

  /// `sluice identity add`.
  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Makes an identity and prints its secret, which is shown this once.")
  static final class Add implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private ServerLogin login;

    @Option(
        names = "--kind",
        paramLabel = "KIND",
        required = true,
        description = "agent or pipeline.")
    private String kind;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "For the eye.")
    private String name;

    @Option(
        names = "--owner",
        paramLabel = "ACCOUNT",
        defaultValue = "",
        description = "The person an agent acts for: a local account, or ISSUER|SUBJECT.")
    private String owner;

    @Option(
        names = "--groups",
        paramLabel = "NAMES",
        split = ",",
        description = "Its groups as the policy writes them, separated by commas.")
    private Set<String> groups = new TreeSet<>();

    @Option(
        names = "--label",
        paramLabel = "NAME=VALUE",
        description = "A label, such as workflow=nightly; may be given several times.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
        names = "--public-key",
        paramLabel = "FILE",
        description = "A public key (JWK) to prove itself with, instead of a secret.")
    private Optional<Path> publicKey = Optional.empty();

    @Override
    public Integer call() throws IOException {
      String key = publicKey.isEmpty() ? "" : read(publicKey.get());
      return login.run(
          client -> {
            ServiceIdentityCreated made =
                client
                    .identities()
                    .add(new NewServiceIdentity(kind, name, owner, groups, labels, key));
            try (PrintStream out = answers()) {
              out.println("client_id=" + made.identity().id());
              if (!made.secret().isEmpty()) {
                out.println("client_secret=" + made.secret());
              }
            }
            System.err.println(
                made.secret().isEmpty()
                    ? "sluice: it proves itself with its key."
                    : "sluice: keep the secret now; the server does not show it again.");
          });
    }

    private String read(Path file) {
      try {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
      } catch (IOException e) {
        throw new ParameterException(spec.commandLine(), "There is no readable file " + file + ".");
      }
    }
  }

  /// `sluice identity list`.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists them, the revoked ones last.")
  static final class ListAll implements Callable<Integer> {

    @Mixin private ServerLogin login;

    @Override
    public Integer call() throws IOException {
      return login.run(
          client -> {
            try (PrintStream out = answers()) {
              for (ServiceIdentity each : client.identities().list()) {
                out.println(line(each));
              }
            }
          });
    }

    private static String line(ServiceIdentity each) {
      String state =
          each.revokedAt()
              .map(at -> "revoked " + at)
              .orElseGet(
                  () ->
                      each.lastUsedAt()
                          .map(Instant::toString)
                          .map("last used "::concat)
                          .orElse("never used"));
      return String.join(
          "  ",
          each.id(),
          each.kind(),
          each.name(),
          each.owner().isEmpty() ? "-" : each.owner(),
          state);
    }
  }

  /// `sluice identity revoke`.
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Ends an identity and all its sessions, at once.")
  static final class Revoke implements Callable<Integer> {

    @Mixin private ServerLogin login;

    @Parameters(paramLabel = "CLIENT_ID", description = "As `add` and `list` print it.")
    private String id;

    @Override
    public Integer call() throws IOException {
      return login.run(
          client -> {
            client.identities().revoke(id);
            System.err.println("sluice: revoked " + id + "; its sessions have ended.");
          });
    }
  }
}
