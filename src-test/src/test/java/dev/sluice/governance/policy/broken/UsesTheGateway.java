package dev.sluice.governance.policy.broken;

import dev.sluice.gateway.workspace.Run;

/// Broken on purpose: the core stands before the gateway.
final class UsesTheGateway {
  Run run(Run value) {
    return value;
  }
}
