package dev.sluice.cli.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What Sluice needs of the machine it runs on.
final class MachineChecks {

  private static final long WANTED_BYTES = 500L << 20;

  private MachineChecks() {}

  static List<Finding> all(Path home, Map<String, String> environment) {
    List<Finding> findings = new ArrayList<>();
    findings.add(runtime());
    findings.add(folder(home));
    findings.add(display(environment));
    findings.add(drivers(environment));
    return findings;
  }

  private static Finding runtime() {
    boolean archive =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-XX:AOTCache="))
            .map(option -> Path.of(option.substring("-XX:AOTCache=".length())))
            .anyMatch(Files::exists);
    String text =
        "Java "
            + Runtime.version()
            + " ("
            + System.getProperty("java.vendor", "")
            + "), "
            + System.getProperty("os.name", "")
            + " "
            + System.getProperty("os.arch", "");
    return archive
        ? Finding.good("Runtime", text + ", with its start-up archive")
        : Finding.note(
            "Runtime",
            text + ", without a start-up archive",
            "Starts take longer. Install the package again, or delete the folder .sluice of a"
                + " source tree.");
  }

  private static Finding folder(Path home) {
    try {
      Files.createDirectories(home);
      Path probe = Files.createTempFile(home, "doctor", ".tmp");
      Files.delete(probe);
      long free = Files.getFileStore(home).getUsableSpace();
      String text = home + ", " + (free >> 20) + " MB free";
      return free < WANTED_BYTES
          ? Finding.wrong(
              "Own folder",
              text,
              "Results and the journal are kept there: free some space, or name another folder in"
                  + " SLUICE_HOME.")
          : Finding.good("Own folder", text);
    } catch (IOException e) {
      return Finding.wrong(
          "Own folder",
          home + " cannot be written",
          "Without a journal nothing runs. Make it writable, or name another folder in"
              + " SLUICE_HOME.");
    }
  }

  private static Finding display(Map<String, String> environment) {
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    boolean found =
        !linux
            || !environment.getOrDefault("DISPLAY", "").isBlank()
            || !environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
    return found
        ? Finding.good("Display", "found")
        : Finding.note(
            "Display",
            "none: DISPLAY and WAYLAND_DISPLAY are not set",
            "The workbench needs one; the other commands do not.");
  }

  private static Finding drivers(Map<String, String> environment) {
    List<String> found = new ArrayList<>();
    Map<String, String> classes =
        Map.of(
            "org.postgresql.Driver", "PostgreSQL",
            "org.sqlite.JDBC", "SQLite",
            "org.duckdb.DuckDBDriver", "DuckDB",
            "com.microsoft.sqlserver.jdbc.SQLServerDriver", "SQL Server",
            "io.trino.jdbc.TrinoDriver", "Trino");
    classes.forEach(
        (driver, engine) -> {
          try {
            Class.forName(driver, false, MachineChecks.class.getClassLoader());
            found.add(engine);
          } catch (ClassNotFoundException e) {
            // What is missing is not listed; that is the answer.
          }
        });
    found.sort(null);
    String more = environment.getOrDefault("SLUICE_DRIVERS", "");
    if (!more.isBlank() && !Files.isDirectory(Path.of(more))) {
      return Finding.wrong(
          "Drivers",
          String.join(", ", found),
          "SLUICE_DRIVERS names " + more + ", which is no folder: correct it.");
    }
    return Finding.good(
        "Drivers", String.join(", ", found) + (more.isBlank() ? "" : ", and those in " + more));
  }
}
