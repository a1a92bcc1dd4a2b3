package dev.sluice.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a program of the system or of the JDK, its output kept in a log.
///
/// @param log written anew by every run
/// @param environment added to the own one
record Tool(Path log, Map<String, String> environment) {

  private static final long MINUTES = 30;

  /// A program in the JDK that runs this.
  static String ofJdk(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /// Whether a program is found on the path.
  static boolean exists(String name) {
    for (String folder :
        System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, name))) {
        return true;
      }
    }
    return false;
  }

  /// Runs to the end.
  ///
  /// @throws PackagingProblem when it fails or takes over 30 minutes
  void run(Path folder, List<String> command) throws IOException, InterruptedException {
    int code = start(folder, command);
    if (code != 0) {
      List<String> lines = Files.readAllLines(log);
      lines.stream().skip(Math.max(0, lines.size() - 30)).forEach(System.err::println);
      throw new PackagingProblem(
          Path.of(command.getFirst()).getFileName()
              + " ended with "
              + code
              + "; its output is in "
              + log);
    }
  }

  /// Runs to the end and returns the exit code, 124 when it had to be ended.
  int start(Path folder, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(nothing()))
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      return 124;
    }
    return process.exitValue();
  }

  private static java.io.File nothing() {
    return new java.io.File(
        System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
  }
}
