package dev.sluice.server.enforcement;

import dev.sluice.governance.enforcement.DatabaseFacts;
import java.sql.Connection;
import java.sql.SQLException;

/// Reads what a plan depends on from a database's own catalogs.
interface FactsReader {

  /// @param connection of an administrator; its session settings are changed
  DatabaseFacts read(Connection connection) throws SQLException;
}
