package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a client is about to do with a statement, or has refused to do. Whose it is comes from the
/// session, never from here.
///
/// @param id 128 random bits in hex, made by the client; sending it again is harmless
/// @param correlation ties the entries of one statement together
/// @param connection name
/// @param statement exact text as written
/// @param printed text that will be sent, empty when nothing will
/// @param binds bind values, sensitive ones as keyed hashes
/// @param origin `window`, `cli`, `mcp`, `driver`
/// @param labels what the sender says of the statement: workflow, purpose, model, commit, run
/// @param verdict `allow`, `needs-approval`, `deny`
/// @param rule the rule that won
/// @param reason one sentence
/// @param policyVersion decided under
/// @param schemaFingerprint decided against
/// @param columnsTouched dotted names
/// @param columnsMasked dotted names
/// @param leaseId the login it will run with, empty when nothing will run
/// @param clientTime by the client's clock
/// @param lastSeen the newest log head the client has checked
public record StatementIntent(
    String id,
    String correlation,
    String connection,
    @Sensitive String statement,
    @Sensitive String printed,
    @Sensitive List<String> binds,
    String origin,
    Map<String, String> labels,
    String verdict,
    String rule,
    String reason,
    long policyVersion,
    String schemaFingerprint,
    List<String> columnsTouched,
    List<String> columnsMasked,
    String leaseId,
    Instant clientTime,
    LogHead lastSeen) {
  public StatementIntent {
    binds = List.copyOf(binds);
    labels = Map.copyOf(labels);
    columnsTouched = List.copyOf(columnsTouched);
    columnsMasked = List.copyOf(columnsMasked);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
