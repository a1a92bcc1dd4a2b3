package dev.sluice.gateway.flyway;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;

/// A schema, as the governed connection tells of it.
final class SluiceSchema extends Schema<SluiceDatabase, SluiceSchema.Kept> {

  SluiceSchema(JdbcTemplate template, SluiceDatabase database, String name) {
    super(template, database, name);
  }

  /// Tables in this schema, with names as they are.
  private List<String> tables() throws SQLException {
    DatabaseMetaData told = database.getJdbcMetaData();
    List<String> names = new ArrayList<>();
    try (ResultSet rows = told.getTables(null, null, null, null)) {
      while (rows.next()) {
        if (name.equals(rows.getString("TABLE_SCHEM"))) {
          names.add(rows.getString("TABLE_NAME"));
        }
      }
    }
    return names;
  }

  /// Schemas without a table are not told of: one that is missing is refused where it is used.
  @Override
  protected boolean doExists() {
    return true;
  }

  @Override
  protected boolean doEmpty() throws SQLException {
    return tables().isEmpty();
  }

  @Override
  protected void doCreate() throws SQLException {
    jdbcTemplate.execute("CREATE SCHEMA " + database.quote(name));
  }

  @Override
  protected void doDrop() {
    throw notCleaned();
  }

  @Override
  protected void doClean() {
    throw notCleaned();
  }

  private static FlywayException notCleaned() {
    return new FlywayException(
        "Sluice does not empty a database. Write the DROP statements that you mean as a"
            + " migration.");
  }

  @Override
  protected Kept[] doAllTables() throws SQLException {
    return tables().stream().map(table -> new Kept(this, table)).toArray(Kept[]::new);
  }

  @Override
  public Table<?, ?> getTable(String table) {
    return new Kept(this, table);
  }

  private JdbcTemplate template() {
    return jdbcTemplate;
  }

  /// A table in it.
  static final class Kept extends Table<SluiceDatabase, SluiceSchema> {

    Kept(SluiceSchema schema, String name) {
      super(schema.template(), schema.database, schema, name);
    }

    @Override
    protected boolean doExists() throws SQLException {
      return schema.tables().contains(name);
    }

    @Override
    protected void doLock() {
      // See SluiceConnection.
    }

    @Override
    protected void doDrop() {
      throw notCleaned();
    }
  }
}
