package dev.sluice.server.store;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.nio.file.Path;

/// Where the server's own data lives.
public sealed interface StoreConfig {

  /// One file; created when it is missing.
  record Sqlite(Path file) implements StoreConfig {}

  /// @param url JDBC URL without credentials
  record PostgreSql(String url, String user, @Sensitive String password) implements StoreConfig {
    @Override
    public String toString() {
      return Redaction.describe(this);
    }
  }
}
