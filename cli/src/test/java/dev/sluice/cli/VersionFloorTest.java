package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A version below the floor reaches no database and no server, by whatever command.
class VersionFloorTest {

  @TempDir private Path folder;

  @Test
  void aCommandThatConnectsDoesNotRunInAVersionBelowTheFloor() throws Exception {
    Files.writeString(folder.resolve("managed.yaml"), "updates: {check: false, floor: 99.0.0}\n");
    Path database = folder.resolve("shop.db");
    assertThat(sluice("run", "--url", "jdbc:sqlite:" + database, "SELECT 1"))
        .contains("may not run here; the lowest is 99.0.0");
    assertThat(database).doesNotExist();
    assertThat(sluice("connection", "list")).contains("may not run here");
    assertThat(sluice("run", "--help")).contains("Exit codes").doesNotContain("may not run here");
    assertThat(sluice("check", "--help")).doesNotContain("may not run here");
  }

  private String sluice(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add("dev.sluice.cli.Main");
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SLUICE_MANAGED", folder.resolve("managed.yaml").toString());
    builder.environment().put("SLUICE_HOME", folder.resolve("home").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
