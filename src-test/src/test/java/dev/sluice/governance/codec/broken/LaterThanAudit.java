package dev.sluice.governance.codec.broken;

import dev.sluice.governance.audit.broken.EarlierThanCodec;

/// Broken on purpose: one half of a cycle between codec and audit.
public record LaterThanAudit(EarlierThanCodec earlier) {}
