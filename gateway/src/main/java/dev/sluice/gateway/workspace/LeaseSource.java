package dev.sluice.gateway.workspace;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.governance.codec.wire.Lease;

/// Where a road has its database login from.
interface LeaseSource {

  Lease lease(String connection) throws WorkspaceProblem;

  Lease renew(Lease lease) throws WorkspaceProblem;

  void release(String leaseId) throws WorkspaceProblem;

  /// How the driver gets there with this lease.
  ConnectionDefinition way(Lease lease) throws WorkspaceProblem;

  /// Whether the login is the person's own. Then the server knows nothing of the connection: the
  /// core of this machine decides alone, and its journal is the record.
  boolean isOwn();
}
