package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.RelationKind;
import dev.sluice.governance.catalog.TableRef;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/// Five queries over `pg_catalog`, whatever the number of tables.
final class PostgreSqlCatalog implements CatalogReader {

  private static final String OWN =
      "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE"
          + " 'pg\\_temp\\_%' AND n.nspname NOT LIKE 'pg\\_toast\\_temp\\_%'";

  private static final String RELATIONS =
      "SELECT n.nspname, c.relname, c.relkind, CASE WHEN c.relkind IN ('v', 'm')"
          + " THEN pg_catalog.pg_get_viewdef(c.oid) END AS definition,"
          + " pg_catalog.obj_description(c.oid, 'pg_class') AS comment, c.reltuples::bigint AS rows"
          + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND "
          + OWN
          + " ORDER BY n.nspname, c.relname";

  private static final String COLUMNS =
      "SELECT n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) AS"
          + " type, NOT a.attnotnull AS nullable, d.description AS comment"
          + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum"
          + " AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass"
          + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND a.attnum > 0"
          + " AND NOT a.attisdropped AND "
          + OWN
          + " ORDER BY c.oid, a.attnum";

  private static final String KEYS =
      "SELECT n.nspname, c.relname, k.contype, tn.nspname AS target_schema, t.relname AS target,"
          + " (SELECT array_agg(a.attname ORDER BY u.place) FROM pg_catalog.unnest(k.conkey) WITH"
          + " ORDINALITY u(number, place) JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid"
          + " AND a.attnum = u.number) AS columns,"
          + " (SELECT array_agg(a.attname ORDER BY u.place) FROM pg_catalog.unnest(k.confkey) WITH"
          + " ORDINALITY u(number, place) JOIN pg_catalog.pg_attribute a ON a.attrelid ="
          + " k.confrelid AND a.attnum = u.number) AS target_columns"
          + " FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid"
          + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          + " LEFT JOIN pg_catalog.pg_class t ON t.oid = k.confrelid"
          + " LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace"
          + " WHERE k.contype IN ('p', 'f') AND "
          + OWN
          + " ORDER BY n.nspname, c.relname, k.conname";

  private static final String FUNCTIONS =
      "SELECT n.nspname, p.proname, ARRAY(SELECT pg_catalog.format_type(u.type, NULL) FROM"
          + " pg_catalog.unnest(p.proargtypes) WITH ORDINALITY u(type, place) ORDER BY u.place) AS"
          + " arguments FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid ="
          + " p.pronamespace WHERE "
          + OWN
          + " ORDER BY n.nspname, p.proname, p.oid";

  @Override
  public CatalogSnapshot read(Connection connection) throws SQLException {
    CatalogBuilder builder = new CatalogBuilder();
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(5000);
      readRelations(statement, builder);
      readColumns(statement, builder);
      readKeys(statement, builder);
      readFunctions(statement, builder);
      return builder.snapshot(searchPath(statement));
    }
  }

  private static void readRelations(Statement statement, CatalogBuilder builder)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(RELATIONS)) {
      while (row.next()) {
        RelationKind kind =
            switch (row.getString("relkind")) {
              case "v" -> RelationKind.VIEW;
              case "m" -> RelationKind.MATERIALIZED_VIEW;
              case "f" -> RelationKind.FOREIGN_TABLE;
              case "S" -> RelationKind.SEQUENCE;
              default -> RelationKind.TABLE;
            };
        builder.relation(
            new TableRef(row.getString(1), row.getString(2)),
            kind,
            row.getString("definition"),
            row.getString("comment"),
            row.getLong("rows"));
      }
    }
  }

  private static void readColumns(Statement statement, CatalogBuilder builder) throws SQLException {
    try (ResultSet row = statement.executeQuery(COLUMNS)) {
      while (row.next()) {
        String comment = row.getString("comment");
        builder.column(
            new TableRef(row.getString(1), row.getString(2)),
            new CatalogColumn(
                row.getString("attname"),
                row.getString("type"),
                row.getBoolean("nullable"),
                comment == null ? "" : comment));
      }
    }
  }

  private static void readKeys(Statement statement, CatalogBuilder builder) throws SQLException {
    try (ResultSet row = statement.executeQuery(KEYS)) {
      while (row.next()) {
        TableRef ref = new TableRef(row.getString(1), row.getString(2));
        List<String> columns = texts(row.getArray("columns"));
        if (row.getString("contype").equals("p")) {
          builder.primaryKey(ref, columns);
        } else {
          TableRef target = new TableRef(row.getString("target_schema"), row.getString("target"));
          builder.foreignKey(
              ref, new ForeignKey(columns, target, texts(row.getArray("target_columns"))));
        }
      }
    }
  }

  private static void readFunctions(Statement statement, CatalogBuilder builder)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(FUNCTIONS)) {
      while (row.next()) {
        builder.function(
            new DeclaredFunction(
                row.getString(1),
                row.getString(2),
                texts(row.getArray("arguments")),
                false,
                false));
      }
    }
  }

  private static List<String> searchPath(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT pg_catalog.current_schemas(false) AS path")) {
      row.next();
      List<String> path =
          texts(row.getArray("path")).stream()
              .filter(schema -> !schema.startsWith("pg_temp"))
              .toList();
      return path.isEmpty() ? List.of("public") : path;
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return array == null
        ? List.of()
        : Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }
}
