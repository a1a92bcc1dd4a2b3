package dev.sluice.installer;

import java.util.Locale;

/// The system that packages are made on, which is the one they are made for: jpackage cannot cross.
enum Platform {
  LINUX_AMD64("Linux/x86_64", "so_linux_amd64", "amd64"),
  LINUX_ARM64("Linux/aarch64", "so_linux_arm64", "arm64"),
  MAC("Mac/", "so_osx_universal", "universal"),
  WINDOWS("Windows/x86_64", "so_windows_amd64", "amd64");

  private final String sqliteFolder;
  private final String duckDbLibrary;
  private final String debian;

  Platform(String sqliteFolder, String duckDbLibrary, String debian) {
    this.sqliteFolder = sqliteFolder;
    this.duckDbLibrary = duckDbLibrary;
    this.debian = debian;
  }

  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /// Reads the JVM's names for a system.
  ///
  /// @throws PackagingProblem for a system that no package is made for
  static Platform of(String system, String processor) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux") && processor.equals("amd64")) {
      return LINUX_AMD64;
    }
    if (name.startsWith("linux") && processor.equals("aarch64")) {
      return LINUX_ARM64;
    }
    if (name.startsWith("mac")) {
      return MAC;
    }
    if (name.startsWith("windows") && processor.equals("amd64")) {
      return WINDOWS;
    }
    throw new PackagingProblem("no packages are made on " + system + " " + processor + ".");
  }

  boolean isLinux() {
    return this == LINUX_AMD64 || this == LINUX_ARM64;
  }

  /// Debian's name of the processor.
  String debian() {
    return debian;
  }

  /// Whether an entry of a driver's jar is a library that only another system could load.
  boolean isForeignLibrary(String entry) {
    if (entry.startsWith("org/sqlite/native/")) {
      return !entry.startsWith("org/sqlite/native/" + sqliteFolder);
    }
    if (entry.startsWith("libduckdb_java.so_")) {
      return !entry.equals("libduckdb_java." + duckDbLibrary);
    }
    return false;
  }
}
