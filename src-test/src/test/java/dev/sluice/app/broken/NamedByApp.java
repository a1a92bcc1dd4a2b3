package dev.sluice.app.broken;

/// A type that broken classes elsewhere must not use.
public record NamedByApp(String name) {}
