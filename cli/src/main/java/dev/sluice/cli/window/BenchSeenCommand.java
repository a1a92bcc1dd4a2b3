package dev.sluice.cli.window;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `sluice bench seen`: measures what people see of governance, in two real windows at one server.
@Command(
    name = "seen",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures what people see of governance, in two windows without a display.",
    footer = {
      "",
      "Times are milliseconds: from an action to the frame that shows it. The log is filled first,",
      "about 7,000 events a second; decisions go from the owner's screen to the analyst's.",
      "Exit codes: 0 measured, 1 something could not be measured."
    })
public final class BenchSeenCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Events in the analyst's timeline (default: ${DEFAULT-VALUE}).")
  private int events;

  @Option(
      names = "--statements",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Of them, those a what-if looks at (default: ${DEFAULT-VALUE}).")
  private int statements;

  @Option(
      names = "--decisions",
      paramLabel = "N",
      defaultValue = "100",
      description = "Requests that are decided (default: ${DEFAULT-VALUE}).")
  private int decisions;

  @Option(names = "--json", description = "Print one JSON line instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    System.setProperty("java.awt.headless", "true");
    Map<String, Double> figures = new LinkedHashMap<>();
    Path folder = Files.createTempDirectory("sluice-seen");
    int result = 0;
    say("Writing " + events + " events.");
    try (SeenWorld world = new SeenWorld(folder, events, statements)) {
      SeenBench bench = new SeenBench(world, folder, this::say);
      try {
        bench.measure(figures, decisions);
      } finally {
        bench.close();
      }
    } catch (BenchFailure e) {
      // What was measured until then is worth printing.
      say(String.valueOf(e.getMessage()));
      result = 1;
    }
    spec.commandLine().getOut().println(json ? Figures.json(figures) : Figures.table(figures));
    spec.commandLine().getOut().flush();
    return result;
  }

  private void say(String line) {
    spec.commandLine().getErr().println("sluice: " + line);
    spec.commandLine().getErr().flush();
  }
}
