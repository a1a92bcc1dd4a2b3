package dev.sluice.server.enforcement;

import dev.sluice.governance.catalog.TableRef;
import java.time.Duration;
import java.util.List;

/// Logins for one approved change each: they hold the verbs and tables of its statement, live for
/// minutes, and end with it. What was left behind is found by [#leftOver()].
public interface ChangeBroker {

  /// One verb on one table.
  ///
  /// @param verb `SELECT`, `INSERT`, `UPDATE` or `DELETE`
  record Right(String verb, TableRef table) {}

  /// @param login for this change alone
  /// @param password never stored
  record ChangeLogin(String login, String password) {
    /// Without the password.
    @Override
    public String toString() {
      return "ChangeLogin[" + login + "]";
    }
  }

  /// Makes a login with these rights and nothing else.
  ///
  /// @param statementTime longest statement
  ChangeLogin begin(List<Right> rights, Duration statementTime) throws EnforcementProblem;

  /// Ends a change's login and its sessions. To end one that has ended is no problem.
  void end(String login) throws EnforcementProblem;

  /// Logins whose time has passed and that nobody ended.
  List<String> leftOver() throws EnforcementProblem;
}
