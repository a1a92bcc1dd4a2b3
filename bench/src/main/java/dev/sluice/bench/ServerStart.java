package dev.sluice.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts a server as a program of its own and takes the time from the start of its process until
/// it answers, then its memory after a while of rest.
final class ServerStart {

  private static final int PATIENCE = 60;
  private static final long REST = 5_000;

  private ServerStart() {}

  /// @param median milliseconds
  /// @param processor milliseconds of processor time until it answered, median: what is left of the
  ///     start when others have work for the machine
  /// @param memory resident, in MiB; -1 where the system does not tell
  record Started(double median, double processor, double memory) {}

  static Started measure(int times) throws Exception {
    Path arguments = Path.of(System.getProperty("sluice.root", ""), ".sluice", "launch.args");
    if (!Files.exists(arguments)) {
      throw new IllegalStateException("Sluice is not built: use ./sluice bench server.");
    }
    Path folder = Files.createTempDirectory("sluice-bench-start");
    run(arguments, folder, "server", "init").waitFor();
    List<Double> took = new ArrayList<>();
    List<Double> used = new ArrayList<>();
    double memory = -1;
    for (int i = 0; i < times; i++) {
      int port = freePort();
      Files.writeString(
          folder.resolve("server.yaml"),
          "http: {host: 127.0.0.1, port: " + port + "}\nstore: {sqlite: data/server.db}\n");
      long begun = System.nanoTime();
      Process process = run(arguments, folder, "server", "--config", "server.yaml");
      try {
        awaitAnswer(port, process);
        took.add((System.nanoTime() - begun) / 1e6);
        process.info().totalCpuDuration().ifPresent(time -> used.add(time.toNanos() / 1e6));
        if (i == times - 1) {
          Thread.sleep(REST);
          memory = resident(process.pid());
        }
      } finally {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        process.destroyForcibly();
      }
    }
    // The first one makes the store and reads everything from the disk.
    return new Started(
        Measuring.median(took.subList(1, took.size())),
        used.size() < 2 ? -1 : Measuring.median(used.subList(1, used.size())),
        memory);
  }

  private static Process run(Path arguments, Path folder, String... command) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + arguments,
                // As the scripts start a server.
                "-Xms32m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                "dev.sluice.cli.Main"));
    line.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("server.log").toFile());
    builder.environment().put("SLUICE_HOME", folder.resolve("home").toString());
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitAnswer(int port, Process process) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < until && process.isAlive()) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // Not listening yet.
        }
        Thread.sleep(10);
      }
    }
    throw new IllegalStateException("The server did not come up as a program of its own.");
  }

  private static double resident(long process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process), "status");
    if (!Files.exists(status)) {
      return -1;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToDouble(kib -> Long.parseLong(kib) / 1024.0)
        .findFirst()
        .orElse(-1);
  }
}
