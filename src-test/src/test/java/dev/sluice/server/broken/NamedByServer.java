package dev.sluice.server.broken;

/// A type that broken classes elsewhere must not use.
public record NamedByServer(String name) {}
