package dev.sluice.cli;

import java.nio.file.Path;

/// Where Sluice keeps what it makes on this machine: `$SLUICE_HOME`, else `~/.sluice`.
public final class SluiceHome {

  private SluiceHome() {}

  public static Path folder() {
    String home = System.getenv("SLUICE_HOME");
    return home == null || home.isBlank()
        ? Path.of(System.getProperty("user.home"), ".sluice")
        : Path.of(home).toAbsolutePath();
  }
}
