package dev.sluice.governance.policy;

import java.util.List;
import java.util.Optional;

/// The connections that a policy is for. A policy that names none is for every connection.
final class GovernedConnections {

  private final List<PolicyBundle.GovernedConnection> connections;

  GovernedConnections(List<PolicyBundle.GovernedConnection> connections) {
    this.connections = connections;
  }

  /// The connection as the policy knows it: its environment is the policy's word, not the caller's.
  Optional<ConnectionContext> find(ConnectionContext connection) {
    if (connections.isEmpty()) {
      return Optional.of(connection);
    }
    return connections.stream()
        .filter(known -> known.name().equals(connection.name()))
        .findFirst()
        .map(
            known ->
                new ConnectionContext(
                    connection.name(),
                    known.environment(),
                    connection.engine(),
                    connection.ring(),
                    connection.labels()));
  }

  /// The same request on another connection.
  static DecisionRequest on(DecisionRequest request, ConnectionContext connection) {
    return new DecisionRequest(
        request.analysis(),
        request.catalog(),
        request.actor(),
        connection,
        request.at(),
        request.origin(),
        request.ticket(),
        request.inTransaction(),
        request.rowsTouched(),
        request.binds(),
        request.grant(),
        request.unmaskGrants());
  }
}
