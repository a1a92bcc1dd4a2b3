package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Refusal;

/// A statement that cannot be given masked values; caught where rewriting begins.
final class NotAtSource extends RuntimeException {

  private final transient Refusal refusal;

  NotAtSource(Refusal refusal) {
    super(refusal.message());
    this.refusal = refusal;
  }

  static NotAtSource at(SourceMap places, Object node, String message, String wayOut) {
    return new NotAtSource(new Refusal("not-at-source", message, places.spanOf(node), wayOut));
  }

  Refusal refusal() {
    return refusal;
  }
}
