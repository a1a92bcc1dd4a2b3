package dev.sluice.governance.codec.wire;

import java.util.List;

/// Proposed policies, newest first.
public record PolicyDraftList(List<PolicyDraft> drafts) {
  public PolicyDraftList {
    drafts = List.copyOf(drafts);
  }
}
