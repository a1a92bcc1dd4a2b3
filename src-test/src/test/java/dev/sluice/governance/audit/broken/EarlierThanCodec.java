package dev.sluice.governance.audit.broken;

/// Broken on purpose: the other half of a cycle between codec and audit.
public record EarlierThanCodec(String name) {}
