package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.SchemaComparison;
import dev.sluice.governance.codec.wire.SchemaLog;

/// How the schemas of a server's connections came to be what they are, with a client's session.
public final class SchemaClient {

  private final HttpServerClient client;

  public SchemaClient(HttpServerClient client) {
    this.client = client;
  }

  /// The steps of a connection, newest first. The server looks at the database first.
  public SchemaLog log(String connection) throws WorkspaceProblem {
    return client.get(
        "/v1/connections/" + HttpServerClient.encoded(connection) + "/schema/log", SchemaLog.class);
  }

  /// What differs between two steps.
  ///
  /// @param from a step's number, the beginning of a fingerprint, or a date or instant in UTC;
  ///     empty for the first step
  /// @param to likewise; empty for the newest
  public SchemaComparison diff(String connection, String from, String to) throws WorkspaceProblem {
    return client.get(
        "/v1/connections/"
            + HttpServerClient.encoded(connection)
            + "/schema/diff?from="
            + HttpServerClient.encoded(from)
            + "&to="
            + HttpServerClient.encoded(to),
        SchemaComparison.class);
  }
}
