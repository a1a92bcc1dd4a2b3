package dev.sluice.cli.run;

import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.BackendFailure;
import org.jspecify.annotations.Nullable;

/// One session for the statements of one line, opened when the first of them runs. What is still
/// open when it closes is rolled back.
final class RunSession implements AutoCloseable {

  private final Database database;
  private final boolean readOnly;
  private @Nullable JdbcBackend backend;

  RunSession(Database database, boolean readOnly) {
    this.database = database;
    this.readOnly = readOnly;
  }

  JdbcBackend backend() throws BackendFailure {
    JdbcBackend current = backend;
    if (current == null) {
      current = database.open(readOnly);
      backend = current;
    }
    return current;
  }

  @Override
  public void close() {
    if (backend != null) {
      backend.close();
    }
  }
}
