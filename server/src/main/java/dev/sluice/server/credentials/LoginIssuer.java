package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerProblem;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes and drops logins on one database.
interface LoginIssuer {

  /// A login that was made.
  ///
  /// @param database to connect to
  /// @param views prefix of the schemas with masked views, empty when the database does not mask
  /// @param searchPath schemas for names without one; empty for the usual ones
  record Issued(DatabaseLogin login, String database, String views, List<String> searchPath) {
    public Issued {
      searchPath = List.copyOf(searchPath);
    }
  }

  /// Makes a login that can only read.
  ///
  /// @param leaseId goes into the login's sessions as their name
  /// @param actor whose it is
  /// @param until the database refuses new sessions after it
  /// @throws IssueFailed when the database does not do it
  Issued issue(String leaseId, Actor actor, Instant until) throws IssueFailed;

  /// When a login for somebody must end at the latest.
  ///
  /// @param wanted the usual end
  default Instant latest(Actor actor, Instant wanted) {
    return wanted;
  }

  /// Puts a login's end off.
  void renew(String login, Actor actor, Instant until) throws IssueFailed;

  /// Ends a login's sessions and removes it. Removing what is gone succeeds.
  void drop(String login) throws IssueFailed;

  /// All logins on the database that were made by an issuer, whoever remembers them.
  Set<String> issued() throws IssueFailed;

  /// The database did not do it. Carries no message of the database.
  final class IssueFailed extends Exception {
    private final @Nullable ServerProblem problem;

    IssueFailed(String sqlState) {
      super("The database refused with " + sqlState + ".");
      this.problem = null;
    }

    /// @param problem as a person may read it
    IssueFailed(ServerProblem problem) {
      super(problem.getMessage());
      this.problem = problem;
    }

    /// What the person is told.
    ServerProblem problem(String connection) {
      return problem == null ? Problems.databaseAway(connection) : problem;
    }
  }
}
