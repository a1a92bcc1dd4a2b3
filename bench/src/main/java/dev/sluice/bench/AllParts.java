package dev.sluice.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every part in one run: each in a process of its own, which ends when its time is over. A part
/// that fails or takes too long is said and left out; the others are measured all the same.
final class AllParts {

  static final List<String> ALL = List.of("core", "app", "seen", "server", "enforce", "driver");

  /// What is measured in real windows.
  static final List<String> WINDOW = List.of("app", "seen");

  private static final String GROUP = "Taken";

  /// What the figures of windows, which are plain numbers by name, are to be at most.
  private static final Map<String, Double> CEILINGS =
      Map.ofEntries(
          Map.entry("app.first_row_ms", 150.0),
          Map.entry("app.cancel_ms", 200.0),
          Map.entry("app.keystroke_ms", 16.0),
          Map.entry("app.completion_ms", 30.0),
          Map.entry("app.million_rows_heap_mb", 256.0),
          Map.entry("app.scroll_longest_pulse_ms", 50.0),
          Map.entry("app.longest_fx_task_ms", 50.0),
          Map.entry("app.warm_start_ms", 2500.0),
          Map.entry("seen.verdicts_100_statements_ms", 100.0),
          Map.entry("seen.verdicts_100_new_statements_ms", 100.0),
          Map.entry("seen.timeline_first_page_ms", 200.0),
          Map.entry("seen.decision_screen_to_screen_p99_ms", 500.0),
          Map.entry("seen.what_if_s", 30.0));

  private final List<String> parts;
  private final List<String> options;
  private final Consumer<String> said;

  /// @param parts of them all
  /// @param options `--quick` or `--full`, passed on
  /// @param said takes what is measured next, and what was left out
  AllParts(List<String> parts, List<String> options, Consumer<String> said) {
    this.parts = List.copyOf(parts);
    this.options = options;
    this.said = said;
  }

  private Duration longest() {
    return Duration.ofMinutes(
        options.contains("--quick") ? 4 : options.contains("--full") ? 60 : 15);
  }

  List<Figure> run() throws IOException, InterruptedException {
    List<Figure> all = new ArrayList<>();
    List<Figure> taken = new ArrayList<>();
    said.accept("measuring " + parts + ", each for at most " + longest().toMinutes() + " minutes");
    for (String part : parts) {
      long begun = System.nanoTime();
      List<Figure> figures = measure(part);
      all.addAll(figures);
      taken.add(
          Figure.of(
              GROUP,
              "taken." + part,
              figures.isEmpty() ? part + ", not measured, after" : part + ", measured in",
              (System.nanoTime() - begun) / 1e9,
              "s"));
    }
    all.addAll(taken);
    return List.copyOf(all);
  }

  private List<Figure> measure(String part) throws IOException, InterruptedException {
    List<String> command = command(part);
    if (command.isEmpty()) {
      said.accept(part + " is left out: the workbench is not built here. Run ./sluice --version.");
      return List.of();
    }
    said.accept("measuring " + part);
    Path answer = Files.createTempFile("sluice-bench-" + part, ".json");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(answer.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(longest().toMillis(), TimeUnit.MILLISECONDS)) {
        // First what it started, such as a database: nothing may stay behind.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
        said.accept(part + " took longer than it may, and is left out");
        return List.of();
      }
      String text = Files.readString(answer, StandardCharsets.UTF_8);
      int line = text.lastIndexOf("\n{") + 1;
      if (process.exitValue() != 0 || !text.startsWith("{", line)) {
        said.accept(part + " could not be measured, and is left out");
        return List.of();
      }
      return figures(part, JsonMapper.shared().readTree(text.substring(line)));
    } finally {
      Files.deleteIfExists(answer);
    }
  }

  private List<String> command(String part) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    if (WINDOW.contains(part)) {
      Path arguments = Path.of(System.getProperty("sluice.root", "."), ".sluice", "launch.args");
      if (!Files.exists(arguments)) {
        return List.of();
      }
      List<String> window = new ArrayList<>(List.of(java, "@" + arguments));
      window.addAll(List.of("dev.sluice.cli.Main", "bench", part, "--json"));
      if (part.equals("seen") && !options.contains("--full")) {
        window.addAll(List.of("--events", "200000"));
      }
      return window;
    }
    List<String> command = new ArrayList<>(List.of(java));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), Main.class.getName(), part, "--json"));
    options.stream().filter(List.of("--quick", "--full")::contains).forEach(command::add);
    return command;
  }

  /// The window's figures are plain numbers by name; the others say what they are.
  private static List<Figure> figures(String part, JsonNode read) {
    List<Figure> figures = new ArrayList<>();
    if (!read.has("figures")) {
      read.properties()
          .forEach(entry -> figures.add(window(part, entry.getKey(), entry.getValue().asDouble())));
      return figures;
    }
    for (JsonNode each : read.path("figures")) {
      boolean floor = each.has("at_least");
      String target = floor ? "at_least" : "at_most";
      figures.add(
          new Figure(
              each.path("group").asString(),
              each.path("name").asString(),
              each.path("words").asString(),
              each.path("value").asDouble(),
              each.path("unit").asString(),
              each.has(target)
                  ? OptionalDouble.of(each.path(target).asDouble())
                  : OptionalDouble.empty(),
              floor));
    }
    return figures;
  }

  private static Figure window(String part, String name, double value) {
    String unit =
        name.endsWith("_ms") ? "ms" : name.endsWith("_mb") ? "MB" : name.endsWith("_s") ? "s" : "";
    String words = name.substring(0, name.length() - (unit.isEmpty() ? 0 : unit.length() + 1));
    Figure figure =
        Figure.of(
            part.equals("app") ? "The workbench" : "Governance, as it is seen",
            part + "." + name,
            words.replace('_', ' '),
            value,
            unit);
    Double ceiling = CEILINGS.get(part + "." + name);
    return ceiling == null ? figure : figure.atMost(ceiling);
  }

  /// A sentence for the end: what was missed.
  static String missed(List<Figure> figures) {
    long missed = figures.stream().filter(Figure::missed).count();
    long due = figures.stream().filter(figure -> figure.target().isPresent()).count();
    return String.format(Locale.ROOT, "%d of %d targets met", due - missed, due);
  }
}
