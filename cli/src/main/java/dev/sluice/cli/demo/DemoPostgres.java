package dev.sluice.cli.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The demo's PostgreSQL: a real server in the demo's folder, on any free port of the loopback
/// address, that logs every statement it is sent.
final class DemoPostgres implements AutoCloseable {

  static final String DATABASE = "shop";
  static final String OWNER = "postgres";

  private final EmbeddedPostgres server;

  private DemoPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /// Starts it. One that was left running by a killed demo is stopped first; its data recovers.
  static DemoPostgres start(DemoHome home) throws IOException {
    stopLeftOver(home.postgres());
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(home.postgres())
            .setCleanDataDirectory(false)
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("log_statement", "all")
            .setServerConfig("log_line_prefix", "%m,%a,%u,%d:")
            .setServerConfig("logging_collector", "on")
            // Within the data folder: these settings pass a shell, and a path may hold blanks.
            .setServerConfig("log_directory", "log")
            .setServerConfig("log_filename", "postgresql.log")
            .setServerConfig("log_rotation_age", "0")
            .setServerConfig("log_rotation_size", "0")
            .setServerConfig("max_connections", "60")
            .setServerConfig("shared_buffers", "64MB")
            .setServerConfig("unix_socket_directories", "")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
    return new DemoPostgres(server);
  }

  int port() {
    return server.getPort();
  }

  Connection connect(String database) throws SQLException {
    return server.getDatabase(OWNER, database).getConnection();
  }

  /// A killed process leaves its database running, with a lock on the folder.
  private static void stopLeftOver(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> process = lines.isEmpty() ? Optional.empty() : ours(lines, data);
    if (process.isPresent()) {
      process.get().destroy();
      if (!ended(process.get(), 10)) {
        process.get().destroyForcibly();
        ended(process.get(), 10);
      }
    }
    Files.deleteIfExists(pidFile);
  }

  /// The process, if it really is a database on this folder and not another one with its number.
  private static Optional<ProcessHandle> ours(List<String> lines, Path data) {
    try {
      return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
          .filter(
              handle ->
                  handle.info().commandLine().orElse("").contains(data.toString())
                      || handle.info().command().orElse("").contains("postgres"));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean ended(ProcessHandle process, int seconds) {
    CompletableFuture<ProcessHandle> exit = process.onExit();
    try {
      exit.get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
