package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.DatabaseLogin;
import java.time.Instant;
import java.util.Set;

/// Makes and drops logins on one database.
interface LoginIssuer {

  /// Makes a login that can only read.
  ///
  /// @param leaseId goes into the login's sessions as their name
  /// @param account whose it is, for the login's name
  /// @param until the database refuses new sessions after it
  /// @throws IssueFailed when the database does not do it
  DatabaseLogin issue(String leaseId, String account, Instant until) throws IssueFailed;

  /// Puts a login's end off.
  void renew(String login, Instant until) throws IssueFailed;

  /// Ends a login's sessions and removes it. Removing what is gone succeeds.
  void drop(String login) throws IssueFailed;

  /// All logins on the database that were made by an issuer, whoever remembers them.
  Set<String> issued() throws IssueFailed;

  /// The database did not do it. Carries no message of the database.
  final class IssueFailed extends Exception {
    IssueFailed(String sqlState) {
      super("The database refused with " + sqlState + ".");
    }
  }
}
