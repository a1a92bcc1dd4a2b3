package dev.sluice.server.enforcement;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.enforcement.DatabaseFacts;
import dev.sluice.governance.enforcement.DatabaseFacts.ColumnFact;
import dev.sluice.governance.enforcement.DatabaseFacts.Kind;
import dev.sluice.governance.enforcement.DatabaseFacts.PrivilegeFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RelationFact;
import dev.sluice.governance.enforcement.DatabaseFacts.RoleFact;
import dev.sluice.governance.enforcement.DatabaseFacts.SchemaFact;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.Token;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// MariaDB's catalogs: the database of the connection, and whatever of ours there is.
final class MariadbFactsReader implements FactsReader {

  private static final String OURS =
      "(TABLE_SCHEMA = ? OR TABLE_SCHEMA LIKE 'sluice!_%' ESCAPE '!')";

  @Override
  public DatabaseFacts read(Connection connection) throws SQLException {
    String database = connection.getCatalog();
    if (database == null || database.isEmpty()) {
      throw new SQLException("The connection names no database.", "3D000");
    }
    String login = one(connection, "SELECT CURRENT_USER()");
    return new DatabaseFacts(
        Dialect.MARIADB,
        database,
        connection.getMetaData().getDatabaseMajorVersion(),
        login,
        administrator(connection, login),
        List.of(database),
        List.of(new SchemaFact(database, "")),
        relations(connection, database),
        List.of(),
        roles(connection),
        privileges(connection, database));
  }

  private static boolean administrator(Connection connection, String login) throws SQLException {
    int at = login.lastIndexOf('@');
    String grantee = "'" + login.substring(0, at) + "'@'" + login.substring(at + 1) + "'";
    return !rows(
            connection,
            "SELECT 1 FROM information_schema.USER_PRIVILEGES WHERE GRANTEE = ?"
                + " AND PRIVILEGE_TYPE = 'CREATE USER' AND IS_GRANTABLE = 'YES'",
            row -> row.getString(1),
            grantee)
        .isEmpty();
  }

  private static List<RelationFact> relations(Connection connection, String database)
      throws SQLException {
    Map<TableRef, List<ColumnFact>> columns = columns(connection, database);
    Map<TableRef, String[]> views = new LinkedHashMap<>();
    rows(
        connection,
        "SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION, DEFINER FROM information_schema.VIEWS"
            + " WHERE "
            + OURS,
        row ->
            views.put(
                new TableRef(row.getString(1), row.getString(2)),
                new String[] {row.getString(3), row.getString(4)}),
        database);
    Map<TableRef, String> kinds = new LinkedHashMap<>();
    rows(
        connection,
        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE "
            + OURS
            + " ORDER BY 1, 2",
        row -> kinds.put(new TableRef(row.getString(1), row.getString(2)), row.getString(3)),
        database);
    // A view that names one of these reads more than its text tells.
    Set<String> foreign = new LinkedHashSet<>();
    rows(
        connection,
        "SELECT LOWER(ROUTINE_NAME) FROM information_schema.ROUTINES UNION"
            + " SELECT LOWER(SCHEMA_NAME) FROM information_schema.SCHEMATA"
            + " WHERE SCHEMA_NAME <> ? UNION SELECT LOWER(name) FROM mysql.func",
        row -> foreign.add(row.getString(1)),
        database);
    List<RelationFact> relations = new ArrayList<>();
    kinds.forEach(
        (ref, type) -> {
          String[] view = views.getOrDefault(ref, new String[] {null, ""});
          relations.add(
              new RelationFact(
                  ref,
                  kind(type),
                  view[1],
                  columns.getOrDefault(ref, List.of()),
                  Optional.ofNullable(view[0]),
                  view[0] == null ? Set.of() : named(view[0], kinds.keySet(), ref),
                  List.of(),
                  false,
                  Set.of(),
                  view[0] != null && words(view[0]).stream().anyMatch(foreign::contains)));
        });
    return relations;
  }

  private static Kind kind(String type) {
    return switch (type) {
      case "BASE TABLE", "SYSTEM VERSIONED" -> Kind.TABLE;
      case "VIEW" -> Kind.VIEW;
      case "SEQUENCE" -> Kind.SEQUENCE;
      default -> Kind.OTHER;
    };
  }

