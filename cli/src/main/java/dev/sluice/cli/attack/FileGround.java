package dev.sluice.cli.attack;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.sql.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A SQLite or DuckDB file.
record FileGround(Dialect engine, Path folder) implements Ground {

  static FileGround begin(Dialect engine) throws IOException {
    return new FileGround(engine, Files.createTempDirectory("sluice-attack"));
  }

  /// SQLite's hardened driver opens only what is there.
  @Override
  public void fill(List<String> statements) throws java.sql.SQLException {
    if (engine == Dialect.SQLITE) {
      try {
        Files.createFile(folder.resolve(DATABASE + ".db"));
      } catch (IOException e) {
        throw new java.sql.SQLException("No file can be made in " + folder + ".", "58030", e);
      }
    }
    Ground.super.fill(statements);
  }

  @Override
  public ConnectionDefinition definition() {
    return ConnectionDefinition.file(DATABASE, engine, folder.resolve(DATABASE + ".db").toString());
  }

  @Override
  public DatabaseLogin login() {
    return DatabaseLogin.none();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
