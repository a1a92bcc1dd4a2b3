package dev.sluice.cli;

import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ThisMachine;
import dev.sluice.gateway.updates.ProductVersion;
import dev.sluice.gateway.updates.UpdateCheck;
import dev.sluice.gateway.updates.UpdateNotice;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/// The lowest version that may run here, for every command that reaches a server or a database.
/// What reads files only, and what finds out what is wrong, runs in any version.
final class VersionFloor {

  private static final Set<String> CONNECT =
      Set.of(
          "run",
          "classify",
          "enforce",
          "mcp",
          "connection",
          "person",
          "role",
          "policy",
          "query",
          "schema");

  private VersionFloor() {}

  /// Runs the last command, unless it connects and this version may not.
  static int run(ParseResult parsed) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (CONNECT.contains(command.commandSpec().name()) && !asksForHelp(command)) {
      Optional<String> refusal = refusal();
      if (refusal.isPresent()) {
        parsed.commandSpec().commandLine().getErr().println("sluice: " + refusal.get());
        return 1;
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static boolean asksForHelp(ParseResult command) {
    return command.isUsageHelpRequested()
        || command.isVersionHelpRequested()
        || (command.hasSubcommand() && asksForHelp(command.subcommand()));
  }

  private static Optional<String> refusal() {
    try {
      return refusal(ThisMachine.settings(), SluiceHome.folder(), Instant.now());
    } catch (WorkspaceProblem e) {
      return Optional.of(e.getMessage() + " " + e.wayOut());
    }
  }

  /// What to say when this version may not run, and what to do.
  static Optional<String> refusal(ManagedSettings settings, Path folder, Instant now) {
    UpdateCheck updates = new UpdateCheck(settings.updates(), folder, ProductVersion.CURRENT);
    return updates.known(now) instanceof UpdateNotice.TooOld old
        ? Optional.of(
            "version "
                + ProductVersion.CURRENT
                + " may not run here; the lowest is "
                + old.floor()
                + ". "
                + old.wayOut())
        : Optional.empty();
  }
}
