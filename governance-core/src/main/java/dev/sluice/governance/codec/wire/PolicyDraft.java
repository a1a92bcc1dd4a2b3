package dev.sluice.governance.codec.wire;

import java.time.Instant;

/// A proposed policy.
///
/// @param state `open`, `published` or `discarded`
/// @param version as its text says
/// @param base the version in force when it was made
/// @param author principal key of whoever wrote it; publishing is for another, once there are two
/// @param revision grows with each change of its text
public record PolicyDraft(
    String id,
    String state,
    long version,
    long base,
    String author,
    String authorName,
    String comment,
    Instant changedAt,
    long revision,
    String yaml) {}
