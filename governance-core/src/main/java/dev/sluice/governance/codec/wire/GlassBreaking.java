package dev.sluice.governance.codec.wire;

/// Goes ahead without approval, in an emergency.
///
/// @param reason what is broken and why it cannot wait, not blank
public record GlassBreaking(String reason) {}
