package dev.sluice.gateway.workspace;

import dev.sluice.governance.policy.ConnectionContext;

/// A connection as shown to a person.
///
/// @param context name, environment, engine, ring
/// @param database what is behind it, for the eye: host and database, or a file name
/// @param owner who answers for it
/// @param whatCouldGoWrong one sentence about what the ring does not protect against
public record WorkspaceConnection(
    ConnectionContext context, String database, String owner, String whatCouldGoWrong) {}
