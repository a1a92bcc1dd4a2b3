package dev.sluice.server;

import dev.sluice.gateway.connection.DatabaseLogin;
import java.util.Optional;
import java.util.Set;

/// The logins by which a database enforces the policy itself, and what somebody accepted of its
/// access audit. They never leave the server.
///
/// @param broker leases logins through functions of the database; can do nothing else
/// @param changer begins and ends approved changes through functions; can do nothing else
/// @param administrator applies what the policy asks for when it changes; empty when a person does
///     so with `sluice enforce apply`
/// @param accepted names of findings of `sluice enforce audit`
public record Enforcement(
    DatabaseLogin broker,
    DatabaseLogin changer,
    Optional<DatabaseLogin> administrator,
    Set<String> accepted) {
  public Enforcement {
    accepted = Set.copyOf(accepted);
  }
}
