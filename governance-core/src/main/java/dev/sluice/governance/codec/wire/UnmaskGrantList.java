package dev.sluice.governance.codec.wire;

import dev.sluice.governance.approval.UnmaskGrant;
import java.util.List;

/// The masks that are lifted for whoever asks, now.
public record UnmaskGrantList(List<UnmaskGrant> grants) {
  public UnmaskGrantList {
    grants = List.copyOf(grants);
  }
}
