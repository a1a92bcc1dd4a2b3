package dev.sluice.server.enforcement;

import dev.sluice.governance.enforcement.EnforcementNames;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/// Logins of approved changes on PostgreSQL, through the functions that its plan made.
public final class PostgresqlChangeBroker implements ChangeBroker {

  private static final String LEFT_OVER =
      """
      SELECT DISTINCT l.rolname FROM pg_catalog.pg_auth_members m
      JOIN pg_catalog.pg_roles l ON l.oid = m.member
      JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
      WHERE g.rolname = ? AND pg_catalog.starts_with(l.rolname, 'slu_change_')
        AND l.rolvaliduntil < pg_catalog.now() ORDER BY 1
      """;

  private final DataSource changer;
  private final EnforcementNames names;
  private final SecureRandom random;

  /// @param changer connections as the changer login of a PostgreSQL database
  public PostgresqlChangeBroker(DataSource changer, EnforcementNames names, SecureRandom random) {
    this.changer = changer;
    this.names = names;
    this.random = random;
  }

  @Override
  public ChangeLogin begin(List<Right> rights, Duration statementTime) throws EnforcementProblem {
    byte[] ending = new byte[6];
    random.nextBytes(ending);
    String login = EnforcementNames.CHANGE_PREFIX + HexFormat.of().formatHex(ending);
    String password = Passwords.random(random);
    int seconds = Math.toIntExact(Math.clamp(statementTime.toSeconds(), 1, 3000));
    try (Connection connection = changer.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT sluice_broker.begin_change(?, ?, ?, ?, ?, ?, ?)")) {
      statement.setString(1, login);
      statement.setString(2, Scram.verifier(password, random));
      statement.setInt(3, seconds + 60);
      statement.setInt(4, seconds);
      statement.setArray(5, texts(connection, rights, right -> right.table().schema()));
      statement.setArray(6, texts(connection, rights, right -> right.table().name()));
      statement.setArray(7, texts(connection, rights, Right::verb));
      statement.execute();
      return new ChangeLogin(login, password);
    } catch (SQLException e) {
      throw Failures.of(names.database(), "No login for the change could be made", e);
    }
  }

  private static java.sql.Array texts(
      Connection connection, List<Right> rights, java.util.function.Function<Right, String> part)
      throws SQLException {
    return connection.createArrayOf("text", rights.stream().map(part).toArray());
  }

  @Override
  public void end(String login) throws EnforcementProblem {
    try (Connection connection = changer.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT sluice_broker.end_change(?)")) {
      statement.setString(1, login);
      statement.execute();
    } catch (SQLException e) {
      throw Failures.of(login, "The login of a change could not be ended", e);
    }
  }

  @Override
  public List<String> leftOver() throws EnforcementProblem {
    try (Connection connection = changer.getConnection();
        PreparedStatement statement = connection.prepareStatement(LEFT_OVER)) {
      statement.setString(1, names.changeGroup());
      List<String> found = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw Failures.of(names.database(), "Logins of changes could not be listed", e);
    }
  }
}
