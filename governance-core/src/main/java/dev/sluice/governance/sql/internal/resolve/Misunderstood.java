package dev.sluice.governance.sql.internal.resolve;

import dev.sluice.governance.sql.Refusal;

/// Ends the analysis of a statement at the first thing not understood. Never leaves this package's
/// callers: the analyser turns it into a [Refusal].
public final class Misunderstood extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Refusal refusal;

  public Misunderstood(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
