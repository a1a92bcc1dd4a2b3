package dev.sluice.cli.window;

import dev.sluice.cli.demo.DemoWorld;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Starts the workbench as a program of its own, several times, and takes the time from the start
/// of its process until its window takes input.
final class StartBench {

  private static final int TIMES = 4;

  private StartBench() {}

  static void measure(DemoWorld world, Map<String, Double> figures, Consumer<String> say)
      throws IOException, InterruptedException {
    Path arguments =
        Path.of(System.getProperty("sluice.root", "")).resolve(".sluice").resolve("launch.args");
    if (!Files.exists(arguments)) {
      throw new BenchFailure(
          "The start is measured from a source checkout: use ./sluice bench app there.");
    }
    say.accept("Starting the workbench " + TIMES + " times.");
    Path home = Files.createTempDirectory("sluice-start");
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      times.add(start(world, arguments, home));
    }
    // The first one reads everything from the disk.
    figures.put("warm_start_ms", Figures.median(times.subList(1, times.size())));
  }

  private static double start(DemoWorld world, Path arguments, Path home)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                java,
                "@" + arguments,
                "-Dglass.platform=Headless",
                "-Dprism.order=sw",
                "-Djava.awt.headless=true",
                "dev.sluice.cli.Main",
                "app",
                "--server",
                world.address().toString(),
                "--until-shown")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("SLUICE_HOME", home.toString());
    long begun = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    double shown = -1;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("shown")) {
          shown = (System.nanoTime() - begun) / 1e6;
        }
      }
    }
    process.waitFor();
    if (shown < 0) {
      throw new BenchFailure("The workbench did not come up as a program of its own.");
    }
    return shown;
  }
}
