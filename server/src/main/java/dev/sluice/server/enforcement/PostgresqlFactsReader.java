package dev.sluice.server.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts;
import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.DatabaseFacts.FunctionFact;
import dev.sluice.governance.enforcement.DatabaseFacts.Kind;
import dev.sluice.governance.enforcement.DatabaseFacts.PrivilegeFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RoleFact;
import dev.sluice.governance.enforcement.DatabaseFacts.SchemaFact;
import dev.sluice.governance.sql.Dialect;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// PostgreSQL's catalogs.
final class PostgresqlFactsReader implements FactsReader {

  @Override
  public DatabaseFacts read(Connection connection) throws SQLException {
    List<String> searchPath = strings(connection, "SELECT unnest(current_schemas(false))");
    try (Statement statement = connection.createStatement()) {
      // Definitions and types then come out with their schemas.
      statement.execute("SET search_path = pg_catalog");
    }
    String database = one(connection, "SELECT current_database()");
    int version =
        Integer.parseInt(one(connection, "SELECT current_setting('server_version_num')")) / 10_000;
    return new DatabaseFacts(
        Dialect.POSTGRESQL,
        database,
        version,
        one(connection, "SELECT current_user"),
        one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user").equals("t"),
        searchPath,
        schemas(connection),
        relations(connection),
        functions(connection),
        roles(connection),
        privileges(connection));
  }

  private static List<SchemaFact> schemas(Connection connection) throws SQLException {
    return list(
        connection,
        PostgresqlCatalogSql.SCHEMAS,
        row -> new SchemaFact(row.getString(1), row.getString(2)));
  }

  private static List<RelationFact> relations(Connection connection) throws SQLException {
    Map<Long, List<ColumnFact>> columns = new HashMap<>();
    each(
        connection,
        PostgresqlCatalogSql.COLUMNS,
        row ->
            columns
                .computeIfAbsent(row.getLong(1), oid -> new ArrayList<>())
                .add(
                    new ColumnFact(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        Set.copyOf(texts(row, 6)))));
    Map<Long, Set<TableRef>> reads = references(connection, PostgresqlCatalogSql.READS);
    Map<Long, Set<TableRef>> parents = references(connection, PostgresqlCatalogSql.PARENTS);
    return list(
        connection,
        PostgresqlCatalogSql.RELATIONS,
        row -> {
          long oid = row.getLong(1);
          return new RelationFact(
              new TableRef(row.getString(2), row.getString(3)),
              kind(row.getString(4), row.getBoolean(5)),
              row.getString(6),
              columns.getOrDefault(oid, List.of()),
              Optional.ofNullable(row.getString(7)).map(PostgresqlFactsReader::withoutSemicolon),
              reads.getOrDefault(oid, Set.of()),
              List.copyOf(parents.getOrDefault(oid, Set.of())),
              row.getBoolean(8),
              Set.copyOf(texts(row, 9)),
              row.getBoolean(10));
        });
  }

  private static String withoutSemicolon(String definition) {
    String text = definition.strip();
    return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
  }

  private static Kind kind(String relkind, boolean ofExtension) {
    if (ofExtension) {
      return Kind.OTHER;
    }
    return switch (relkind) {
      case "r" -> Kind.TABLE;
      case "p" -> Kind.PARTITIONED_TABLE;
      case "f" -> Kind.FOREIGN_TABLE;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      case "S" -> Kind.SEQUENCE;
      default -> Kind.OTHER;
    };
  }

  private static Map<Long, Set<TableRef>> references(Connection connection, String sql)
      throws SQLException {
    Map<Long, Set<TableRef>> found = new LinkedHashMap<>();
    each(
        connection,
        sql,
        row ->
            found
                .computeIfAbsent(row.getLong(1), oid -> new LinkedHashSet<>())
                .add(new TableRef(row.getString(2), row.getString(3))));
    return found;
  }

  private static List<FunctionFact> functions(Connection connection) throws SQLException {
    return list(
        connection,
        PostgresqlCatalogSql.FUNCTIONS,
        row ->
            new FunctionFact(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6)));
  }

  private static List<RoleFact> roles(Connection connection) throws SQLException {
    return list(
        connection,
        PostgresqlCatalogSql.ROLES,
        row ->
            new RoleFact(
                row.getString(1),
                row.getBoolean(2),
                row.getBoolean(3),
                row.getBoolean(4),
                Set.copyOf(texts(row, 5))));
  }

  private static List<PrivilegeFact> privileges(Connection connection) throws SQLException {
    return list(
        connection,
        PostgresqlCatalogSql.PRIVILEGES,
        row -> {
          String table = row.getString(4);
          return new PrivilegeFact(
              row.getString(1),
              row.getString(2),
              table == null ? Optional.empty() : Optional.of(new TableRef(row.getString(3), table)),
              row.getString(5),
              row.getString(6));
        });
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Each {
    void accept(ResultSet row) throws SQLException;
  }

  private static <T> List<T> list(Connection connection, String sql, Row<T> row)
      throws SQLException {
    List<T> found = new ArrayList<>();
    each(connection, sql, result -> found.add(row.read(result)));
    return found;
  }

  private static void each(Connection connection, String sql, Each row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        row.accept(result);
      }
    }
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    return list(connection, sql, row -> row.getString(1));
  }

  private static String one(Connection connection, String sql) throws SQLException {
    return strings(connection, sql).getFirst();
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
