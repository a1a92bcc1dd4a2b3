package dev.sluice.cli.broken;

/// Broken on purpose: its package is not @NullMarked.
final class LivesInAnUnmarkedPackage {}
