package dev.sluice.governance.approval;

/// Where a request stands. See the state diagram in the package documentation.
public enum ApprovalState {
  PENDING,
  APPROVED,
  EXHAUSTED,
  REJECTED,
  CANCELLED,
  EXPIRED_PENDING,
  EXPIRED_UNUSED,
  STALE,
  REVOKED;

  /// Whether anything but time can still happen to it.
  public boolean open() {
    return this == PENDING || this == APPROVED;
  }
}
