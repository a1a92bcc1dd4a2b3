package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.connection.AdministrationPool;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.server.enforcement.LeaseTerms;
import dev.sluice.server.enforcement.PostgresqlLeaseBroker;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many leases, a database that goes away, and what a lease costs.
@Tag("slow")
class LeaseStormTest {

  @Test
  void noLoginIsLeftAMinuteAfterTheDatabaseIsBack(@TempDir Path folder) throws Exception {
    storm(folder, 200);
  }

  @Test
  @Tag("proof")
  void noneOfTenThousandLoginsIsLeftAMinuteAfterTheDatabaseIsBack(@TempDir Path folder)
      throws Exception {
    storm(folder, 10_000).page("leases-postgresql.md", "LeaseStormTest");
  }

  private static LeaseStorm.Figures storm(Path folder, int leases) throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    LeaseStorm.prepare(folder.resolve("first"), shop.target());
    DatabaseLogin login = shop.target().enforcement().orElseThrow().broker();
    try (AdministrationPool pool = new AdministrationPool(shop.target().definition(), login, 4)) {
      return new LeaseStorm(
              "PostgreSQL",
              shop.target(),
              new PostgresqlLeaseBroker(
                  pool, new EnforcementNames(shop.database()), new SecureRandom()),
              () -> shop.execute("ALTER ROLE " + login.user() + " NOLOGIN"),
              () -> shop.execute("ALTER ROLE " + login.user() + " LOGIN"),
              () -> left(shop))
          .run(folder.resolve("second"), leases);
    }
  }

  private static int left(EnforcedShop shop) {
    return Integer.parseInt(
        shop.value(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles l ON l.oid = m.member JOIN"
                + " pg_roles g ON g.oid = m.roleid WHERE l.rolname LIKE 'slu\\_%' AND g.rolname ="
                + " 'sluice_"
                + shop.database()
                + "_reader'"));
  }

  @Test
  void aLeaseCostsLittleBeyondTheLoginItself() throws Exception {
    EnforcedShop shop = new EnforcedShop(true);
    Path folder = java.nio.file.Files.createTempDirectory("lease");
    TestServer.start(folder, config -> config.withTargets(java.util.List.of(shop.target())))
        .close();
    Enforcement logins = shop.target().enforcement().orElseThrow();
    long[] issue = new long[60];
    long[] login = new long[60];
    try (AdministrationPool pool =
        new AdministrationPool(shop.target().definition(), logins.broker(), 1)) {
      PostgresqlLeaseBroker broker =
          new PostgresqlLeaseBroker(
              pool, new EnforcementNames(shop.database()), new SecureRandom());
      for (int i = 0; i < issue.length; i++) {
        long start = System.nanoTime();
        dev.sluice.server.enforcement.Lease lease = broker.issue(LeaseTerms.usual("cost", ""));
        issue[i] = System.nanoTime() - start;
        start = System.nanoTime();
        try (Connection connection = shop.connect(lease.login(), lease.password())) {
          assertThat(connection.isValid(5)).isTrue();
        }
        login[i] = System.nanoTime() - start;
        broker.revoke(lease.login());
      }
    }
    Arrays.sort(issue);
    Arrays.sort(login);
    System.out.printf(
        "issue p50 %.1f ms, p95 %.1f ms; login p50 %.1f ms%n",
        issue[30] / 1e6, issue[57] / 1e6, login[30] / 1e6);
    // One call; a login is the measure of how busy this machine is.
    assertThat(issue[30]).isLessThan(10 * login[30] + Duration.ofMillis(50).toNanos());
  }
}
