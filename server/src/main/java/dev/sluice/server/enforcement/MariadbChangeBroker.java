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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Logins of approved changes on MariaDB, through the procedures that its plan made. Accounts there
/// know no expiry of minutes: what a crash leaves behind is ended by who asks for [#leftOver()].
public final class MariadbChangeBroker implements ChangeBroker {

  private final DataSource changer;
  private final EnforcementNames names;
  private final SecureRandom random;
  private final String database;

  /// @param changer connections as the changer login of the database
  public MariadbChangeBroker(DataSource changer, EnforcementNames names, SecureRandom random) {
    this.changer = changer;
    this.names = names;
    this.random = random;
    this.database = "`" + names.brokerSchema() + "_" + names.database() + "`";
  }

  @Override
  public ChangeLogin begin(List<Right> rights, Duration statementTime) throws EnforcementProblem {
    byte[] ending = new byte[6];
    random.nextBytes(ending);
    String login = EnforcementNames.CHANGE_PREFIX + HexFormat.of().formatHex(ending);
    String password = Passwords.random(random);
    int seconds = Math.toIntExact(Math.clamp(statementTime.toSeconds(), 1, 3000));
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Right right : rights) {
      if (!right.table().schema().equals(names.database())) {
        throw new EnforcementProblem(
            right.table().dotted(),
            "An approved change may only touch tables of " + names.database() + ".");
      }
      list.addObject().put("table", right.table().name()).put("verb", right.verb());
    }
    try (Connection connection = changer.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("CALL " + database + ".begin_change(?, ?, ?, ?, ?)")) {
      statement.setString(1, login);
      statement.setString(2, MariadbLeaseBroker.hash(password));
      statement.setInt(3, seconds + 60);
      statement.setInt(4, seconds);
      statement.setString(5, list.toString());
      statement.execute();
      return new ChangeLogin(login, password);
    } catch (SQLException e) {
      EnforcementProblem problem =
          Failures.of(names.database(), "No login for the change could be made", e);
      endQuietly(login);
      throw problem;
    }
  }

  /// MariaDB undoes nothing of a procedure that failed half way.
  private void endQuietly(String login) {
    try {
      end(login);
    } catch (EnforcementProblem unreachable) {
      // It is in the list of logins, and is ended when its time has passed.
    }
  }

  @Override
  public void end(String login) throws EnforcementProblem {
    try (Connection connection = changer.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("CALL " + database + ".end_change(?)")) {
      statement.setString(1, login);
      statement.execute();
    } catch (SQLException e) {
      throw Failures.of(login, "The login of a change could not be ended", e);
    }
  }

  @Override
  public List<String> leftOver() throws EnforcementProblem {
    try (Connection connection = changer.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT name FROM "
                    + database
                    + ".change_login WHERE valid_until < UTC_TIMESTAMP() ORDER BY 1");
        ResultSet result = statement.executeQuery()) {
      List<String> found = new ArrayList<>();
      while (result.next()) {
        found.add(result.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw Failures.of(names.database(), "Logins of changes could not be listed", e);
    }
  }
}
