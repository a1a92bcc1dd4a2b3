package dev.sluice.governance.codec.wire;

import java.time.Instant;
import java.util.List;

/// Every policy that was ever in force, newest first.
public record PolicyHistory(List<Version> versions) {
  public PolicyHistory {
    versions = List.copyOf(versions);
  }

  /// @param author principal key of whoever wrote it, the publisher's when it was published alone
  /// @param sha256 of the exact text, hex
  public record Version(
      long version,
      Instant publishedAt,
      String publishedBy,
      String author,
      String comment,
      String sha256) {}
}
