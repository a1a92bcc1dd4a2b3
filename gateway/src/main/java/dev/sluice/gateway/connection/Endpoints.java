package dev.sluice.gateway.connection;

import dev.sluice.governance.sql.Dialect;
import java.util.regex.Pattern;

/// What a host, a port and a database name may look like, so that they cannot break out of their
/// place in a driver URL.
final class Endpoints {

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}]");
  private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.$-]{0,127}");

  /// No dot in a catalog: it could not be told from its schema.
  private static final Pattern CATALOG_AND_SCHEMA =
      Pattern.compile("[a-z0-9_][a-z0-9_-]{0,127}/[a-z0-9_][a-z0-9_.$-]{0,127}");

  private Endpoints() {}

  /// @throws IllegalArgumentException with the part that does not fit
  static void check(Dialect engine, String host, int port, String database) {
    if (engine == Dialect.SQLITE || engine == Dialect.DUCKDB) {
      checkFile(host, port, database);
      return;
    }
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("Not a host name or address: " + host);
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("Not a port: " + port);
    }
    if (engine == Dialect.TRINO) {
      if (!CATALOG_AND_SCHEMA.matcher(database).matches()) {
        throw new IllegalArgumentException(
            "Not a catalog and a schema of Trino: " + database + ". Write catalog/schema.");
      }
      return;
    }
    if (!DATABASE.matcher(database).matches()) {
      throw new IllegalArgumentException("Not a database name: " + database);
    }
  }

  private static void checkFile(String host, int port, String path) {
    if (!host.isEmpty() || port != 0) {
      throw new IllegalArgumentException("A file has no host and no port.");
    }
    boolean plain =
        !path.isBlank()
            && path.indexOf('?') < 0
            && path.indexOf(';') < 0
            && !path.startsWith("file:")
            && !path.startsWith(":resource:")
            && path.chars().noneMatch(Character::isISOControl);
    if (!plain) {
      throw new IllegalArgumentException("Not a plain file path: " + path);
    }
  }
}
