package dev.sluice.server.approvals;

import dev.sluice.governance.approval.ApprovalRequest;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What nobody has decided yet, whoever may.
public final class WaitingRequests {

  private WaitingRequests() {}

  /// Oldest first.
  public static List<ApprovalRequest> of(Handle handle) {
    return ApprovalTables.pending(handle);
  }
}
