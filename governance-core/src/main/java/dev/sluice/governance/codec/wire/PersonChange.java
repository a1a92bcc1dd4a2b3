package dev.sluice.governance.codec.wire;

import java.util.Optional;
import java.util.Set;

/// What to change of a local account; what is empty stays.
public record PersonChange(
    Optional<String> displayName,
    Optional<String> email,
    Optional<Set<String>> groups,
    Optional<Set<String>> roles,
    Optional<Boolean> disabled) {}
