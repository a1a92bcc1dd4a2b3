package dev.sluice.governance.codec.wire;

/// The policy bundle in force.
///
/// @param version as in the bundle, never lower than before
/// @param jws compact JWS over the exact bytes of the YAML document; its header carries `kid` and
///     `version`
public record SignedPolicy(long version, String jws) {}
