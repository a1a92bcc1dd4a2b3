package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.governance.codec.wire.Lease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, config -> config.withClock(clock));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLeasedLoginReadsAndCannotWrite() throws Exception {
    Lease lease = server.signIn("analyst").lease("shop");
    assertThat(lease.user()).matches("slu_analyst_[0-9a-f]{8}");
    try (Connection connection = open(lease);
        Statement statement = connection.createStatement()) {
      assertThat(count(statement, "SELECT count(*) FROM customers")).isEqualTo(50);
      for (String write :
          new String[] {
            "UPDATE orders SET status = 'by a lease' WHERE id = 1",
            "SET default_transaction_read_only = off",
            "DELETE FROM orders",
            "CREATE TABLE mine (id int)",
            "CREATE ROLE friend"
          }) {
        if (write.startsWith("SET")) {
          statement.execute(write);
        } else {
          assertThatThrownBy(() -> statement.execute(write)).isInstanceOf(SQLException.class);
        }
      }
      assertThat(count(statement, "SELECT count(*) FROM orders WHERE status = 'by a lease'"))
          .isZero();
    }
  }

  @Test
  void aLoginIsDroppedAtSignOutWithItsSessions() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    Lease lease = analyst.lease("shop");
    try (Connection connection = open(lease);
        Statement statement = connection.createStatement()) {
      count(statement, "SELECT count(*) FROM orders");
      analyst.close();
      assertThat(roles(lease)).isEqualTo("0");
      assertThatThrownBy(() -> count(statement, "SELECT count(*) FROM orders"))
          .isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> open(lease)).isInstanceOf(SQLException.class);
  }

  @Test
  void aLoginIsDroppedAtReleaseAndWhenAnotherReplacesIt() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    Lease first = analyst.lease("shop");
    Lease second = analyst.lease("shop");
    assertThat(roles(first)).isEqualTo("0");
    assertThat(roles(second)).isEqualTo("1");
    analyst.release(second.id());
    assertThat(roles(second)).isEqualTo("0");
  }

  @Test
  void aLoginIsDroppedWhenItsTimeIsOverUnlessItWasRenewed() throws Exception {
    HttpServerClient analyst = server.signIn("analyst");
    Lease lease = analyst.lease("shop");
    clock.pass(Duration.ofMinutes(9));
    Lease renewed = analyst.renew(lease);
    assertThat(renewed.expiresAt()).isAfter(lease.expiresAt());
    clock.pass(Duration.ofMinutes(9));
    analyst.connections();
    assertThat(roles(lease)).isEqualTo("1");
    clock.pass(Duration.ofMinutes(16));
    for (int tries = 0; tries < 200 && !roles(lease).equals("0"); tries++) {
      Thread.sleep(50);
    }
    assertThat(roles(lease)).isEqualTo("0");
  }

  @Test
  void anotherSessionsLeaseCannotBeTouched() throws Exception {
    Lease lease = server.signIn("analyst").lease("shop");
    HttpServerClient other = server.signIn("other");
    assertThat(Codes.of(() -> other.renew(lease))).isEqualTo("not-found");
    other.release(lease.id());
    assertThat(roles(lease)).isEqualTo("1");
  }

  @Test
  void thePasswordIsNowhereInTheStore() throws Exception {
    Lease lease = server.signIn("analyst").lease("shop");
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content =
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(lease.password());
      }
    }
    assertThat(roles(lease)).isEqualTo("0");
  }

  private static Connection open(Lease lease) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + lease.host() + ":" + lease.port() + "/" + lease.database(),
        lease.user(),
        lease.password());
  }

  private static String roles(Lease lease) {
    return GovernedShop.running()
        .value("SELECT count(*) FROM pg_roles WHERE rolname = '" + lease.user() + "'");
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
