package dev.sluice.server.enforcement;

import dev.sluice.governance.enforcement.AccessProfile;
import dev.sluice.governance.enforcement.EnforcementNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;

/// Leases of a MariaDB database, through the procedures that its plan made. Accounts there know no
/// expiry of minutes: the sweeper is what ends them.
public final class MariadbLeaseBroker implements LeaseBroker {

  private final DataSource broker;
  private final EnforcementNames names;
  private final SecureRandom random;
  private final String database;

  /// @param broker connections as the broker login of the database
  public MariadbLeaseBroker(DataSource broker, EnforcementNames names, SecureRandom random) {
    this.broker = broker;
    this.names = names;
    this.random = random;
    this.database = names.brokerSchema() + "_" + names.database();
  }

  @Override
  public Lease issue(LeaseTerms terms) throws EnforcementProblem {
    return write(terms.loginName(Passwords.ending(random)), Passwords.random(random), terms);
  }

  @Override
  public Lease renew(Lease lease, LeaseTerms terms) throws EnforcementProblem {
    if (outstanding().stream().noneMatch(known -> known.login().equals(lease.login()))) {
      throw new EnforcementProblem(
          lease.login(), "The lease has ended. Ask for a new one by connecting again.");
    }
    return write(lease.login(), lease.password(), terms);
  }

  /// One call: the database itself looks whether it is as the plan left it.
  private Lease write(String login, String password, LeaseTerms terms) throws EnforcementProblem {
    String reader = names.reader(new AccessProfile(terms.profile(), Map.of(), Map.of()));
    try (Connection connection = broker.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("CALL `" + database + "`.issue(?, ?, ?, ?, ?, ?, ?)")) {
      statement.setString(1, login);
      statement.setString(2, password.isEmpty() ? "" : hash(password));
      statement.setString(3, reader);
      statement.setInt(4, Math.toIntExact(terms.lifetime().toSeconds()));
      statement.setInt(5, terms.connections());
      statement.setInt(6, Math.toIntExact(terms.statementTime().toSeconds()));
      statement.setString(7, terms.fingerprint());
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return new Lease(login, password, Instant.ofEpochSecond(result.getLong(1)));
      }
    } catch (SQLException e) {
      throw LeaseRefusals.of(names.database(), e, this);
    }
  }

  private String appliedProfiles(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT profiles FROM `" + database + "`.applied ORDER BY id DESC LIMIT 1");
        ResultSet result = statement.executeQuery()) {
      return result.next() ? String.valueOf(result.getString(1)) : "";
    }
  }

  @Override
  public void prolong(String login, LeaseTerms terms) throws EnforcementProblem {
    write(login, "", terms);
  }

  @Override
  public String appliedProfiles() throws EnforcementProblem {
    try (Connection connection = broker.getConnection()) {
      return appliedProfiles(connection);
    } catch (SQLException e) {
      throw Failures.of(names.database(), "What was applied could not be read", e);
    }
  }

  @Override
  public void revoke(String login) throws EnforcementProblem {
    try (Connection connection = broker.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("CALL `" + database + "`.revoke(?)")) {
      statement.setString(1, login);
      statement.execute();
    } catch (SQLException e) {
      throw Failures.of(login, "The lease could not be ended", e);
    }
  }

  @Override
  public List<Outstanding> outstanding() throws EnforcementProblem {
    try (Connection connection = broker.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT name, UNIX_TIMESTAMP() + TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(),"
                    + " valid_until), valid_until < UTC_TIMESTAMP() FROM `"
                    + database
                    + "`.lease ORDER BY 1");
        ResultSet result = statement.executeQuery()) {
      List<Outstanding> found = new ArrayList<>();
      while (result.next()) {
        found.add(
            new Outstanding(
                result.getString(1),
                Instant.ofEpochSecond(result.getLong(2)),
                result.getBoolean(3)));
      }
      return found;
    } catch (SQLException e) {
      throw Failures.of(names.database(), "The leases could not be listed", e);
    }
  }

  @Override
  public Drift drift() throws EnforcementProblem {
    try (Connection connection = broker.getConnection()) {
      return drift(connection);
    } catch (SQLException e) {
      throw Failures.of(names.database(), "The state could not be read", e);
    }
  }

  private Drift drift(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT state FROM `" + database + "`.applied ORDER BY id DESC LIMIT 1");
        ResultSet result = statement.executeQuery()) {
      String applied = result.next() ? String.valueOf(result.getString(1)) : "";
      return Drift.between(applied, MariadbState.read(connection, database));
    }
  }

  /// The form in which MariaDB stores a password of its native method. SHA-1 is what that method
  /// uses; the password has 190 random bits, so the hash cannot be searched.
  static String hash(String password) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] once = sha1.digest(password.getBytes(StandardCharsets.US_ASCII));
      return "*" + HexFormat.of().formatHex(sha1.digest(once)).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1.", e);
    }
  }
}
