package dev.sluice.gateway.jdbc;

import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What of [DatabaseMetaData] is served: names, and the catalog as the governed connection sees it.
/// Questions that are not listed here are answered with no, or with no known limit.
public final class DatabaseCalls {

  private final ConnectionCalls connection;

  DatabaseCalls(ConnectionCalls connection) {
    this.connection = connection;
  }

  public Connection getConnection() {
    return connection.proxy();
  }

  public String getDatabaseProductName() {
    return switch (connection.engine()) {
      case POSTGRESQL -> "PostgreSQL";
      case MYSQL -> "MySQL";
      case MARIADB -> "MariaDB";
      case SQLITE -> "SQLite";
      case DUCKDB -> "DuckDB";
      case SQLSERVER -> "Microsoft SQL Server";
      case TRINO -> "Trino";
      case ANSI -> "SQL";
    };
  }

  public String getDatabaseProductVersion() {
    return "governed by Sluice";
  }

  public int getDatabaseMajorVersion() {
    return 0;
  }

  public int getDatabaseMinorVersion() {
    return 0;
  }

  public String getDriverName() {
    return "Sluice";
  }

  public String getDriverVersion() {
    return "1.0.0";
  }

  public int getDriverMajorVersion() {
    return 1;
  }

  public int getDriverMinorVersion() {
    return 0;
  }

  public int getJDBCMajorVersion() {
    return 4;
  }

  public int getJDBCMinorVersion() {
    return 3;
  }

  public String getURL() {
    return SluiceUrl.PREFIX + connection.address().server() + "/" + connection.name();
  }

  public String getUserName() {
    return connection.workspace().me().principal().subject();
  }

  public int getDefaultTransactionIsolation() {
    return DriverTransaction.isolation(connection.engine());
  }

  public boolean supportsTransactionIsolationLevel(int level) {
    return level == DriverTransaction.isolation(connection.engine());
  }

  public boolean supportsTransactions() {
    return true;
  }

  public boolean supportsSavepoints() {
    return true;
  }

  public boolean supportsMultipleTransactions() {
    return true;
  }

  public boolean supportsDataManipulationTransactionsOnly() {
    return false;
  }

  public boolean supportsDataDefinitionAndDataManipulationTransactions() {
    return switch (connection.engine()) {
      case POSTGRESQL, SQLITE, DUCKDB, SQLSERVER -> true;
      case MYSQL, MARIADB, TRINO, ANSI -> false;
    };
  }

