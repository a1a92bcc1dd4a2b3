package dev.sluice.gateway.remote;

/// A policy bundle whose signature held.
///
/// @param version as signed
/// @param keyId the key that signed it
/// @param yaml the exact document
public record VerifiedPolicy(long version, String keyId, String yaml) {}
