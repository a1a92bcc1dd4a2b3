package dev.sluice.bench;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Runs measurements and prints them:
/// `core|server|driver|enforce|window [--quick|--full] [--json] [--write-docs]`. Without a name,
/// all of them and the workbench, in one report; a few minutes each at most with `--quick`. `soak`
/// runs only when it is named: `--minutes=10`, `--people=200`. Standard output holds the figures
/// only.
public final class Main {

  private static final Set<String> OPTIONS = Set.of("--quick", "--full", "--json", "--write-docs");
  private static final Set<String> NAMES =
      Set.of("core", "server", "driver", "enforce", "window", "soak");

  private Main() {}

  public static void main(String[] arguments) {
    List<String> names = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("--minutes=") || argument.startsWith("--people=")) {
        System.setProperty(
            "sluice.soak." + argument.substring(2, argument.indexOf('=')),
            argument.substring(argument.indexOf('=') + 1));
      } else {
        (argument.startsWith("--") ? options : names).add(argument);
      }
    }
    if (!OPTIONS.containsAll(options) || !NAMES.containsAll(names)) {
      System.err.println("sluice bench: takes " + NAMES + " and " + OPTIONS + ".");
      System.exit(2);
    }
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    if (options.contains("--quick")) {
      System.setProperty(Measuring.QUICK, "true");
    }
    try {
      if (names.isEmpty()) {
        all(options, out);
      }
      if (names.contains("core")) {
        core(options, out);
      }
      if (names.contains("server")) {
        part(
            "server",
            "The server, measured",
            (full, said) -> new ServerBench(full, said).run(),
            options,
            out);
      }
      if (names.contains("driver")) {
        part(
            "driver",
            "Programs, measured",
            (full, said) -> new AgentBench(full, said).run(),
            options,
            out);
      }
      if (names.contains("enforce")) {
        part(
            "enforce",
            "The database itself says no, measured",
            (full, said) -> new EnforceBench(full, said).run(),
            options,
            out);
      }
      if (names.contains("window")) {
        part(
            "window",
            "The workbench, measured",
            (full, said) -> new AllParts(AllParts.WINDOW, options, said).run(),
            options,
            out);
      }
      if (names.contains("soak")) {
        soak(options, out);
      }
    } catch (Exception e) {
      System.err.println(
          "sluice bench: could not be finished: " + e.getMessage() + " See .sluice/bench.log.");
      System.exit(1);
    }
    // What is compared with, and clients of others, leave threads behind.
    out.flush();
    System.exit(0);
  }

  private static void all(List<String> options, PrintStream out) throws Exception {
    var machine = Machine.facts();
    List<Figure> figures =
        new AllParts(AllParts.ALL, options, next -> System.err.println("sluice: " + next)).run();
    String how =
        options.contains("--quick") ? " --quick" : options.contains("--full") ? " --full" : "";
    Report report = new Report("./sluice bench" + how, machine, figures);
    if (options.contains("--write-docs")) {
      write("all.svg", Plot.targets(report.figures()));
      write("all.md", report.markdown("Everything, measured in one run", "all.svg"));
    }
    out.println(options.contains("--json") ? report.json() : report.text());
    System.err.println("sluice: " + AllParts.missed(figures));
  }

  private static void core(List<String> options, PrintStream out) throws Exception {
    boolean full = options.contains("--full");
    var machine = Machine.facts();
    List<Figure> figures =
        new CoreBench(full, next -> System.err.println("sluice: measuring " + next)).run();
    Report report = new Report("./sluice bench core" + (full ? " --full" : ""), machine, figures);
    if (options.contains("--write-docs")) {
      write("core.svg", Plot.svg(report.figures()));
      write("core.md", report.markdown("The core, measured", "core.svg"));
    }
    out.println(options.contains("--json") ? report.json() : report.text());
  }

  /// Measures one part and prints it.
  private static void part(
      String name, String title, Part measured, List<String> options, PrintStream out)
      throws Exception {
    boolean full = options.contains("--full");
    var machine = Machine.facts();
    List<Figure> figures = measured.run(full, next -> System.err.println("sluice: " + next));
    Report report =
        new Report("./sluice bench " + name + (full ? " --full" : ""), machine, figures);
    if (options.contains("--write-docs")) {
      write(name + ".svg", Plot.targets(report.figures()));
      write(name + ".md", report.markdown(title, name + ".svg"));
    }
    out.println(options.contains("--json") ? report.json() : report.text());
  }

  /// What measures a part.
  private interface Part {
    /// @param said takes what is measured next
    List<Figure> run(boolean full, Consumer<String> said) throws Exception;
  }

  private static void soak(List<String> options, PrintStream out) throws Exception {
    double minutes = Double.parseDouble(System.getProperty("sluice.soak.minutes", "10"));
    int people = Integer.getInteger("sluice.soak.people", 200);
    var machine = Machine.facts();
    List<Figure> figures =
        new SoakBench(
                people,
                Duration.ofMillis((long) (minutes * 60_000)),
                next -> System.err.println("sluice: " + next))
            .run();
    Report report =
        new Report(
            "./sluice bench soak --minutes " + minutes + " --people " + people, machine, figures);
    if (options.contains("--write-docs")) {
      write("soak.svg", Plot.targets(report.figures()));
      write("soak.md", report.markdown("Many people at once", "soak.svg"));
    }
    out.println(options.contains("--json") ? report.json() : report.text());
  }

  private static void write(String file, String text) throws IOException {
    Path folder = Path.of(System.getProperty("sluice.root", "."), "docs", "benchmarks");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(file), text);
    System.err.println("sluice: written to docs/benchmarks/" + file);
  }
}
