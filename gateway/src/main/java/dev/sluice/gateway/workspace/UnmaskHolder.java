package dev.sluice.gateway.workspace;

import dev.sluice.gateway.remote.ServerClient;
import dev.sluice.governance.approval.UnmaskGrant;
import java.util.List;

/// The masks that are lifted for me, as the server last said. Where the server does not answer,
/// none is; each grant ends by itself, and the server decides again before anything runs.
final class UnmaskHolder {

  private final ServerClient client;
  private volatile List<UnmaskGrant> grants = List.of();

  UnmaskHolder(ServerClient client) {
    this.client = client;
  }

  List<UnmaskGrant> grants() {
    return grants;
  }

  /// For what is about to run: a grant that was known is looked at again, since it may have been
  /// taken back.
  List<UnmaskGrant> checked() {
    if (!grants.isEmpty()) {
      refresh();
    }
    return grants;
  }

  void refresh() {
    try {
      grants = client.unmaskGrants();
    } catch (WorkspaceProblem e) {
      grants = List.of();
    }
  }
}
