package dev.sluice.cli;

import dev.sluice.cli.demo.DemoWorld;
import dev.sluice.cli.tour.Tour;
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

  static final String ACCOUNTS =
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
      return tourOnly ? play(world) : DemoWindows.open(world, files);
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

  /// On Linux a window needs an X or Wayland display; elsewhere there is one.
  private static boolean hasDisplay() {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    return !linux || isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
  }

  private static boolean isSet(String name) {
    String value = System.getenv(name);
    return value != null && !value.isBlank();
  }

  static void say(String line) {
    System.err.println("sluice: " + line);
  }
}
