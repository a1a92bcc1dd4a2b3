package dev.sluice.gateway.connection;

import dev.sluice.governance.sql.Dialect;
import java.util.Map;
import java.util.TreeMap;

/// Where a database is. Structured, so that nothing can be slipped into a driver URL.
///
/// @param name the name policies know it by
/// @param engine decides the driver
/// @param host host name or address; empty for file engines
/// @param port TCP port; 0 for file engines
/// @param database database name, or the file's path for SQLite and DuckDB
/// @param transport whether and how the line is encrypted
/// @param properties driver properties; only listed ones pass, see [DriverProperties]
public record ConnectionDefinition(
    String name,
    Dialect engine,
    String host,
    int port,
    String database,
    Transport transport,
    Map<String, String> properties) {

  public ConnectionDefinition {
    properties = java.util.Collections.unmodifiableMap(new TreeMap<>(properties));
    DriverProperties.check(engine, properties);
    Endpoints.check(engine, host, port, database);
  }

  /// A database server.
  public static ConnectionDefinition server(
      String name, Dialect engine, String host, int port, String database, Transport transport) {
    return new ConnectionDefinition(name, engine, host, port, database, transport, Map.of());
  }

  /// A SQLite or DuckDB file.
  public static ConnectionDefinition file(String name, Dialect engine, String path) {
    return new ConnectionDefinition(name, engine, "", 0, path, Transport.NONE, Map.of());
  }

  /// Whether it is a file on this machine.
  public boolean isFile() {
    return engine == Dialect.SQLITE || engine == Dialect.DUCKDB;
  }

  /// How the line is protected.
  public enum Transport {
    /// Loopback and files only.
    NONE,
    /// Encrypted, the server's certificate and name are checked. What production needs.
    VERIFIED
  }
}
