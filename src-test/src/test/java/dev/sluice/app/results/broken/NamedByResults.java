package dev.sluice.app.results.broken;

/// A type that another feature must not use.
public record NamedByResults(String name) {}
