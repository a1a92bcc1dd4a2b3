package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Execution;
import dev.sluice.governance.approval.Review.Verdict;
import dev.sluice.server.store.Store;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two versions work over one store while servers are replaced one by one: the older one finds all
/// it knows in a store that the newer one has brought up to date.
class TwoVersionsTest {

  /// The first migrations of SQLite replaced its search index before any version was given out.
  private static final Map<String, Set<String>> BEFORE_THE_FIRST_VERSION =
      Map.of("sqlite", Set.of("timeline_search"), "postgresql", Set.of());

  @TempDir Path folder;

  @Test
  void everyMigrationOfSqliteOnlyAdds() throws Exception {
    onlyAdds("sqlite", "jdbc:sqlite:" + folder.resolve("steps.db"), "", "");
  }

  @Test
  void everyMigrationOfPostgreSqlOnlyAdds() throws Exception {
    StoreConfig.PostgreSql store = (StoreConfig.PostgreSql) TestServer.freshPostgreSqlStore();
    onlyAdds("postgresql", store.url(), store.user(), store.password());
  }

  @Test
  void aServerWorksOnASqliteStoreOfALaterVersion() throws Exception {
    ServerConfig config = TestServer.config(folder);
    StoreConfig.Sqlite store = new StoreConfig.Sqlite(folder.resolve("later.db"));
    works(config.withStore(store), "jdbc:sqlite:" + store.file(), "", "");
  }

  @Test
  void aServerWorksOnAPostgreSqlStoreOfALaterVersion() throws Exception {
    StoreConfig.PostgreSql store = (StoreConfig.PostgreSql) TestServer.freshPostgreSqlStore();
    works(TestServer.config(folder).withStore(store), store.url(), store.user(), store.password());
  }

  /// A later version adds a column to every table, and a table; it is in the store's history.
  private void works(ServerConfig config, String url, String user, String password)
      throws Exception {
    Store.open(config.store()).close();
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      for (String table : tables(connection).keySet()) {
        if (!table.equals("sluice_migration") && !isPartOfAnIndex(table)) {
          statement.execute("ALTER TABLE " + table + " ADD COLUMN later TEXT NOT NULL DEFAULT ''");
        }
      }
      statement.execute("CREATE TABLE of_a_later_version (id TEXT PRIMARY KEY)");
      statement.execute(
          "INSERT INTO sluice_migration (installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success) VALUES"
              + " (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, 'later', 1, "
              + (url.startsWith("jdbc:sqlite") ? "1)" : "true)"));
    }
    try (TestServer server = TestServer.start(folder, same -> config);
        HttpServerClient analyst = server.signIn("analyst");
        HttpServerClient owner = server.signIn("owner")) {
      ApprovalRequest asked =
          analyst.requestApproval(
              TestServer.wants("UPDATE orders SET status = 'void' WHERE id = 7"));
      owner.review(asked.id(), Verdict.APPROVE, "");
      assertThat(analyst.runApproved(asked.id()).execution().state())
          .isEqualTo(Execution.State.EXECUTED);
      assertThat(analyst.timeline(TimelineQuery.newest(50)).entries()).hasSizeGreaterThan(3);
      assertThat(analyst.verify().verified()).isTrue();
    }
  }

  /// Step by step: what was there stays as it was, and what is new asks nothing of a writer that
  /// does not know it.
  private void onlyAdds(String engine, String url, String user, String password) throws Exception {
    Set<String> excused = BEFORE_THE_FIRST_VERSION.get(engine);
    List<MigrationVersion> versions = new ArrayList<>();
    for (MigrationInfo each : flyway(engine, url, user, password, "latest").info().all()) {
      versions.add(each.getVersion());
    }
    assertThat(versions).hasSizeGreaterThan(10);
    Map<String, Map<String, Column>> before = Map.of();
    Set<String> uniqueBefore = Set.of();
    for (MigrationVersion version : versions) {
      flyway(engine, url, user, password, version.getVersion()).migrate();
      try (Connection connection = DriverManager.getConnection(url, user, password)) {
        Map<String, Map<String, Column>> now = tables(connection);
        Set<String> uniqueNow = unique(connection, now.keySet());
        for (var table : before.entrySet()) {
          String name = table.getKey();
          if (isPartOfAnIndex(name) || excused.contains(name)) {
            continue;
          }
          assertThat(now).as("tables after %s", version).containsKey(name);
          assertThat(now.get(name))
              .as("%s after %s", name, version)
              .containsAllEntriesOf(table.getValue());
          for (var column : now.get(name).entrySet()) {
            assertThat(table.getValue().containsKey(column.getKey()) || column.getValue().free())
                .as("%s.%s, new in %s, has a default", name, column.getKey(), version)
                .isTrue();
          }
        }
        Set<String> narrower = new TreeSet<>(uniqueNow);
        narrower.removeAll(uniqueBefore);
        Set<String> old = before.keySet();
        assertThat(narrower)
            .as("new unique keys of old tables, in %s", version)
            .noneMatch(key -> old.contains(key.substring(0, key.indexOf('('))));
        before = now;
        uniqueBefore = uniqueNow;
      }
    }
  }

  /// @param free whether a row may leave it out
  private record Column(String type, boolean free) {}

  private static Map<String, Map<String, Column>> tables(Connection connection)
      throws SQLException {
    Map<String, Map<String, Column>> tables = new TreeMap<>();
    DatabaseMetaData data = connection.getMetaData();
    try (ResultSet rows = data.getTables(null, schema(connection), "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        tables.put(rows.getString("TABLE_NAME"), new TreeMap<>());
      }
    }
    for (var table : tables.entrySet()) {
      try (ResultSet rows = data.getColumns(null, schema(connection), table.getKey(), "%")) {
        while (rows.next()) {
          table
              .getValue()
              .put(
                  rows.getString("COLUMN_NAME"),
                  new Column(
                      rows.getString("TYPE_NAME"),
                      rows.getInt("NULLABLE") == DatabaseMetaData.columnNullable
                          || rows.getString("COLUMN_DEF") != null));
        }
      }
    }
    return tables;
  }

  /// `table(column,column)` of every unique index, primary keys among them.
  private static Set<String> unique(Connection connection, Set<String> tables) throws SQLException {
    Set<String> keys = new TreeSet<>();
    for (String table : tables) {
      Map<String, List<String>> columns = new TreeMap<>();
      try (ResultSet rows =
          connection.getMetaData().getIndexInfo(null, schema(connection), table, true, false)) {
        while (rows.next()) {
          // SQLite's driver gives the others too.
          if (rows.getString("INDEX_NAME") != null && !rows.getBoolean("NON_UNIQUE")) {
            columns
                .computeIfAbsent(rows.getString("INDEX_NAME"), index -> new ArrayList<>())
                .add(rows.getString("COLUMN_NAME"));
          }
        }
      }
      columns.values().forEach(each -> keys.add(table + "(" + String.join(",", each) + ")"));
    }
    return keys;
  }

  private static String schema(Connection connection) throws SQLException {
    return connection.getMetaData().getURL().startsWith("jdbc:sqlite") ? null : "public";
  }

  /// SQLite's full-text search keeps its index in tables of its own.
  private static boolean isPartOfAnIndex(String table) {
    return table.contains("_search") || table.startsWith("sqlite_");
  }

  private static Flyway flyway(
      String engine, String url, String user, String password, String target) {
    return Flyway.configure()
        .dataSource(url, user, password)
        .locations("classpath:dev/sluice/server/store/" + engine)
        .table("sluice_migration")
        .outOfOrder(true)
        .target(target)
        .loggers("slf4j")
        .load();
  }
}
