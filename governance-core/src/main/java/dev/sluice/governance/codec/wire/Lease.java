package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.time.Instant;
import java.util.List;

/// A read-only database login for one session, delivered once. It is kept in memory only.
///
/// @param id names the lease; it goes into `application_name`
/// @param connection name
/// @param engine dialect id
/// @param host empty for file engines
/// @param port 0 for file engines
/// @param database database name, or the file's path; a file is to be opened read-only
/// @param encrypted the line is encrypted and the server's certificate and name are checked
/// @param user empty when the engine has no logins
/// @param password empty when the engine has no logins
/// @param maxConnections the login is refused more than so many connections at once
/// @param expiresAt server time; the login is dropped then unless it was renewed
/// @param views prefix of the schemas with masked views, empty when the database does not mask by
///     itself
/// @param searchPath schemas that names without a schema are searched in, quoted where needed;
///     empty for the usual ones
public record Lease(
    String id,
    String connection,
    String engine,
    String host,
    int port,
    String database,
    boolean encrypted,
    String user,
    @Sensitive String password,
    int maxConnections,
    Instant expiresAt,
    String views,
    List<String> searchPath) {
  public Lease {
    searchPath = List.copyOf(searchPath);
  }

  /// A lease of a database that does not mask by itself.
  public Lease(
      String id,
      String connection,
      String engine,
      String host,
      int port,
      String database,
      boolean encrypted,
      String user,
      String password,
      int maxConnections,
      Instant expiresAt) {
    this(
        id,
        connection,
        engine,
        host,
        port,
        database,
        encrypted,
        user,
        password,
        maxConnections,
        expiresAt,
        "",
        List.of());
  }

  /// This lease, which was delivered whole, with a later end.
  public Lease until(Instant end) {
    return new Lease(
        id,
        connection,
        engine,
        host,
        port,
        database,
        encrypted,
        user,
        password,
        maxConnections,
        end,
        views,
        searchPath);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
