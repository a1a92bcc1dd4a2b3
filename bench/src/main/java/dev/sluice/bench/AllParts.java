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
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every part in one run: each in a process of its own, which ends when its time is over. A part
/// that fails or takes too long is said and left out; the others are measured all the same.
final class AllParts {

  private static final List<String> PARTS = List.of("core", "app", "server", "enforce", "driver");
  private static final String GROUP = "Taken";

  private final List<String> options;
  private final Consumer<String> said;

  /// @param options `--quick` or `--full`, passed on
  /// @param said takes what is measured next, and what was left out
  AllParts(List<String> options, Consumer<String> said) {
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
    said.accept("measuring " + PARTS + ", each for at most " + longest().toMinutes() + " minutes");
    for (String part : PARTS) {
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
    if (part.equals("app")) {
      Path arguments = Path.of(System.getProperty("sluice.root", "."), ".sluice", "launch.args");
      return Files.exists(arguments)
          ? List.of(java, "@" + arguments, "dev.sluice.cli.Main", "bench", "app", "--json")
          : List.of();
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
          .forEach(
              entry ->
                  figures.add(
                      Figure.of(
                          "The workbench",
                          part + "." + entry.getKey(),
                          entry.getKey().replaceFirst("_ms$", "").replace('_', ' '),
                          entry.getValue().asDouble(),
                          entry.getKey().endsWith("_ms") ? "ms" : "")));
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

  /// A sentence for the end: what was missed.
  static String missed(List<Figure> figures) {
    long missed = figures.stream().filter(Figure::missed).count();
    long due = figures.stream().filter(figure -> figure.target().isPresent()).count();
    return String.format(Locale.ROOT, "%d of %d targets met", due - missed, due);
  }
}
