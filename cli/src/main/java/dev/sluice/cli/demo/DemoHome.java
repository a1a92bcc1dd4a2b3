package dev.sluice.cli.demo;

import dev.sluice.cli.SluiceHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the demo keeps what it makes: `$SLUICE_HOME/demo`, else `~/.sluice/demo`.
record DemoHome(Path folder) {

  static DemoHome standard() {
    return new DemoHome(SluiceHome.folder().resolve("demo"));
  }

  Path postgres() {
    return folder.resolve("postgresql");
  }

  /// What the database was sent, in its own words.
  Path postgresLog() {
    return postgres().resolve("log").resolve("postgresql.log");
  }

  Path sqlite() {
    return folder.resolve("shop-dev.sqlite");
  }

  Path server() {
    return folder.resolve("server");
  }

  Path workbench() {
    return folder.resolve("workbench");
  }

  /// There while a demo runs: where its server listens.
  Path address() {
    return folder.resolve("address");
  }

  /// There when the databases are complete.
  Path mark() {
    return folder.resolve("data-1.complete");
  }

  void create() throws IOException {
    Files.createDirectories(folder);
  }
}
