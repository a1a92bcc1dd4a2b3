package dev.sluice.cli.attack;

import dev.sluice.governance.sql.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a database holds: every row of every table of its own, and the names of everything else.
///
/// @param rows of each table, sorted; and the list of objects under an empty name
record Contents(Map<String, String> rows) {

  /// @param administrator sees everything
  static Contents of(Connection administrator, Dialect engine) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Statement statement = administrator.createStatement()) {
      rows.put("", lines(statement, objects(engine)));
      for (String table : lines(statement, tables(engine)).lines().toList()) {
        if (!table.isBlank()) {
          rows.put(table, lines(statement, "SELECT * FROM " + table));
        }
      }
    }
    return new Contents(rows);
  }

  /// Names of what differs, for people.
  String differs(Contents after) {
    List<String> names = new ArrayList<>();
    Map<String, String> all = new TreeMap<>(rows);
    all.putAll(after.rows);
    all.keySet()
        .forEach(
            name -> {
              if (!String.valueOf(rows.get(name)).equals(String.valueOf(after.rows.get(name)))) {
                names.add(name.isEmpty() ? "the objects of the database" : name);
              }
            });
    return String.join(", ", names);
  }

  /// All cells of a table as one text, in lower case, for looking into.
  String cells(String table) {
    return rows.getOrDefault(table, "").toLowerCase(Locale.ROOT);
  }

  private static String lines(Statement statement, String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= width; column++) {
          line.append(column == 1 ? "" : "\u0001").append(result.getString(column));
        }
        lines.add(line.toString());
      }
    }
    lines.sort(null);
    return String.join("\n", lines);
  }

  private static String tables(Dialect engine) {
    return switch (engine) {
      case POSTGRESQL ->
          "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n"
              + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'S')"
              + " AND n.nspname !~ '^(pg_|information_schema$|sluice)'";
      case MARIADB, MYSQL ->
          "SELECT concat('`', replace(table_schema, '`', '``'), '`.`',"
              + " replace(table_name, '`', '``'), '`') FROM information_schema.tables"
              + " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('mysql',"
              + " 'performance_schema', 'sys', 'information_schema')"
              + " AND table_schema NOT LIKE 'sluice%'";
      case SQLITE ->
          "SELECT '\"' || replace(name, '\"', '\"\"') || '\"' FROM sqlite_schema"
              + " WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
      case DUCKDB ->
          "SELECT '\"' || schema_name || '\".\"' || table_name || '\"' FROM duckdb_tables()";
      case SQLSERVER, TRINO, ANSI -> throw new IllegalArgumentException(engine.id());
    };
  }

  private static String objects(Dialect engine) {
    return switch (engine) {
      case POSTGRESQL ->
          "SELECT 'relation', n.nspname, c.relname, c.relkind::text, c.relacl::text"
              + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE n.nspname !~ '^(pg_|information_schema$)'"
              + " UNION ALL SELECT 'function', n.nspname, p.proname,"
              + " pg_get_function_identity_arguments(p.oid), p.proacl::text FROM pg_proc p"
              + " JOIN pg_namespace n ON n.oid = p.pronamespace"
              + " WHERE n.nspname !~ '^(pg_|information_schema$)'"
              + " UNION ALL SELECT 'schema', nspname, '', '', nspacl::text FROM pg_namespace"
              + " WHERE nspname !~ '^pg_'"
              + " UNION ALL SELECT 'role', rolname, rolsuper::text, rolcreaterole::text,"
              + " rolconfig::text FROM pg_roles WHERE rolname !~ '^(pg|slu)_'"
              + " UNION ALL SELECT 'large object', oid::text, '', '', '' FROM"
              + " pg_largeobject_metadata";
      case MARIADB, MYSQL ->
          "SELECT 'relation', table_schema, table_name, table_type FROM information_schema.tables"
              + " WHERE table_schema NOT IN ('performance_schema', 'information_schema', 'sys')"
              + " UNION ALL SELECT 'routine', routine_schema, routine_name, routine_type FROM"
              + " information_schema.routines WHERE routine_schema NOT IN ('mysql', 'sys') UNION"
              + " ALL SELECT 'user', user, host, is_role FROM mysql.user WHERE user NOT LIKE"
              + " 'slu\\_%' UNION ALL SELECT 'database', schema_name, '', '' FROM"
              + " information_schema.schemata";
      case SQLITE -> "SELECT type, name, tbl_name, sql FROM sqlite_schema";
      case DUCKDB ->
          "SELECT 'table', schema_name, table_name FROM duckdb_tables()"
              + " UNION ALL SELECT 'view', schema_name, view_name FROM duckdb_views()"
              + " WHERE NOT internal"
              + " UNION ALL SELECT 'schema', schema_name, '' FROM duckdb_schemas()"
              + " WHERE NOT internal"
              + " UNION ALL SELECT 'function', schema_name, function_name FROM duckdb_functions()"
              + " WHERE NOT internal"
              + " UNION ALL SELECT 'sequence', schema_name, sequence_name FROM duckdb_sequences()"
              + " UNION ALL SELECT 'database', database_name, '' FROM duckdb_databases()";
      case SQLSERVER, TRINO, ANSI -> throw new IllegalArgumentException(engine.id());
    };
  }
}
