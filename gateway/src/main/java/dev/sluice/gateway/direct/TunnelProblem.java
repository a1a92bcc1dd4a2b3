package dev.sluice.gateway.direct;

import java.io.Serial;

/// Why a tunnel is not there. Carries no secret and no words of the other side.
public final class TunnelProblem extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /// What stood in the way.
  public enum Kind {
    UNKNOWN_NAME,
    REFUSED,
    NO_ANSWER,
    /// Never seen before; the fingerprint is for the person to compare.
    NEW_HOST_KEY,
    /// Another key than the one that is known: somebody may stand between.
    CHANGED_HOST_KEY,
    NOT_LET_IN,
    KEY_UNREADABLE,
    NO_AGENT,
    FAILED
  }

  private final Kind kind;
  private final String fingerprint;

  TunnelProblem(Kind kind, String fingerprint) {
    super(kind.name());
    this.kind = kind;
    this.fingerprint = fingerprint;
  }

  public Kind kind() {
    return kind;
  }

  /// Of the host's key, as `ssh` shows it; empty when no key was shown.
  public String fingerprint() {
    return fingerprint;
  }
}
