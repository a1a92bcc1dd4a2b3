package dev.sluice.governance.codec.wire;

/// Whether each statement of an agent waits for its owner's word.
///
/// @param seconds how long it waits before it is refused by itself, 5 to 600; 0 to have none wait
public record ConfirmEach(int seconds) {}
