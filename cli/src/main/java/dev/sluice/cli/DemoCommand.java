package dev.sluice.cli;

import dev.sluice.app.Workbench;
import dev.sluice.app.WorkbenchOptions;
import dev.sluice.app.WorkbenchWindow;
import dev.sluice.cli.demo.DemoWorld;
import dev.sluice.cli.tour.Tour;
import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ThisMachine;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `sluice demo`: starts a server, demo databases and the workbench on this machine.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Starts a server, demo databases and the workbench on this machine.",
    footer = {
      "",
      "State is kept in ~/.sluice/demo, or in the folder that SLUICE_HOME names.",
      "Exit codes: 0 done, 1 a step of the tour did not happen or something could not start."
    })
final class DemoCommand implements Callable<Integer> {

  private static final String ACCOUNTS =
      "Demo accounts: analyst, owner, admin. Password of each: " + DemoWorld.PASSWORD;

  @Option(
      names = "--headless",
      description = "Play the guided tour without a display (also when none is found).")
  private boolean headless;

  @Option(
      names = "--tour",
      paramLabel = "FOLDER",
      defaultValue = "target/tour",
      description = "Where the tour's pictures and transcript go (default: ${DEFAULT-VALUE}).")
  private Path tour;

  private List<Path> files = List.of();

  /// The demo in place of a workbench that has no server.
  ///
  /// @param scripts to open in the analyst's window
  static DemoCommand opening(List<Path> scripts) {
    DemoCommand demo = new DemoCommand();
    demo.files = List.copyOf(scripts);
    demo.tour = Path.of("target", "tour");
    return demo;
  }

  @Override
  public Integer call() throws Exception {
    boolean tourOnly = headless || !hasDisplay();
    if (tourOnly) {
      System.setProperty("glass.platform", "Headless");
      System.setProperty("prism.order", "sw");
      System.setProperty("java.awt.headless", "true");
    }
    try (DemoWorld world = DemoWorld.start(DemoCommand::say)) {
      say("The server listens on " + world.address() + ", on this machine only.");
      say("What the database is sent is written to " + world.databaseLog());
      return tourOnly ? play(world) : open(world);
    }
  }

  private int play(DemoWorld world) throws Exception {
    say("Playing the guided tour.");
    boolean happened = Tour.play(world, tour);
    say(
        happened
            ? "Every step happened. Pictures and transcript: " + tour.toAbsolutePath()
            : "A step did not happen. See " + tour.resolve("transcript.md").toAbsolutePath());
    return happened ? 0 : 1;
  }

  private int open(DemoWorld world) throws InterruptedException {
    ManagedSettings settings;
    try {
      settings = ThisMachine.settings();
    } catch (WorkspaceProblem e) {
      say(e.getMessage() + " " + e.wayOut());
      return 1;
    }
    say(ACCOUNTS);
    Workbench.start();
    WorkbenchWindow owner = window(world, "owner", settings, List.of());
    WorkbenchWindow analyst = window(world, "analyst", settings, files);
    analyst.awaitClosed();
    owner.awaitClosed();
    return 0;
  }

  private static WorkbenchWindow window(
      DemoWorld world, String account, ManagedSettings settings, List<Path> files) {
    return Workbench.open(
        world.signIn(),
        WorkbenchOptions.in(world.windowState(account))
            .withAccount(account)
            .withServer(world.address().toString())
            .withManaged(settings)
            .withFiles(files)
            .withNotice(ACCOUNTS));
  }

  /// On Linux a window needs an X or Wayland display; elsewhere there is one.
  private static boolean hasDisplay() {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return !linux || isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
  }

  private static boolean isSet(String name) {
    String value = System.getenv(name);
    return value != null && !value.isBlank();
  }

  private static void say(String line) {
    System.err.println("sluice: " + line);
  }
}
