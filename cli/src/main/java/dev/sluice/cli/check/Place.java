package dev.sluice.cli.check;

import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;

/// Where a text would run.
public interface Place {
  ConnectionContext context(Dialect engine);
}
