package dev.sluice.server.enforcement;

import java.time.Instant;

/// A login of a database, for one person and one session, for minutes.
///
/// @param login its name
/// @param password to be delivered once, over TLS, and never stored
/// @param validUntil when the database stops accepting it, by the database's clock
public record Lease(String login, String password, Instant validUntil) {

  /// Without the password.
  @Override
  public String toString() {
    return "Lease[" + login + " until " + validUntil + "]";
  }
}
