package dev.sluice.app.editor;

import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.governance.policy.Decision;

/// How a verdict is shown: icon and word, never colour alone.
public enum VerdictKind {
  PENDING("fth-more-horizontal", "verdict-pending"),
  ALLOWED("fth-check-circle", "verdict-allowed"),
  MASKED("fth-eye-off", "verdict-masked"),
  NEEDS_APPROVAL("fth-user-check", "verdict-ask"),
  BLOCKED("fth-shield", "verdict-blocked"),
  NOT_UNDERSTOOD("fth-help-circle", "verdict-unknown");

  private final String icon;
  private final String styleClass;

  VerdictKind(String icon, String styleClass) {
    this.icon = icon;
    this.styleClass = styleClass;
  }

  public String icon() {
    return icon;
  }

  /// Also the key of its word in the messages.
  public String styleClass() {
    return styleClass;
  }

  static VerdictKind of(StatementVerdict verdict) {
    return switch (verdict.decision()) {
      case Decision.Allow allow -> allow.permit().plan().masks().isEmpty() ? ALLOWED : MASKED;
      case Decision.NeedsApproval ask -> NEEDS_APPROVAL;
      case Decision.Deny deny -> verdict.analysis().refusals().isEmpty() ? BLOCKED : NOT_UNDERSTOOD;
    };
  }
}
