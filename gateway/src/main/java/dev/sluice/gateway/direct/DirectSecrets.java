package dev.sluice.gateway.direct;

/// What a person typed to open a connection. It is held in memory while the window is open, and
/// written nowhere.
///
/// @param database password of the database login
/// @param hop password on the tunnel's host, or passphrase of the key
public record DirectSecrets(String database, String hop) {

  public static final DirectSecrets NONE = new DirectSecrets("", "");

  /// Never a secret.
  @Override
  public String toString() {
    return "DirectSecrets[]";
  }
}
