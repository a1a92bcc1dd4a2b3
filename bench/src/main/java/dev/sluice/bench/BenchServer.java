package dev.sluice.bench;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.Target;
import dev.sluice.server.Timings;
import dev.sluice.server.directory.AccountSeed;
import dev.sluice.server.store.StoreConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A PostgreSQL with a small governed shop, which may also hold stores, and servers over it.
final class BenchServer implements AutoCloseable {

  static final String PASSWORD = "a benchmark's password";

  /// Who decides, and the many who watch: one stream each.
  static final String APPROVER = "owner";

  static final String REQUESTER = "watcher-0";

  private static final String POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: shop, environment: production, owner: data-platform}
      rules:
        - id: writes-need-a-second-person
          when: statement.writes
          effect: require-approval
          approvers: {any-of: [group:data-owners], quorum: 1, decide-within: 8h, use-within: 1h, executions: 1}
        - id: analysts-read
          when: '"analysts" in user.groups && statement.reads_only'
          effect: allow
      """;

  private final EmbeddedPostgres postgres;
  private final AtomicInteger stores = new AtomicInteger();

  private BenchServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static BenchServer start() throws IOException, SQLException {
    BenchServer started =
        new BenchServer(
            EmbeddedPostgres.builder()
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .start());
    started.execute("CREATE TABLE orders (id int PRIMARY KEY, status text)");
    started.execute("INSERT INTO orders SELECT n, 'open' FROM generate_series(1, 200) n");
    return started;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// One number of the shop's database.
  long number(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  /// A store of its own.
  StoreConfig store() throws SQLException {
    String database = "store_" + stores.incrementAndGet();
    execute("CREATE DATABASE " + database);
    return new StoreConfig.PostgreSql(
        "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database,
        "postgres",
        "postgres");
  }

  /// A server whose streams are watched by so many people.
  SluiceServer server(Path folder, StoreConfig store, int watchers) {
    List<AccountSeed> people = new java.util.ArrayList<>();
    people.add(person(APPROVER, "data-owners"));
    for (int i = 0; i < watchers; i++) {
      people.add(person("watcher-" + i, "analysts"));
    }
    return server(folder, store, people);
  }

  /// A server of these people.
  SluiceServer server(Path folder, StoreConfig store, List<AccountSeed> people) {
    DatabaseLogin login = new DatabaseLogin("server", "postgres", "postgres");
    return SluiceServer.start(
        ServerConfig.inFolder(folder)
            .withPort(0)
            .withStore(store)
            .withPolicy(POLICY)
            .withAccounts(people)
            .withTargets(
                List.of(
                    Target.postgreSql(
                        ConnectionDefinition.server(
                            "shop",
                            Dialect.POSTGRESQL,
                            "127.0.0.1",
                            postgres.getPort(),
                            "postgres",
                            ConnectionDefinition.Transport.NONE),
                        "production",
                        "data-platform",
                        login,
                        login)))
            .withTimings(
                new Timings(
                    Duration.ofMinutes(15),
                    Duration.ofHours(8),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(1))));
  }

  private static AccountSeed person(String account, String group) {
    return AccountSeed.person(
        account, account, account + "@acme.test", Set.of(group), Set.of("analyst"), PASSWORD);
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
