package dev.sluice.cli.demo;

import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.gateway.journal.StatementEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// The two database logins of the demo's server, with new passwords at each start: one runs what
/// was approved, one makes and drops leased logins. Neither is a superuser.
///
/// @param writer may change data
/// @param issuer may create roles and pass on SELECT
record DemoRoles(DatabaseLogin writer, DatabaseLogin issuer) {

  private static final String WRITER = "sluice_writer";
  private static final String ISSUER = "sluice_issuer";

  /// Creates the roles where they are missing, sets their passwords, and has the server check
  /// passwords of everybody but its own administrator on this machine.
  static DemoRoles prepare(DemoHome home, DemoPostgres postgres) throws SQLException, IOException {
    DemoRoles roles =
        new DemoRoles(
            new DatabaseLogin("server", WRITER, StatementEvents.newId()),
            new DatabaseLogin("server", ISSUER, StatementEvents.newId()));
    try (Connection admin = postgres.connect(DemoPostgres.DATABASE);
        Statement statement = admin.createStatement()) {
      // Passwords do not belong into the log that people read afterwards.
      statement.execute("SET log_statement = 'none'");
      role(statement, WRITER, "NOCREATEROLE", roles.writer().password());
      role(statement, ISSUER, "CREATEROLE", roles.issuer().password());
      for (String text : rights()) {
        statement.execute(text);
      }
      checkPasswords(home.postgres().resolve("pg_hba.conf"));
      statement.execute("SELECT pg_reload_conf()");
    }
    return roles;
  }

  private static void role(Statement statement, String name, String rights, String password)
      throws SQLException {
    statement.execute(
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '"
            + name
            + "') THEN CREATE ROLE "
            + name
            + " LOGIN NOSUPERUSER "
            + rights
            + "; END IF; END $$");
    statement.execute("ALTER ROLE " + name + " PASSWORD '" + password + "'");
  }

  private static String[] rights() {
    return new String[] {
      "GRANT USAGE ON SCHEMA public TO " + WRITER,
      "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + WRITER,
      "GRANT USAGE ON SCHEMA public TO " + ISSUER + " WITH GRANT OPTION",
      "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + ISSUER + " WITH GRANT OPTION",
      "GRANT pg_signal_backend TO " + ISSUER,
      "ALTER ROLE " + ISSUER + " SET createrole_self_grant = 'set, inherit'"
    };
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
