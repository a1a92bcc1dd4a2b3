package dev.sluice.cli.window;

import dev.sluice.cli.demo.DemoWorld;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `sluice bench app`: measures the workbench, headless, in a real window over the demo.
@Command(
    name = "app",
    mixinStandardHelpOptions = true,
    description = "Measures the workbench in a real window over the demo, without a display.",
    footer = {
      "",
      "Times are medians in milliseconds on this machine, as loaded as it is; the longest task of",
      "the window's thread is given as clock time and as processor time.",
      "Exit codes: 0 measured, 1 something could not be measured."
    })
public final class BenchAppCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON line instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    System.setProperty("glass.platform", "Headless");
    System.setProperty("prism.order", "sw");
    System.setProperty("java.awt.headless", "true");
    Map<String, Double> figures = new LinkedHashMap<>();
    try (DemoWorld world = DemoWorld.start(line -> say(line))) {
      WindowBench bench = new WindowBench(world, this::say);
      try {
        bench.measure(figures);
      } finally {
        bench.close();
      }
      StartBench.measure(world, figures, this::say);
    } catch (BenchFailure e) {
      // What was measured until then is worth printing.
      say(String.valueOf(e.getMessage()));
      print(figures);
      return 1;
    }
    print(figures);
    return 0;
  }

  private void print(Map<String, Double> figures) {
    spec.commandLine().getOut().println(json ? Figures.json(figures) : Figures.table(figures));
    spec.commandLine().getOut().flush();
  }

  private void say(String line) {
    spec.commandLine().getErr().println("sluice: " + line);
    spec.commandLine().getErr().flush();
  }
}
