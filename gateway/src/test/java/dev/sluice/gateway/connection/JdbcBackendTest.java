package dev.sluice.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.gateway.TestPostgres;
import dev.sluice.gateway.connection.EngineProfile.Purpose;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.gateway.execution.BackendRequest;
import dev.sluice.gateway.execution.BackendRequest.Mode;
import dev.sluice.gateway.execution.BackendResult;
import dev.sluice.governance.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcBackendTest {

  private static final String TABLE =
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, total NUMERIC(12,2), placed TIMESTAMP)";
  private static final String ROWS =
      "INSERT INTO orders VALUES (1, 50.00, '2026-01-05 10:00:00'), (2, 20.50, NULL)";

  @TempDir Path folder;

  private ConnectionDefinition postgres() throws SQLException {
    return TestPostgres.database("backend", TABLE, ROWS);
  }

  private ConnectionDefinition file(Dialect engine) throws SQLException {
    Path file = folder.resolve("data." + engine.id());
    try (Connection connection = DriverManager.getConnection("jdbc:" + engine.id() + ":" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute(ROWS);
    }
    return ConnectionDefinition.file("shop-dev", engine, file.toString());
  }

  private static ConnectionPool pool(ConnectionDefinition definition, Purpose purpose) {
    return definition.isFile()
        ? new ConnectionPool(definition, DatabaseLogin.none(), purpose, 2, Duration.ofSeconds(5))
        : TestPostgres.pool(definition, purpose);
  }

  private static BackendRequest request(String text, Mode mode) {
    return new BackendRequest(text, mode, Optional.of(Duration.ofSeconds(30)), 100, -1);
  }

  private static List<Object[]> rows(JdbcBackend backend, String text) throws BackendFailure {
    try (BackendResult result = backend.execute(request(text, Mode.READ))) {
      List<Object[]> rows = new ArrayList<>();
      for (Object[] row = result.next(); row != null; row = result.next()) {
        rows.add(row);
      }
      return rows;
    }
  }

  private static long change(JdbcBackend backend, String text, boolean commit)
      throws BackendFailure {
    try (BackendResult result = backend.execute(request(text, Mode.WRITE))) {
      if (commit) {
        result.commit();
      }
      return result.updateCount();
    }
  }

  private void valuesArePlain(ConnectionDefinition definition, Object placed) throws Exception {
    try (ConnectionPool pool = pool(definition, Purpose.READ);
        JdbcBackend backend = JdbcBackend.open(pool)) {
      List<Object[]> rows = rows(backend, "SELECT id, total, placed FROM orders ORDER BY id");
      assertThat(rows).hasSize(2);
      assertThat(rows.getFirst()[0]).isEqualTo(1);
      assertThat(rows.getFirst()[1].toString()).startsWith("50");
      assertThat(rows.getFirst()[2]).isEqualTo(placed);
      assertThat(rows.getLast()[2]).isNull();
    }
  }

  @Test
  void postgreSqlGivesPlainValues() throws Exception {
    valuesArePlain(postgres(), LocalDateTime.of(2026, 1, 5, 10, 0));
  }

  @Test
  void sqliteGivesPlainValues() throws Exception {
    valuesArePlain(file(Dialect.SQLITE), "2026-01-05 10:00:00");
  }

  @Test
  void duckDbGivesPlainValues() throws Exception {
    valuesArePlain(file(Dialect.DUCKDB), LocalDateTime.of(2026, 1, 5, 10, 0));
  }

  private void aReadCannotWrite(ConnectionDefinition definition) throws Exception {
    try (ConnectionPool pool = pool(definition, Purpose.READ);
        JdbcBackend backend = JdbcBackend.open(pool)) {
      assertThatThrownBy(() -> backend.execute(request("DELETE FROM orders", Mode.READ)).commit())
          .isInstanceOf(BackendFailure.class);
      assertThat(rows(backend, "SELECT id FROM orders")).hasSize(2);
    }
  }

  @Test
  void postgreSqlReadsCannotWrite() throws Exception {
    aReadCannotWrite(postgres());
  }

  @Test
  void sqliteReadsCannotWrite() throws Exception {
    aReadCannotWrite(file(Dialect.SQLITE));
  }

  @Test
  void duckDbReadsCannotWrite() throws Exception {
    aReadCannotWrite(file(Dialect.DUCKDB));
  }

  private void aChangeLastsOnlyWhenCommitted(ConnectionDefinition definition) throws Exception {
    try (ConnectionPool pool = pool(definition, Purpose.WRITE);
        JdbcBackend backend = JdbcBackend.open(pool)) {
      assertThat(change(backend, "UPDATE orders SET total = 0", false)).isEqualTo(2);
      assertThat(rows(backend, "SELECT id FROM orders WHERE total = 0")).isEmpty();
      assertThat(change(backend, "UPDATE orders SET total = 0 WHERE id = 2", true)).isEqualTo(1);
      assertThat(rows(backend, "SELECT id FROM orders WHERE total = 0")).hasSize(1);
    }
  }

  @Test
  void postgreSqlChangesLastOnlyWhenCommitted() throws Exception {
    aChangeLastsOnlyWhenCommitted(postgres());
  }

  @Test
  void sqliteChangesLastOnlyWhenCommitted() throws Exception {
    aChangeLastsOnlyWhenCommitted(file(Dialect.SQLITE));
  }

  @Test
  void duckDbChangesLastOnlyWhenCommitted() throws Exception {
    aChangeLastsOnlyWhenCommitted(file(Dialect.DUCKDB));
  }

  private void anOpenTransactionIsRolledBack(ConnectionDefinition definition) throws Exception {
    try (ConnectionPool pool = pool(definition, Purpose.WRITE)) {
      try (JdbcBackend backend = JdbcBackend.open(pool)) {
        backend.execute(request("BEGIN", Mode.TRANSACTION)).close();
        change(backend, "DELETE FROM orders", true);
        assertThat(rows(backend, "SELECT id FROM orders")).isEmpty();
      }
      try (JdbcBackend backend = JdbcBackend.open(pool)) {
        assertThat(rows(backend, "SELECT id FROM orders")).hasSize(2);
        backend.execute(request("BEGIN", Mode.TRANSACTION)).close();
        change(backend, "DELETE FROM orders WHERE id = 1", true);
        backend.execute(request("COMMIT", Mode.TRANSACTION)).close();
      }
      try (JdbcBackend backend = JdbcBackend.open(pool)) {
        assertThat(rows(backend, "SELECT id FROM orders")).hasSize(1);
      }
    }
  }

  @Test
  void postgreSqlRollsBackWhatAPersonLeftOpen() throws Exception {
    anOpenTransactionIsRolledBack(postgres());
  }

  @Test
  void sqliteRollsBackWhatAPersonLeftOpen() throws Exception {
    anOpenTransactionIsRolledBack(file(Dialect.SQLITE));
  }

  @Test
  void duckDbRollsBackWhatAPersonLeftOpen() throws Exception {
    anOpenTransactionIsRolledBack(file(Dialect.DUCKDB));
  }

  @Test
  void moreRowsThanApprovedAreRolledBack() throws Exception {
    try (ConnectionPool pool = pool(postgres(), Purpose.WRITE);
        JdbcBackend backend = JdbcBackend.open(pool)) {
      BackendRequest request =
          new BackendRequest("UPDATE orders SET total = 0", Mode.WRITE, Optional.empty(), 100, 1);
      BackendFailure failure =
          catchThrowableOfType(BackendFailure.class, () -> backend.execute(request));
      assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.TOO_MANY_ROWS);
      assertThat(rows(backend, "SELECT id FROM orders WHERE total = 0")).isEmpty();
    }
  }

  private void cancelStops(ConnectionDefinition definition, String endless) throws Exception {
    try (ConnectionPool pool = pool(definition, Purpose.READ);
        JdbcBackend backend = JdbcBackend.open(pool)) {
      CountDownLatch started = new CountDownLatch(1);
      Thread canceller =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      started.await(10, TimeUnit.SECONDS);
                      for (int attempt = 0; attempt < 100; attempt++) {
                        Thread.sleep(50);
                        backend.cancel();
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      started.countDown();
      BackendFailure failure =
          catchThrowableOfType(BackendFailure.class, () -> rows(backend, endless));
      canceller.interrupt();
      canceller.join();
      assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.CANCELLED);
      assertThat(rows(backend, "SELECT id FROM orders")).hasSize(2);
    }
  }

  @Test
  void postgreSqlStopsWhenAsked() throws Exception {
    cancelStops(postgres(), "SELECT pg_sleep(60)");
  }

  @Test
  void sqliteStopsWhenAsked() throws Exception {
    cancelStops(
        file(Dialect.SQLITE),
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n");
  }

  @Test
  void duckDbStopsWhenAsked() throws Exception {
    cancelStops(
        file(Dialect.DUCKDB),
        "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range = -1");
  }

  @Test
  void applicationNameCarriesTheLease() throws Exception {
    try (ConnectionPool pool = pool(postgres(), Purpose.READ);
        JdbcBackend backend = JdbcBackend.open(pool)) {
      assertThat(rows(backend, "SELECT current_setting('application_name')").getFirst()[0])
          .isEqualTo("sluice/lease-1");
    }
    try (ConnectionPool pool = pool(postgres(), Purpose.READ)) {
      JdbcBackend.open(pool).close();
      try (JdbcBackend again = JdbcBackend.open(pool)) {
        assertThat(rows(again, "SELECT current_setting('application_name')").getFirst()[0])
            .isEqualTo("sluice/lease-1");
      }
    }
  }

  @Test
  void aSessionThatWasUnpinnedIsThrownAway() throws Exception {
    try (ConnectionPool pool = pool(postgres(), Purpose.WRITE)) {
      try (JdbcBackend backend = JdbcBackend.open(pool)) {
        change(backend, "SET standard_conforming_strings = off", true);
        change(backend, "SET search_path = pg_catalog", true);
      }
      try (JdbcBackend backend = JdbcBackend.open(pool)) {
        assertThat(rows(backend, "SELECT current_setting('standard_conforming_strings')"))
            .first()
            .isEqualTo(new Object[] {"on"});
        assertThat(rows(backend, "SELECT id FROM orders")).hasSize(2);
      }
    }
  }

  @Test
  void duckDbReachesNoFileAndStaysLocked() throws Exception {
    try (ConnectionPool pool = pool(file(Dialect.DUCKDB), Purpose.WRITE);
        JdbcBackend backend = JdbcBackend.open(pool)) {
      assertThatThrownBy(() -> rows(backend, "SELECT * FROM read_csv('/etc/passwd')"))
          .isInstanceOf(BackendFailure.class);
      assertThatThrownBy(() -> change(backend, "SET enable_external_access = true", true))
          .isInstanceOf(BackendFailure.class);
    }
  }

  @Test
  void sqliteAttachesNothing() throws Exception {
    try (ConnectionPool pool = pool(file(Dialect.SQLITE), Purpose.WRITE);
        JdbcBackend backend = JdbcBackend.open(pool)) {
      assertThatThrownBy(
              () -> change(backend, "ATTACH DATABASE '" + folder.resolve("other") + "' AS o", true))
          .isInstanceOf(BackendFailure.class);
    }
  }

  @Test
  void aDatabaseThatIsDownIsAConnectionFailure() {
    ConnectionDefinition nowhere =
        ConnectionDefinition.server(
            "shop",
            Dialect.POSTGRESQL,
            "127.0.0.1",
            1,
            "shop",
            ConnectionDefinition.Transport.NONE);
    try (ConnectionPool pool =
        new ConnectionPool(
            nowhere,
            new DatabaseLogin("lease", "u", "p"),
            Purpose.READ,
            1,
            Duration.ofMillis(500))) {
      BackendFailure failure =
          catchThrowableOfType(BackendFailure.class, () -> JdbcBackend.open(pool));
      assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.CONNECTION);
    }
  }
}
