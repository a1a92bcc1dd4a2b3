package dev.sluice.gateway.connection;

import java.sql.Connection;
import java.sql.SQLException;

/// Opens one hardened, pinned session by itself, for those who ask why a database cannot be used.
/// Statements of people go through a [ConnectionPool].
public final class Sessions {

  private Sessions() {}

  /// A session that can only read; the caller closes it.
  ///
  /// @throws SQLException as the driver gives it; its message may carry what must not be shown
  public static Connection open(ConnectionDefinition definition, DatabaseLogin login)
      throws SQLException {
    return new HardenedDataSource(definition, login, EngineProfile.Purpose.READ).getConnection();
  }
}
