package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.List;
import java.util.Map;

/// Asks for approval of a statement. The server analyses and decides it anew.
///
/// @param connection name
/// @param statement exact text
/// @param binds bind values as text, in order
/// @param reason the requester's words, not blank
/// @param origin `window`, `cli`, `mcp`, `driver`
/// @param labels what the sender says of the statement: workflow, purpose, model, commit, run
public record NewApproval(
    String connection,
    @Sensitive String statement,
    @Sensitive List<String> binds,
    String reason,
    String origin,
    Map<String, String> labels) {
  public NewApproval {
    binds = List.copyOf(binds);
    labels = Map.copyOf(labels);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
