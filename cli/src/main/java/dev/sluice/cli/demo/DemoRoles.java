package dev.sluice.cli.demo;

import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.journal.StatementEvents;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.server.Enforcement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The logins of the demo's server, with new passwords at each start. One lends logins that see
/// masked views, one begins and ends approved changes; both through functions of the database, and
/// neither can do anything else. The server makes them when it first applies its plan, as the
/// database's own administrator, who is accepted by name.
final class DemoRoles {

  /// Logins of demos before the database enforced the policy itself.
  private static final List<String> FORMER = List.of("sluice_writer", "sluice_issuer");

  private DemoRoles() {}

  /// Has the database check passwords of everybody but its own administrator on this machine.
  static Enforcement prepare(DemoHome home, DemoPostgres postgres)
      throws SQLException, IOException {
    try (Connection admin = postgres.connect(DemoPostgres.DATABASE);
        Statement statement = admin.createStatement()) {
      for (String role : FORMER) {
        if (exists(statement, role)) {
          statement.execute("DROP OWNED BY " + role);
          statement.execute("DROP ROLE " + role);
        }
      }
      checkPasswords(home.postgres().resolve("pg_hba.conf"));
      statement.execute("SELECT pg_reload_conf()");
    }
    EnforcementNames names = new EnforcementNames(DemoPostgres.DATABASE);
    return new Enforcement(
        login(names.broker()),
        login(names.changer()),
        Optional.of(new DatabaseLogin("server", DemoPostgres.OWNER, "")),
        Set.of("superuser:" + DemoPostgres.OWNER));
  }

  private static DatabaseLogin login(String user) {
    return new DatabaseLogin("server", user, StatementEvents.newId().replace("-", ""));
  }

  private static boolean exists(Statement statement, String role) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
      return row.next();
    }
  }

  private static void checkPasswords(Path file) throws IOException {
    Files.writeString(
        file,
        "# Written by the Sluice demo at each start.\n"
            + "host all postgres 127.0.0.1/32 trust\n"
            + "host all postgres ::1/128 trust\n"
            + "host all all 127.0.0.1/32 scram-sha-256\n",
        StandardCharsets.UTF_8);
  }
}
