package dev.sluice.gateway.connection;

import dev.sluice.governance.sql.Dialect;
import java.util.Map;
import java.util.Set;

/// The driver properties that a definition may carry. Everything else refuses: drivers load
/// classes, read files and write logs for properties that look harmless.
final class DriverProperties {

  private DriverProperties() {}

  private static Set<String> allowed(Dialect engine) {
    return switch (engine) {
      case POSTGRESQL ->
          Set.of("connectTimeout", "loginTimeout", "tcpKeepAlive", "currentSchema", "sslrootcert");
      case MARIADB, MYSQL -> Set.of("connectTimeout", "tcpKeepAlive", "serverSslCert");
      case SQLITE -> Set.of("busy_timeout");
      case DUCKDB -> Set.of("threads", "memory_limit");
      case SQLSERVER -> Set.of("loginTimeout", "hostNameInCertificate");
      case TRINO -> Set.of("SSLTrustStorePath");
      case ANSI -> Set.of();
    };
  }

  /// @throws IllegalArgumentException naming the first property that may not be set
  static void check(Dialect engine, Map<String, String> properties) {
    Set<String> allowed = allowed(engine);
    for (String name : properties.keySet()) {
      if (!allowed.contains(name)) {
        throw new IllegalArgumentException(
            "The driver property \""
                + name
                + "\" may not be set for "
                + engine.id()
                + ". Allowed: "
                + String.join(", ", new java.util.TreeSet<>(allowed))
                + ".");
      }
    }
  }
}
