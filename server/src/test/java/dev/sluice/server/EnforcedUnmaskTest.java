package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.journal.SqliteJournal;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.ServerWorkspace;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.codec.wire.NewUnmask;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Grants that lift masks where the database masks by itself: a login whose views show exactly the
/// granted columns, for as long as the grant holds.
@Tag("slow")
class EnforcedUnmaskTest {

  private static final String POLICY =
      TestServer.POLICY.replace(
          "{algorithm: email, uses: {equality: {distinct-per-day: 3}}}",
          "{algorithm: email, uses: deny, unmask: {approvers: {any-of: [group:data-owners],"
              + " quorum: 1}, max-duration: 1h}}");
  private static final String BOTH = "SELECT concat(email, ' ', ssn) FROM customers WHERE id = 7";
  private static final String MASKED = "p***@a***.test *******1007";
  private static final String LIFTED = "person7@acme.test *******1007";

  private static TestServer start(Path folder, EnforcedShop shop, MovableClock clock) {
    return TestServer.start(
        folder,
        config -> config.withPolicy(POLICY).withTargets(List.of(shop.target())).withClock(clock));
  }

  private static ApprovalRequest granted(TestServer server, HttpServerClient analyst)
      throws Exception {
    ApprovalRequest asked =
        analyst
            .requests()
            .unmask(new NewUnmask("shop", List.of("customers.email"), 10, "a complaint"));
    server.signIn("owner").review(asked.id(), Review.Verdict.APPROVE, "");
    return asked;
  }

  @Test
  void aLeaseShowsExactlyTheGrantedColumnsAndEndsWithTheGrant(@TempDir Path folder)
      throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    MovableClock clock = new MovableClock();
    try (TestServer server = start(folder, shop, clock)) {
      HttpServerClient analyst = server.signIn("analyst");
      assertThat(read(shop, analyst.lease("shop"))).isEqualTo(MASKED);
      granted(server, analyst);
      Lease lifted = analyst.lease("shop");
      assertThat(lifted.expiresAt())
          .isBeforeOrEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
      assertThat(analyst.renew(lifted).expiresAt())
          .isBeforeOrEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
      assertThat(read(shop, lifted)).isEqualTo(LIFTED);
      assertThat(read(shop, server.signIn("other").lease("shop"))).isEqualTo(MASKED);
      try (Connection open = shop.connect(lifted.user(), lifted.password())) {
        assertThat(first(open, BOTH)).isEqualTo(LIFTED);
        clock.pass(Duration.ofMinutes(11));
        gone(shop, lifted);
        assertThatThrownBy(() -> first(open, BOTH)).isInstanceOf(SQLException.class);
      }
      assertThatThrownBy(() -> read(shop, lifted)).isInstanceOf(SQLException.class);
      assertThat(read(shop, server.signIn("analyst").lease("shop"))).isEqualTo(MASKED);
    }
  }

  @Test
  void aGrantThatIsTakenBackEndsTheLoginThatShowsMore(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder, shop, new MovableClock())) {
      HttpServerClient analyst = server.signIn("analyst");
      ApprovalRequest asked = granted(server, analyst);
      Lease lifted = analyst.lease("shop");
      assertThat(read(shop, lifted)).isEqualTo(LIFTED);
      server.signIn("owner").revoke(asked.id(), "over");
      assertThatThrownBy(() -> read(shop, lifted)).isInstanceOf(SQLException.class);
      assertThat(read(shop, analyst.lease("shop"))).isEqualTo(MASKED);
    }
  }

  @Test
  void theWindowReadsRealValuesWhileTheGrantHolds(@TempDir Path folder) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    try (TestServer server = start(folder, shop, new MovableClock());
        BoundedParserWorker worker = BoundedParserWorker.standard();
        SqliteJournal journal = SqliteJournal.open(folder.resolve("journal.db"));
        ServerWorkspace window =
            ServerWorkspace.open(server.signIn("analyst"), LocalCore.of(worker), journal)) {
      for (String table : List.of("customers", "public.customers")) {
        assertThat(email(window, table)).containsExactly("[p***@a***.test]");
      }
      ApprovalRequest asked = granted(server, server.signIn("analyst"));
      for (String table : List.of("customers", "public.customers")) {
        awaitRows(window, table, "[person7@acme.test]");
      }
      server.signIn("owner").revoke(asked.id(), "over");
      for (String table : List.of("public.customers", "customers")) {
        awaitRows(window, table, "[p***@a***.test]");
      }
    }
  }

  private static void awaitRows(ServerWorkspace window, String table, String row)
      throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!email(window, table).equals(List.of(row)) && System.nanoTime() < until) {
      Thread.sleep(200);
    }
    assertThat(email(window, table)).as(table).containsExactly(row);
  }

  private static List<String> email(ServerWorkspace window, String table)
      throws InterruptedException {
    Runs.Ran ran = Runs.run(window, "SELECT email FROM " + table + " WHERE id = 7");
    return ran.problem().isEmpty() ? ran.rows() : List.of(ran.problem());
  }

  private static void gone(EnforcedShop shop, Lease lease) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String there = "SELECT count(*) FROM pg_roles WHERE rolname = '" + lease.user() + "'";
    while (!shop.value(there).equals("0") && System.nanoTime() < until) {
      Thread.sleep(100);
    }
    assertThat(shop.value(there)).isEqualTo("0");
  }

  private static String read(EnforcedShop shop, Lease lease) throws SQLException {
    try (Connection connection = shop.connect(lease.user(), lease.password())) {
      return first(connection, BOTH);
    }
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? String.valueOf(result.getString(1)) : "";
    }
  }
}
