package dev.sluice.governance.codec.wire;

import dev.sluice.governance.approval.ApprovalRequest;
import java.util.List;

/// Requests, in the order asked for.
public record ApprovalList(List<ApprovalRequest> requests) {
  public ApprovalList {
    requests = List.copyOf(requests);
  }
}
