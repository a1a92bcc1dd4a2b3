package dev.sluice.governance.codec.wire;

import java.util.List;
import java.util.Optional;

/// One entry of a person's own trail as it was then, with what belongs to it.
///
/// @param policyVersion that decided it, -1 when it is not about a statement
/// @param reason of the decision, one sentence
/// @param schema fingerprint of the schema it was read against, empty when none
/// @param chain entries about the same statement or request, oldest first, itself among them
/// @param session entries of the same session near it, oldest first
/// @param shown what the person saw, when it was kept
/// @param readers who else can read it
public record Replay(
    Timeline.Entry entry,
    long policyVersion,
    String reason,
    String schema,
    List<Timeline.Entry> chain,
    List<Timeline.Entry> session,
    Optional<Shown> shown,
    List<Reader> readers) {
  public Replay {
    chain = List.copyOf(chain);
    session = List.copyOf(session);
    readers = List.copyOf(readers);
  }

  /// @param who a name, or a role when nobody holds it
  /// @param why one sentence: what they can read, and by what right
  public record Reader(String who, String why) {}
}
