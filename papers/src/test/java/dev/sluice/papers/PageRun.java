package dev.sluice.papers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.managed.ManagedSettingsFile;
import dev.sluice.server.ServerConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Goes through one page from top to bottom, as a reader does, in a folder of its own.
final class PageRun {

  /// Every way in which a snippet can be run.
  static final Set<String> WAYS =
      Set.of(
          "commands",
          "shell",
          "output",
          "sql",
          "java",
          "mask",
          "masked",
          "policy",
          "recipe",
          "shows",
          "sends",
          "server-config",
          "server-config-part",
          "managed",
          "mcp-config");

  private final Path folder;
  private String schema =
      """
      CREATE TABLE customers (id int PRIMARY KEY, name text, email text);
      CREATE TABLE orders (id int PRIMARY KEY, customer_id int, status text);
      """;
  private String output = "";
  private Optional<PolicyPages> policies = Optional.empty();

  PageRun(Path folder) {
    this.folder = folder;
  }

  void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    if (name.equals("schema.sql")) {
      schema = text;
    }
  }

  void run(Mark.Run mark, String text) throws Exception {
    switch (mark.how()) {
      case "commands" -> CommandLines.check(text);
      case "shell" -> shell(text, mark.detail().isEmpty() ? 0 : exitCode(mark.detail()));
      case "output" -> assertThat(output).contains(text.strip());
      case "java" -> JavaSnippets.compile(text);
      case "mask" -> JavaSnippets.define(text);
      case "masked" -> JavaSnippets.shows(mark.detail(), text);
      case "sql" -> policies().understands(text);
      case "policy" -> {
        if (!mark.detail().isEmpty()) {
          Files.writeString(folder.resolve(mark.detail()), text);
        }
        policies().policy(text);
      }
      case "recipe" -> policies().recipe(text, mark.detail().equals("sent-text"));
      case "shows" -> policies().shows(text);
      case "sends" -> policies().sends(text, mark.detail());
      case "server-config" -> serverConfig(text);
      case "server-config-part" -> serverConfigPart(text, mark.detail());
      case "managed" -> managed(text);
      case "mcp-config" -> mcp(text);
      default -> throw new AssertionError("there is no way to run " + mark.how());
    }
  }

  private PolicyPages policies() {
    if (policies.isEmpty()) {
      policies = Optional.of(new PolicyPages(schema));
    }
    return policies.get();
  }

  private static int exitCode(String detail) {
    return Integer.parseInt(detail.replace("exit ", ""));
  }

  /// Runs lines in bash, where `sluice` and `./sluice` are the commands of this build.
  private void shell(String text, int code) throws IOException, InterruptedException {
    String java = ProcessHandle.current().info().command().orElse("java");
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path launcher = folder.resolve("sluice");
    Files.writeString(
        launcher,
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp '%s' dev.sluice.cli.Main \"$@\"\n"
            .formatted(java, classes));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("run.sh"), text);
    Path transcript = folder.resolve("transcript.txt");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-eu", "-o", "pipefail", "run.sh")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(transcript.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", folder + ":" + environment.getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("SLUICE_HOME", folder.resolve("home").toString());
    environment.put("NO_COLOR", "1");
    Process process = builder.start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    output = Files.readString(transcript);
    assertThat(ended).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(code);
  }

  private void serverConfig(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("server-config.yaml"), text);
    assertThat(ServerConfigFile.read(file, anySecret(text))).isNotNull();
  }

  /// A part of a configuration, at home under keys such as `identity.providers`.
  private void serverConfigPart(String text, String place) throws Exception {
    Object value = yaml(text.stripIndent());
    if (value instanceof Map<?, ?> map && map.size() == 1) {
      String last = place.substring(place.lastIndexOf('.') + 1);
      value = map.containsKey(last) ? map.get(last) : value;
    }
    String[] keys = place.split("\\.");
    for (int index = keys.length - 1; index >= 0; index--) {
      Map<String, Object> around = new LinkedHashMap<>();
      if (index == 1 && keys[0].equals("identity")) {
        around.put("resource", "https://sluice.acme.test");
      }
      around.put(keys[index], value == null ? List.of() : value);
      value = around;
    }
    serverConfig(new Dump(DumpSettings.builder().build()).dumpToString(value));
  }

  private static Map<String, String> anySecret(String text) {
    Map<String, String> environment = new LinkedHashMap<>();
    java.util.regex.Pattern.compile("(password|secret|token|url)-env\"?:\\s*\"?([A-Z_]+)")
        .matcher(text)
        .results()
        .forEach(found -> environment.put(found.group(2), "a secret of 32 characters and more"));
    return environment;
  }

  private void managed(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("managed.yaml"), text);
    assertThat(ManagedSettingsFile.read(file).source()).isPresent();
  }

  private static void mcp(String text) {
    Map<?, ?> servers = (Map<?, ?>) ((Map<?, ?>) yaml(text)).get("mcpServers");
    for (Object server : servers.values()) {
      List<?> arguments = (List<?>) ((Map<?, ?>) server).get("args");
      assertThat(CommandLines.sluice(arguments.stream().map(String::valueOf).toList())).isEmpty();
    }
  }

  private static Object yaml(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
