package dev.sluice.cli.run;

import dev.sluice.cli.check.BadInput;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.gateway.connection.JdbcBackend;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.schema.CatalogReader;
import dev.sluice.governance.catalog.CatalogSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The database that `sluice run` talks to: a pool for reads, a pool for changes, and the catalog.
public final class Database implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ConnectionDefinition definition;
  private final ConnectionPool reads;
  private final ConnectionPool writes;
  private @Nullable CatalogSnapshot catalog;

  public Database(ConnectionDefinition definition, DatabaseLogin login) {
    this.definition = definition;
    this.reads = new ConnectionPool(definition, login, Purpose.READ, 1, PATIENCE);
    this.writes = new ConnectionPool(definition, login, Purpose.WRITE, 1, PATIENCE);
  }

  ConnectionDefinition definition() {
    return definition;
  }

  /// A fresh session; a session for reads cannot write.
  JdbcBackend open(boolean readOnly) throws BackendFailure {
    return JdbcBackend.open(readOnly ? reads : writes);
  }

  /// The catalog, read when first needed and after [#forgetCatalog].
  public CatalogSnapshot catalog() throws BadInput {
    CatalogSnapshot known = catalog;
    if (known != null) {
      return known;
    }
    try {
      Connection connection = reads.borrow();
      try {
        CatalogSnapshot read = CatalogReader.of(definition.engine()).read(connection);
        catalog = read;
        return read;
      } finally {
        reads.giveBack(connection);
      }
    } catch (SQLException e) {
      throw new Unreachable(e);
    }
  }

  /// A session of those that can only read; to be given back.
  Connection borrow() throws Unreachable {
    try {
      return reads.borrow();
    } catch (SQLException e) {
      throw new Unreachable(e);
    }
  }

  void giveBack(Connection session) {
    reads.giveBack(session);
  }

  /// There is no way to the database.
  public static final class Unreachable extends BadInput {
    Unreachable(SQLException problem) {
      super("The database cannot be reached: " + words(problem));
    }

    private static String words(SQLException problem) {
      Throwable cause = problem.getCause() == null ? problem : problem.getCause();
      return String.valueOf(cause.getMessage());
    }
  }

  void forgetCatalog() {
    catalog = null;
  }

  @Override
  public void close() {
    reads.close();
    writes.close();
  }
}
