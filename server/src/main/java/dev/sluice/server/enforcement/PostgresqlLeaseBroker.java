package dev.sluice.server.enforcement;

import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.EnforcementNames;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// Leases of a PostgreSQL database, through the two functions that its plan made.
public final class PostgresqlLeaseBroker implements LeaseBroker {

  private static final String APPLIED =
      "SELECT state FROM sluice_broker.applied ORDER BY id DESC LIMIT 1";
  private static final String OUTSTANDING =
      """
      SELECT DISTINCT l.rolname, l.rolvaliduntil, l.rolvaliduntil < pg_catalog.now()
      FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles l ON l.oid = m.member
      JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
      WHERE l.rolname LIKE 'slu\\_%' AND pg_catalog.starts_with(g.rolname, ?)
      ORDER BY 1
      """;

  private final DataSource broker;
  private final EnforcementNames names;
  private final SecureRandom random;

  /// @param broker connections as the broker login of the database
  public PostgresqlLeaseBroker(DataSource broker, EnforcementNames names, SecureRandom random) {
    this.broker = broker;
    this.names = names;
    this.random = random;
  }

  @Override
  public Lease issue(LeaseTerms terms) throws EnforcementProblem {
    String login = terms.loginName(Passwords.ending(random));
    return write(login, Passwords.random(random), terms);
  }

  @Override
  public Lease renew(Lease lease, LeaseTerms terms) throws EnforcementProblem {
    boolean known = outstanding().stream().anyMatch(known1 -> known1.login().equals(lease.login()));
    if (!known) {
      throw new EnforcementProblem(
          lease.login(), "The lease has ended. Ask for a new one by connecting again.");
    }
    return write(lease.login(), lease.password(), terms);
  }

  @Override
  public void prolong(String login, LeaseTerms terms) throws EnforcementProblem {
    write(login, "", terms);
  }

  @Override
  public String appliedProfiles() throws EnforcementProblem {
    try (Connection connection = broker.getConnection()) {
      return text(
          connection, "SELECT profiles FROM sluice_broker.applied ORDER BY id DESC LIMIT 1");
    } catch (SQLException e) {
      throw Failures.of(names.database(), "What was applied could not be read", e);
    }
  }

  /// One call: the database itself looks whether it is as the plan left it.
  private Lease write(String login, String password, LeaseTerms terms) throws EnforcementProblem {
    String verifier = password.isEmpty() ? "" : Scram.verifier(password, random);
    try (Connection connection = broker.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT sluice_broker.issue(?, ?, ?, ?, ?, ?, ?)")) {
      statement.setString(1, login);
      statement.setString(2, verifier);
      statement.setString(3, reader(terms));
      statement.setInt(4, Math.toIntExact(terms.lifetime().toSeconds()));
      statement.setInt(5, terms.connections());
      statement.setInt(6, Math.toIntExact(terms.statementTime().toSeconds()));
      statement.setString(7, terms.fingerprint());
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return new Lease(login, password, result.getTimestamp(1).toInstant());
      }
    } catch (SQLException e) {
      throw LeaseRefusals.of(names.database(), e, this);
    }
  }

  private String reader(LeaseTerms terms) {
    return names.reader(new AccessProfile(terms.profile(), Map.of(), Map.of()));
  }

  @Override
  public void revoke(String login) throws EnforcementProblem {
    try (Connection connection = broker.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT sluice_broker.revoke(?)")) {
      statement.setString(1, login);
      statement.execute();
    } catch (SQLException e) {
      throw Failures.of(login, "The lease could not be ended", e);
    }
  }

  @Override
  public List<Outstanding> outstanding() throws EnforcementProblem {
    try (Connection connection = broker.getConnection();
        PreparedStatement statement = connection.prepareStatement(OUTSTANDING)) {
      statement.setString(1, names.reader(new AccessProfile("", Map.of(), Map.of())));
      List<Outstanding> found = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          java.sql.Timestamp until = result.getTimestamp(2);
          found.add(
              new Outstanding(
                  result.getString(1),
                  until == null ? Instant.EPOCH : until.toInstant(),
                  until == null || result.getBoolean(3)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw Failures.of(names.database(), "The leases could not be listed", e);
    }
  }

  @Override
  public Drift drift() throws EnforcementProblem {
    try (Connection connection = broker.getConnection()) {
      return Drift.between(
          text(connection, APPLIED), text(connection, "SELECT sluice_broker.state()"));
    } catch (SQLException e) {
      throw Failures.of(names.database(), "The state could not be read", e);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      if (!result.next()) {
        return "";
      }
      String text = result.getString(1);
      return text == null ? "" : text;
    }
  }
}
