package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.util.List;

/// Asks to take more rows of a statement out than the policy lets everybody take.
///
/// @param connection name
/// @param statement exact text
/// @param binds bind values as text, in order
/// @param rows at most, at least 1
/// @param reason the requester's words, not blank
public record NewExport(
    String connection,
    @Sensitive String statement,
    @Sensitive List<String> binds,
    long rows,
    String reason) {
  public NewExport {
    binds = List.copyOf(binds);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
