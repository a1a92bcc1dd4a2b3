package dev.sluice.governance.audit;

/// An event in its place in a chain.
///
/// @param sequence from 1, without gaps
/// @param previous hex SHA-256 of the entry before, 64 zeros for the first
/// @param canonical RFC 8785 canonical JSON of the event, exactly what is hashed
/// @param hash hex SHA-256 over previous and canonical, domain separated
public record ChainedEvent(long sequence, String previous, String canonical, String hash) {}
