package dev.sluice.gateway.flyway;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.database.base.Connection;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.database.base.Table;

/// One governed connection.
final class SluiceConnection extends Connection<SluiceDatabase> {

  SluiceConnection(SluiceDatabase database, java.sql.Connection connection) {
    super(database, connection);
  }

  @Override
  protected String getCurrentSchemaNameOrSearchPath() throws SQLException {
    String schema = getJdbcConnection().getSchema();
    return schema == null ? "" : schema;
  }

  @Override
  public Schema<?, ?> getSchema(String name) {
    return new SluiceSchema(jdbcTemplate, database, name);
  }

  /// A statement is decided with the search path that the connection always has.
  @Override
  public void changeCurrentSchemaTo(Schema schema) {
    try {
      if (!schema.getName().equals(getCurrentSchemaNameOrSearchPath())) {
        throw new FlywayException(
            "Through Sluice, names without a schema mean \""
                + getCurrentSchemaNameOrSearchPath()
                + "\", not \""
                + schema.getName()
                + "\". Leave defaultSchema out, and write the schema before each name.");
      }
    } catch (SQLException e) {
      throw new FlywayException("Sluice does not answer: " + e.getMessage(), e);
    }
  }

  /// Nothing can be locked that a person may have to approve first. Two runs at once cannot both be
  /// written down: the rank is the history's primary key.
  @Override
  public <T> T lock(Table table, Callable<T> work) {
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new FlywayException(e.getMessage(), e);
    }
  }
}
