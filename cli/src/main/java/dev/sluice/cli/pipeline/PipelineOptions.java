package dev.sluice.cli.pipeline;

import dev.sluice.cli.Labels;
import dev.sluice.cli.SluiceHome;
import dev.sluice.gateway.headless.HeadlessWorkspace;
import dev.sluice.gateway.remote.PinnedServers;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `sluice run` that are about a server.
public final class PipelineOptions {

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description = "Run through this server, which decides, asks people and records.")
  private @Nullable URI server;

  @Option(
      names = "--wait-approval",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "With --server: wait so long for approvals, such as 30m (default: 0s).")
  private String wait;

  @Option(
      names = "--workflow",
      paramLabel = "NAME",
      description = "With --server: the workflow and its commit, such as \"$REPO@$COMMIT\".")
  private @Nullable String workflow;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "With --server: why, for the people who decide.")
  private String reason;

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "text",
      description = "With --server: text, json or junit (default: ${DEFAULT-VALUE}).")
  private String output;

  public boolean isGiven() {
    return server != null;
  }

  /// Runs texts and writes the report to standard output.
  ///
  /// @param labels given by hand
  /// @param texts by file name
  /// @throws IllegalArgumentException when an option makes no sense
  public PipelineReport run(
      String connection, Map<String, String> labels, Map<String, String> texts)
      throws WorkspaceProblem, IOException, InterruptedException {
    URI address = server;
    if (address == null) {
      throw new IllegalArgumentException("--server is missing.");
    }
    form();
    Duration patience = patience();
    Map<String, String> all = new TreeMap<>(labels);
    if (workflow != null) {
      all.put("workflow", workflow);
    }
    Origin origin = new Origin("cli", Labels.of(all));
    PipelineLogin login = new PipelineLogin(System.getenv());
    Path folder = SluiceHome.folder().resolve("pipelines");
    try (HeadlessWorkspace opened =
        HeadlessWorkspace.open(
            new PinnedServers(folder.resolve("servers")).trust(address),
            login::signIn,
            folder.resolve(login.name().replaceAll("[^A-Za-z0-9._-]", "_")),
            origin)) {
      String why =
          reason.isBlank()
              ? "Asked by " + origin.labels().getOrDefault("workflow", "a pipeline") + "."
              : reason;
      return new PipelineRun(opened, connection, patience, why, PipelineOptions::say).run(texts);
    }
  }

  /// The report in the form asked for.
  public String written(PipelineReport report) {
    return switch (form()) {
      case "json" -> report.json();
      case "junit" -> report.junit();
      default -> report.text();
    };
  }

  private String form() {
    if (!output.equals("text") && !output.equals("json") && !output.equals("junit")) {
      throw new IllegalArgumentException("--output is text, json or junit, not " + output + ".");
    }
    return output;
  }

  private Duration patience() {
    try {
      return Duration.parse(
          wait.matches("[0-9]+[smhSMH]") ? "PT" + wait.toUpperCase(Locale.ROOT) : wait);
    } catch (java.time.format.DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--wait-approval is a time such as 30m, not " + wait + ".");
    }
  }

  private static void say(String line) {
    System.err.println("sluice: " + line);
  }
}
