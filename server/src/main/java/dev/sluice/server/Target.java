package dev.sluice.server;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.policy.ConnectionContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A governed database and the logins that the server holds for it. They never leave the server.
///
/// @param definition name, engine and place
/// @param environment as policies know it
/// @param ring `direct`, `brokered` or `enforced`
/// @param labels for policies
/// @param owner who answers for it
/// @param whatCouldGoWrong one sentence about what the ring does not protect against
/// @param writer runs what was approved, and reads the catalog
/// @param issuer makes and drops leased logins; empty when the engine has none
/// @param schemas that leased logins may read, PostgreSQL only
/// @param rowCeiling an approved statement that changes more rows is rolled back; -1 for no ceiling
public record Target(
    ConnectionDefinition definition,
    String environment,
    String ring,
    Map<String, String> labels,
    String owner,
    String whatCouldGoWrong,
    DatabaseLogin writer,
    Optional<DatabaseLogin> issuer,
    List<String> schemas,
    long rowCeiling) {

  private static final long USUAL_CEILING = 10_000;

  public Target {
    labels = Map.copyOf(labels);
    schemas = List.copyOf(schemas);
  }

  /// A brokered PostgreSQL database whose schema `public` is read.
  ///
  /// @param writer may change the data
  /// @param issuer may create roles and grant SELECT
  public static Target postgreSql(
      ConnectionDefinition definition,
      String environment,
      String owner,
      DatabaseLogin writer,
      DatabaseLogin issuer) {
    return new Target(
        definition,
        environment,
        "brokered",
        Map.of(),
        owner,
        "A leased login can read whole tables for as long as it lives.",
        writer,
        Optional.of(issuer),
        List.of("public"),
        USUAL_CEILING);
  }

  /// A database file on the server's own machine.
  public static Target file(ConnectionDefinition definition, String environment, String owner) {
    return new Target(
        definition,
        environment,
        "direct",
        Map.of(),
        owner,
        "Whoever can read the file can read everything in it.",
        DatabaseLogin.none(),
        Optional.empty(),
        List.of(),
        USUAL_CEILING);
  }

  public String name() {
    return definition.name();
  }

  /// As policies see it.
  public ConnectionContext context() {
    return new ConnectionContext(name(), environment, definition.engine(), ring, labels);
  }
}
