package dev.sluice.gateway.workspace;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.direct.TunnelProblem;
import dev.sluice.gateway.direct.TunnelWords;
import dev.sluice.governance.codec.wire.Lease;
import java.time.Instant;
import java.util.Locale;

/// The person's own login, as if it were lent for ever.
record DirectLeases(DirectConnections all, DirectConnection connection) implements LeaseSource {

  private static final int SESSIONS = 4;

  @Override
  public Lease lease(String name) throws WorkspaceProblem {
    if (!all.isUnlocked(connection)) {
      throw new WorkspaceProblem(
          "password-needed",
          WorkspaceProblem.Blame.USER,
          "The password of \"" + name + "\" is not known in this window.",
          "Open the connection's form, give it and save; it is kept in memory only.");
    }
    return new Lease(
        "own",
        name,
        connection.engine().id(),
        connection.host(),
        connection.port(),
        connection.database(),
        connection.encrypted(),
        connection.user(),
        all.password(name),
        SESSIONS,
        Instant.MAX);
  }

  @Override
  public Lease renew(Lease lease) {
    return lease;
  }

  @Override
  public void release(String leaseId) {
    all.closeTunnel(connection.name());
  }

  @Override
  public ConnectionDefinition way(Lease lease) throws WorkspaceProblem {
    try {
      return all.way(connection);
    } catch (TunnelProblem e) {
      TunnelWords words = TunnelWords.of(e, connection.hop().orElseThrow());
      throw new WorkspaceProblem(
          "tunnel-" + e.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          WorkspaceProblem.Blame.DATABASE,
          words.detail(),
          words.wayOut());
    }
  }

  @Override
  public boolean isOwn() {
    return true;
  }
}
