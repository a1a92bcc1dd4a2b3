package dev.sluice.governance.codec.wire;

/// What came of a message sent to a receiver to try it.
///
/// @param detail why it did not arrive, in words; empty when it did
public record NoticeTrial(boolean arrived, String detail) {}