  /// Invisible columns are left out, as a star leaves them out.
  private static Map<TableRef, List<ColumnFact>> columns(Connection connection, String database)
      throws SQLException {
    record Found(TableRef table, ColumnFact column, String generated) {}
    List<Found> found =
        rows(
            connection,
            "SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME, COLUMN_TYPE,"
                + " IFNULL(GENERATION_EXPRESSION, ''), IFNULL(CHARACTER_MAXIMUM_LENGTH, 0)"
                + " FROM information_schema.COLUMNS WHERE EXTRA NOT LIKE '%INVISIBLE%' AND "
                + OURS
                + " ORDER BY 1, 2, ORDINAL_POSITION",
            row ->
                new Found(
                    new TableRef(row.getString(1), row.getString(2)),
                    new ColumnFact(
                        row.getString(3),
                        row.getString(4),
                        row.getString(4),
                        (int) Math.min(row.getLong(6), Integer.MAX_VALUE),
                        Set.of()),
                    row.getString(5)),
            database);
    Map<TableRef, Set<String>> names = new LinkedHashMap<>();
    found.forEach(
        one ->
            names
                .computeIfAbsent(one.table(), ref -> new LinkedHashSet<>())
                .add(one.column().name()));
    Map<TableRef, List<ColumnFact>> columns = new LinkedHashMap<>();
    for (Found one : found) {
      Set<String> sources = new LinkedHashSet<>();
      Set<String> words = words(one.generated());
      for (String name : names.getOrDefault(one.table(), Set.of())) {
        if (!name.equals(one.column().name()) && words.contains(name.toLowerCase(Locale.ROOT))) {
          sources.add(name);
        }
      }
      columns
          .computeIfAbsent(one.table(), ref -> new ArrayList<>())
          .add(
              new ColumnFact(
                  one.column().name(),
                  one.column().type(),
                  one.column().baseType(),
                  one.column().length(),
                  sources));
    }
    return columns;
  }

  /// Relations whose names occur in a definition: at least those it reads.
  private static Set<TableRef> named(String definition, Set<TableRef> all, TableRef self) {
    Set<String> words = words(definition);
    Set<TableRef> found = new LinkedHashSet<>();
    for (TableRef ref : all) {
      if (!ref.equals(self)
          && ref.schema().equals(self.schema())
          && words.contains(ref.name().toLowerCase(Locale.ROOT))) {
        found.add(ref);
      }
    }
    return found;
  }

  private static Set<String> words(String sql) {
    Set<String> words = new LinkedHashSet<>();
    for (Token token :
        Lexer.lex(sql, Dialect.MARIADB, LexicalModes.SERVER_DEFAULTS).significant()) {
      words.add(token.value().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  private static List<RoleFact> roles(Connection connection) throws SQLException {
    return rows(
        connection,
        "SELECT CONCAT(User, '@', Host), IF(JSON_VALUE(Priv, '$.account_locked') = '1', 0, 1),"
            + " JSON_VALUE(Priv, '$.access') & 1, IFNULL(JSON_VALUE(Priv, '$.is_role'), 0)"
            + " FROM mysql.global_priv ORDER BY 1",
        row ->
            new RoleFact(
                row.getString(1),
                row.getBoolean(2) && !row.getBoolean(4),
                row.getBoolean(3),
                false,
                Set.of()));
  }

  private static List<PrivilegeFact> privileges(Connection connection, String database)
      throws SQLException {
    List<PrivilegeFact> found = new ArrayList<>();
    rows(
        connection,
        "SELECT GRANTEE, PRIVILEGE_TYPE FROM information_schema.USER_PRIVILEGES"
            + " WHERE PRIVILEGE_TYPE <> 'USAGE'",
        row ->
            found.add(
                new PrivilegeFact(
                    "GLOBAL", "*.*", Optional.empty(), row.getString(2), row.getString(1))));
    rows(
        connection,
        "SELECT GRANTEE, PRIVILEGE_TYPE, TABLE_SCHEMA FROM information_schema.SCHEMA_PRIVILEGES"
            + " WHERE ? LIKE TABLE_SCHEMA",
        row ->
            found.add(
                new PrivilegeFact(
                    "DATABASE",
                    "`" + row.getString(3) + "`.*",
                    Optional.empty(),
                    row.getString(2),
                    row.getString(1))),
        database);
    rows(
        connection,
        "SELECT GRANTEE, PRIVILEGE_TYPE, TABLE_NAME FROM information_schema.TABLE_PRIVILEGES"
            + " WHERE TABLE_SCHEMA = ?",
        row ->
            found.add(
                new PrivilegeFact(
                    "TABLE",
                    "`" + database + "`.`" + row.getString(3).replace("`", "``") + "`",
                    Optional.of(new TableRef(database, row.getString(3))),
                    row.getString(2),
                    row.getString(1))),
        database);
    rows(
        connection,
        "SELECT DISTINCT GRANTEE, PRIVILEGE_TYPE, TABLE_NAME, COLUMN_NAME"
            + " FROM information_schema.COLUMN_PRIVILEGES WHERE TABLE_SCHEMA = ?",
        row ->
            found.add(
                new PrivilegeFact(
                    "COLUMN",
                    "`" + database + "`.`" + row.getString(3).replace("`", "``") + "`",
                    Optional.of(new TableRef(database, row.getString(3))),
                    row.getString(2) + " (`" + row.getString(4).replace("`", "``") + "`)",
                    row.getString(1))),
        database);
    return found;
  }

  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> rows(
      Connection connection, String sql, Row<T> row, String... arguments) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(row.read(result));
        }
      }
    }
    return found;
  }

  private static String one(Connection connection, String sql) throws SQLException {
    return rows(connection, sql, row -> row.getString(1)).getFirst();
  }
}
