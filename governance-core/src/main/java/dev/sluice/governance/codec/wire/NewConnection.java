package dev.sluice.governance.codec.wire;

/// Puts a database under the server's care.
public record NewConnection(ConnectionSpec connection, ConnectionSecrets logins) {}