  public boolean dataDefinitionCausesTransactionCommit() {
    return !supportsDataDefinitionAndDataManipulationTransactions();
  }

  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY;
  }

  public boolean supportsBatchUpdates() {
    return true;
  }

  public boolean isReadOnly() {
    return false;
  }

  public String getIdentifierQuoteString() {
    return switch (connection.engine()) {
      case MYSQL, MARIADB -> "`";
      case POSTGRESQL, SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI -> "\"";
    };
  }

  public String getExtraNameCharacters() {
    return "";
  }

  public String getSearchStringEscape() {
    return "\\";
  }

  public String getSQLKeywords() {
    return "";
  }

  public String getNumericFunctions() {
    return "";
  }

  public String getStringFunctions() {
    return "";
  }

  public String getSystemFunctions() {
    return "";
  }

  public String getTimeDateFunctions() {
    return "";
  }

  public String getSchemaTerm() {
    return "schema";
  }

  public String getProcedureTerm() {
    return "procedure";
  }

  public String getCatalogTerm() {
    return "database";
  }

  public String getCatalogSeparator() {
    return ".";
  }

  public int getResultSetHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  public int getSQLStateType() {
    return DatabaseMetaData.sqlStateSQL;
  }

  private List<Relation> relations() throws SQLException {
    try {
      return connection.workspace().catalog(connection.name(), false).relations();
    } catch (WorkspaceProblem e) {
      throw SqlProblems.of(e);
    }
  }

  public ResultSet getCatalogs() {
    return rows(List.of("TABLE_CAT"), List.of());
  }

  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  public ResultSet getSchemas(@Nullable String catalog, @Nullable String pattern)
      throws SQLException {
    Set<String> schemas = new TreeSet<>();
    relations().forEach(relation -> schemas.add(relation.ref().schema()));
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String schema : schemas) {
      if (matches(pattern, schema)) {
        rows.add(new @Nullable Object[] {schema, null});
      }
    }
    return rows(List.of("TABLE_SCHEM", "TABLE_CATALOG"), rows);
  }

  public ResultSet getTableTypes() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    rows.add(new @Nullable Object[] {"TABLE"});
    rows.add(new @Nullable Object[] {"VIEW"});
    return rows(List.of("TABLE_TYPE"), rows);
  }

  public ResultSet getTables(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      String @Nullable [] types)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Relation relation : relations()) {
      String type = relation.isView() ? "VIEW" : "TABLE";
      boolean wanted = types == null || List.of(types).contains(type);
      if (wanted
          && matches(schema, relation.ref().schema())
          && matches(table, relation.ref().name())) {
        rows.add(
            new @Nullable Object[] {
              null,
              relation.ref().schema(),
              relation.ref().name(),
              type,
              relation.comment(),
              null,
              null,
              null,
              null,
              null
            });
      }
    }
    return rows(
        List.of(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "TABLE_TYPE",
            "REMARKS",
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SELF_REFERENCING_COL_NAME",
            "REF_GENERATION"),
        rows);
  }

  public ResultSet getColumns(
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table,
      @Nullable String column)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Relation relation : relations()) {
      if (matches(schema, relation.ref().schema()) && matches(table, relation.ref().name())) {
        int place = 0;
        for (CatalogColumn each : relation.columns()) {
          place++;
          if (matches(column, each.name())) {
            rows.add(columnRow(relation, each, place));
          }
        }
      }
    }
    return rows(COLUMN_LABELS, rows);
  }

  private static final List<String> COLUMN_LABELS =
      List.of(
          "TABLE_CAT",
          "TABLE_SCHEM",
          "TABLE_NAME",
          "COLUMN_NAME",
          "DATA_TYPE",
          "TYPE_NAME",
          "COLUMN_SIZE",
          "BUFFER_LENGTH",
          "DECIMAL_DIGITS",
          "NUM_PREC_RADIX",
          "NULLABLE",
          "REMARKS",
          "COLUMN_DEF",
          "SQL_DATA_TYPE",
          "SQL_DATETIME_SUB",
          "CHAR_OCTET_LENGTH",
          "ORDINAL_POSITION",
          "IS_NULLABLE");

  private static @Nullable Object[] columnRow(Relation relation, CatalogColumn column, int place) {
    return new @Nullable Object[] {
      null,
      relation.ref().schema(),
      relation.ref().name(),
      column.name(),
      ShapeCalls.type(column.type()),
      column.type(),
      0,
      null,
      null,
      10,
      column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
      column.comment(),
      null,
      0,
      0,
      0,
      place,
      column.nullable() ? "YES" : "NO"
    };
  }

  public ResultSet getPrimaryKeys(@Nullable String catalog, @Nullable String schema, String table)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Relation relation : relations()) {
      boolean wanted =
          relation.ref().name().equals(table)
              && (schema == null || relation.ref().schema().equals(schema));
      for (int at = 0; wanted && at < relation.primaryKey().size(); at++) {
        rows.add(
            new @Nullable Object[] {
              null,
              relation.ref().schema(),
              table,
              relation.primaryKey().get(at),
              (short) (at + 1),
              null
            });
      }
    }
    return rows(
        List.of("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "KEY_SEQ", "PK_NAME"),
        rows);
  }

  public ResultSet getImportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return references(new References.Side(schema, table), new References.Side(null, null));
  }

  public ResultSet getExportedKeys(
      @Nullable String catalog, @Nullable String schema, @Nullable String table)
      throws SQLException {
    return references(new References.Side(null, null), new References.Side(schema, table));
  }

  public ResultSet getCrossReference(
      @Nullable String parentCatalog,
      @Nullable String parentSchema,
      @Nullable String parent,
      @Nullable String catalog,
      @Nullable String schema,
      @Nullable String table)
      throws SQLException {
    return references(
        new References.Side(schema, table), new References.Side(parentSchema, parent));
  }

  private ResultSet references(References.Side from, References.Side to) throws SQLException {
    return rows(References.LABELS, References.rows(relations(), from, to));
  }

  private static boolean matches(@Nullable String pattern, String name) {
    if (pattern == null || pattern.equals("%")) {
      return true;
    }
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < pattern.length(); at++) {
      char letter = pattern.charAt(at);
      if (letter == '\\' && at + 1 < pattern.length()) {
        at++;
        regex.append(Pattern.quote(String.valueOf(pattern.charAt(at))));
      } else if (letter == '%') {
        regex.append(".*");
      } else if (letter == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(letter)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(name).matches();
  }

  static ResultSet rows(List<String> labels, List<@Nullable Object[]> rows) {
    List<RunEvent.ResultColumn> columns =
        labels.stream()
            .map(label -> new RunEvent.ResultColumn(label, type(label), Optional.empty()))
            .toList();
    return Refusing.as(
        ResultSet.class, new ResultCalls(null, RowSource.of(columns, rows.iterator())));
  }

  private static String type(String label) {
    return switch (label) {
      case "DATA_TYPE", "COLUMN_SIZE", "NULLABLE", "ORDINAL_POSITION", "NUM_PREC_RADIX" -> "int4";
      default -> "varchar";
    };
  }
}
