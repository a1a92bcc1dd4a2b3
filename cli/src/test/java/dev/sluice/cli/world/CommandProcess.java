package dev.sluice.cli.world;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `sluice` as a process of its own, on the class path of the tests.
public final class CommandProcess {

  private CommandProcess() {}

  public static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sluice.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  public static Process start(
      Path home, Path errors, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    builder.environment().put("SLUICE_HOME", home.toString());
    builder.environment().putAll(environment);
    builder.redirectError(new File(errors.toString()));
    return builder.start();
  }
}
