package dev.sluice.governance.codec.wire;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;

/// Says something about a request without deciding it.
///
/// @param words not blank
/// @param proposed another text of the statement that the requester should ask for instead; empty
///     for a mere comment. Nothing changes until the requester asks anew.
public record NewComment(String words, @Sensitive String proposed) {
  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
