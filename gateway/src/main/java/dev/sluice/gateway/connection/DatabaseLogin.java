package dev.sluice.gateway.connection;

/// A login to a database, held in memory only.
///
/// @param leaseId names the lease in `application_name`, so that the database's log can be matched;
///     `local` when there is no server
/// @param user empty for files
/// @param password empty for files
public record DatabaseLogin(String leaseId, String user, String password) {

  /// For files.
  public static DatabaseLogin none() {
    return new DatabaseLogin("local", "", "");
  }

  /// Never the password.
  @Override
  public String toString() {
    return "DatabaseLogin[" + leaseId + ", " + user + "]";
  }
}
