package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.time.Instant;

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
    Instant expiresAt) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
