package dev.sluice.cli.doctor;

import dev.sluice.cli.SluiceHome;
import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ManagedSettingsFile;
import dev.sluice.gateway.managed.TrustRoots;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sluice doctor`: looks at this machine, the settings in force and the server, and says what is
/// wrong and who can mend it. It changes nothing and signs in nowhere.
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Says what is in force on this machine and what is wrong.",
    footer = {"", "Exit codes: 0 nothing is wrong, 1 something is."})
public final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description = "The server to look at (default: the one in the managed settings).")
  private @Nullable URI address;

  @Option(
      names = "--keys",
      description = "Print the server's keys as managed.yaml takes them, and nothing else.")
  private boolean keys;

  @Override
  public Integer call() {
    List<Finding> findings =
        new ArrayList<>(MachineChecks.all(SluiceHome.folder(), System.getenv()));
    ManagedSettings settings = ManagedSettings.none();
    try {
      settings = ManagedSettingsFile.inForce(System.getenv());
      findings.addAll(SettingsChecks.all(settings));
      TrustRoots.install(settings.trustRoots());
      if (!keys) {
        findings.add(SettingsChecks.updates(settings, SluiceHome.folder()));
      }
    } catch (ManagedSettingsFile.Unreadable e) {
      findings.add(
          Finding.wrong(
              "Managed settings",
              String.valueOf(e.getMessage()),
              "The workbench does not start until an administrator mends the file."));
    } catch (TrustRoots.Unusable e) {
      // The trust root was found wrong above.
    }
    Optional<URI> server = Optional.ofNullable(address).or(settings::server);
    if (keys) {
      return printKeys(server);
    }
    if (server.isPresent()) {
      findings.addAll(ServerChecks.all(server.get(), settings));
    } else {
      findings.add(
          Finding.note("Server", "none is set", "Name one with --server, or in managed.yaml."));
    }
    findings.forEach(DoctorCommand::print);
    return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.WRONG) ? 1 : 0;
  }

  private static int printKeys(Optional<URI> server) {
    if (server.isEmpty()) {
      System.err.println("sluice: whose keys? Name the server with --server.");
      return 1;
    }
    try {
      System.out.print(ServerChecks.pins(HttpServerClient.ask(server.get())));
      return 0;
    } catch (WorkspaceProblem e) {
      System.err.println("sluice: " + e.getMessage() + " " + e.wayOut());
      return 1;
    }
  }

  private static void print(Finding finding) {
    String mark =
        switch (finding.level()) {
          case GOOD -> "ok   ";
          case NOTE -> "note ";
          case WRONG -> "WRONG";
        };
    System.out.printf("%s  %-17s %s%n", mark, finding.subject(), finding.text());
    if (!finding.wayOut().isEmpty()) {
      System.out.printf("       %-17s %s%n", "", finding.wayOut());
    }
  }
}
