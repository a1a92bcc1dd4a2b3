package dev.sluice.server.execution;

import dev.sluice.gateway.connection.ConnectionPool;
import dev.sluice.gateway.execution.BackendFailure;
import dev.sluice.governance.catalog.CatalogSnapshot;

/// Reads what a database holds.
public interface CatalogReader {
  CatalogSnapshot read(ConnectionPool pool) throws BackendFailure;
}
