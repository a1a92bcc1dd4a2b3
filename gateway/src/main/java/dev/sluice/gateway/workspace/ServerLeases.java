package dev.sluice.gateway.workspace;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.governance.codec.wire.Lease;
import dev.sluice.governance.sql.Dialect;
import java.util.Map;

/// Logins that the server lends.
record ServerLeases(ServerClient client) implements LeaseSource {

  @Override
  public Lease lease(String connection) throws WorkspaceProblem {
    return client.lease(connection);
  }

  @Override
  public Lease renew(Lease lease) throws WorkspaceProblem {
    return client.renew(lease);
  }

  @Override
  public void release(String leaseId) throws WorkspaceProblem {
    client.release(leaseId);
  }

  @Override
  public ConnectionDefinition way(Lease lease) throws WorkspaceProblem {
    try {
      return new ConnectionDefinition(
          lease.connection(),
          Dialect.named(lease.engine()).orElseThrow(),
          lease.host(),
          lease.port(),
          lease.database(),
          lease.encrypted() ? Transport.VERIFIED : Transport.NONE,
          lease.searchPath().isEmpty()
              ? Map.of()
              : Map.of("currentSchema", String.join(",", lease.searchPath())));
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      throw new WorkspaceProblem(
          "server-answer",
          WorkspaceProblem.Blame.SERVER,
          "The server gave an address that may not be used.",
          "Tell the server's operator.");
    }
  }

  @Override
  public boolean isOwn() {
    return false;
  }
}
