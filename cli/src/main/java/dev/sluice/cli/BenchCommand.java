package dev.sluice.cli;

import dev.sluice.cli.window.BenchAppCommand;
import dev.sluice.cli.window.BenchSeenCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice bench`: measures Sluice beside the same work without it.
///
/// The measurements are a program of their own, which is built on first use and never part of a
/// package: its library (JMH) has another licence.
@Command(
    name = "bench",
    subcommands = {BenchAppCommand.class, BenchSeenCommand.class},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures Sluice beside raw JDBC and a peer, in one run on this machine.",
    footer = {
      "",
      "The first use builds the benchmarks and fetches what is compared with.",
      "Exit codes: 0 measured, 1 something could not be measured, 2 bad arguments."
    })
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description =
          "core: decisions, rules, streaming, point queries, journal. server: audit log, timelines,"
              + " push, start. driver: JDBC driver and MCP calls. enforce: leases and masked views."
              + " window: the workbench in real windows (app and seen)."
              + " None: all of these and the workbench, in one report. soak: many people at two"
              + " servers.")
  private List<String> names = List.of();

  @Option(
      names = "--quick",
      description = "Shorter: at most four minutes for each part, for a look.")
  private boolean quick;

  @Option(names = "--full", description = "Longer, for figures that are written down.")
  private boolean full;

  @Option(names = "--json", description = "Print one JSON line instead of a table.")
  private boolean json;

  @Option(
      names = "--write-docs",
      description = "Also write the figures and a plot to docs/benchmarks.")
  private boolean writeDocs;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "soak: how long the work lasts (default: 10).")
  private @Nullable Double minutes;

  @Option(
      names = "--people",
      paramLabel = "N",
      description = "soak: accounts, agents and approvers among them (default: 200).")
  private @Nullable Integer people;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("sluice.root", ""));
    Path launcher = root.resolve("build").resolve("Launcher.java");
    if (!Files.exists(launcher) || !Files.exists(root.resolve("bench"))) {
      spec.commandLine()
          .getErr()
          .println("sluice bench runs from a source checkout: use ./sluice bench there.");
      return 1;
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    int built = run(List.of(java, "-Dsluice.root=" + root, launcher.toString(), "--build-bench"));
    if (built != 0) {
      return 1;
    }
    List<String> command = new ArrayList<>(List.of(java));
    command.add("@" + root.resolve(".sluice").resolve("bench.args"));
    command.add("dev.sluice.bench.Main");
    command.addAll(names);
    if (minutes != null) {
      command.add("--minutes=" + minutes);
    }
    if (people != null) {
      command.add("--people=" + people);
    }
    if (quick) {
      command.add("--quick");
    }
    if (full) {
      command.add("--full");
    }
    if (json) {
      command.add("--json");
    }
    if (writeDocs) {
      command.add("--write-docs");
    }
    return run(command);
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    return process.waitFor();
  }
}
