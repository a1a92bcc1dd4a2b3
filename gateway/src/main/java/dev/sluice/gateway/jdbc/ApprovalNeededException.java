package dev.sluice.gateway.jdbc;

import java.sql.SQLException;
import java.util.List;

/// A statement that people have to approve first. SQLSTATE SL001. Running the same statement again
/// once it is approved runs what was approved.
public final class ApprovalNeededException extends SQLException {

  private static final long serialVersionUID = 1;

  /// The SQLSTATE.
  public static final String STATE = "SL001";

  private final String requestId;
  private final String rule;

  ApprovalNeededException(String reason, String rule, String requestId, List<String> waysOut) {
    super(
        SqlProblems.words(reason, rule, waysOut)
            + (requestId.isEmpty() ? "" : " Asked for approval: request " + requestId + "."),
        STATE);
    this.requestId = requestId;
    this.rule = rule;
  }

  /// The request that waits for people; empty when the driver was told not to ask.
  public String requestId() {
    return requestId;
  }

  /// The rule that asks.
  public String rule() {
    return rule;
  }
}
