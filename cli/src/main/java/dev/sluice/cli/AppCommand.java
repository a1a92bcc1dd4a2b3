package dev.sluice.cli;

import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.app.WorkbenchWindow;
import dev.sluice.app.shell.SystemNotifier;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.journal.Journal;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ThisMachine;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.FileTrustMemory;
import dev.sluice.gateway.remote.PinnedServers;
import dev.sluice.gateway.signin.ServerSignIn;
import dev.sluice.gateway.updates.ProductVersion;
import dev.sluice.gateway.updates.UpdateCheck;
import dev.sluice.gateway.updates.UpdateNotice;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice app`: opens the workbench.
@Command(
    name = "app",
    mixinStandardHelpOptions = true,
    description = "Opens the workbench of a server.")
final class AppCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description = {
        "Its address, such as https://sluice.acme.test (default: the one that an administrator",
        "set for this machine; without one, the demo workspace opens)."
      })
  private @Nullable URI named;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The account to fill in.")
  private String account;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "SQL scripts to open.")
  private List<Path> files = List.of();

  /// For measuring the start: says `shown` once the window takes input, and ends.
  @Option(names = "--until-shown", hidden = true)
  private boolean untilShown;

  @Override
  public Integer call() throws Exception {
    ManagedSettings settings;
    try {
      settings = ThisMachine.settings();
    } catch (WorkspaceProblem e) {
      System.err.println("sluice: " + e.getMessage() + " " + e.wayOut());
      return 1;
    }
    UpdateCheck updates =
        new UpdateCheck(settings.updates(), SluiceHome.folder(), ProductVersion.CURRENT);
    Optional<String> tooOld = VersionFloor.refusal(settings, SluiceHome.folder(), Instant.now());
    if (tooOld.isPresent()) {
      System.err.println("sluice: " + tooOld.get());
      return 1;
    }
    Optional<URI> address = Optional.ofNullable(named).or(settings::server);
    if (address.isEmpty()) {
      return DemoCommand.opening(files).call();
    }
    if (!untilShown) {
      // What is found is kept, and said when somebody signs in next.
      Thread.ofVirtual().name("updates").start(() -> updates.ask(Instant.now()));
    }
    return open(address.get(), settings, words(updates.known(Instant.now())));
  }

  /// A line for the sign-in card, where no transaction can be open.
  private static String words(UpdateNotice notice) {
    return notice instanceof UpdateNotice.Newer newer
        ? "Sluice " + newer.version() + " is there. Get it at " + newer.address()
        : "";
  }

  private int open(URI address, ManagedSettings settings, String notice)
      throws IOException, InterruptedException {
    Path folder = SluiceHome.folder().resolve("workbench");
    try (BoundedParserWorker worker = BoundedParserWorker.standard();
        Journal journal = SqliteJournal.open(folder.resolve("journal.db"));
        DirectConnections direct = DirectConnections.in(folder, settings)) {
      LocalCore core = LocalCore.of(worker);
      ServerSignIn signIn =
          new ServerSignIn(
              new PinnedServers(folder.resolve("servers")).trust(address),
              new FileTrustMemory(folder.resolve("trust.json")),
              "workbench 1.0.0",
              client -> ServerWorkspace.open(client, core, journal, Origin.window(), direct));
      WorkbenchWindow window =
          Workbench.open(
              signIn,
              WorkbenchOptions.in(folder.resolve("state"))
                  .withAccount(account)
                  .withServer(address.toString())
                  .withManaged(settings)
                  .withFiles(files)
                  .withNotifier(SystemNotifier.ofThisSystem())
                  .withNotice(notice));
      if (untilShown) {
        System.out.println("shown");
        return 0;
      }
      window.awaitClosed();
      return 0;
    } catch (WorkspaceProblem e) {
      System.err.println("sluice: " + e.getMessage() + " " + e.wayOut());
      return 1;
    } catch (Journal.JournalProblem e) {
      System.err.println("sluice: " + e.getMessage());
      return 1;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
