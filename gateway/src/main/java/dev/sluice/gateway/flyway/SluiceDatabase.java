package dev.sluice.gateway.flyway;

import java.sql.SQLException;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;

/// A governed connection as Flyway sees it: names come from the driver's metadata, never from the
/// database's own catalog tables.
final class SluiceDatabase extends Database<SluiceConnection> {

  private static final Set<String> SERVED =
      Set.of("PostgreSQL", "MySQL", "MariaDB", "SQLite", "DuckDB");

  SluiceDatabase(
      Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor to) {
    super(configuration, connections, to);
  }

  @Override
  protected SluiceConnection doGetConnection(java.sql.Connection connection) {
    return new SluiceConnection(this, connection);
  }

  @Override
  public void ensureSupported(Configuration wanted) {
    try {
      String product = jdbcMetaData.getDatabaseProductName();
      if (!SERVED.contains(product)) {
        throw new FlywayException(
            "Flyway's history table cannot be kept on "
                + product
                + " through Sluice. Run the migrations with sluice run.");
      }
    } catch (SQLException e) {
      throw new FlywayException("Sluice does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  protected String doGetCurrentUser() throws SQLException {
    return jdbcMetaData.getUserName();
  }

  @Override
  public boolean supportsDdlTransactions() {
    return false;
  }

  @Override
  public boolean supportsMultiStatementTransactions() {
    return false;
  }

  @Override
  public String getBooleanTrue() {
    return "true";
  }

  @Override
  public String getBooleanFalse() {
    return "false";
  }

  @Override
  protected String getOpenQuote() {
    try {
      return jdbcMetaData.getIdentifierQuoteString();
    } catch (SQLException e) {
      throw new FlywayException("Sluice does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  protected String getCloseQuote() {
    return getOpenQuote();
  }

  @Override
  public boolean catalogIsSchema() {
    return false;
  }

  @Override
  public String getRawCreateScript(Table table, boolean baseline) {
    String create =
        "CREATE TABLE "
            + table
            + " (installed_rank INT NOT NULL PRIMARY KEY, version VARCHAR(50),"
            + " description VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL,"
            + " script VARCHAR(1000) NOT NULL, checksum INT, installed_by VARCHAR(100) NOT NULL,"
            + " installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,"
            + " execution_time INT NOT NULL, success BOOLEAN NOT NULL);\n";
    return baseline ? create + getBaselineStatement(table) + ";\n" : create;
  }
}
