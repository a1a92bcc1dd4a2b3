package dev.sluice.server;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A governed database and the logins that the server holds for it. They never leave the server.
///
/// @param definition name, engine and place
/// @param environment as policies know it
/// @param ring `direct`, `brokered` or `enforced`; never the last without enforcement
/// @param labels for policies
/// @param owner who answers for it
/// @param whatCouldGoWrong one sentence about what the ring does not protect against
/// @param writer runs what was approved, and reads the catalog
/// @param issuer makes and drops leased logins; empty when the engine has none
/// @param schemas that leased logins may read, PostgreSQL only
/// @param rowCeiling an approved statement that changes more rows is rolled back; -1 for no ceiling
/// @param enforcement how the database enforces the policy itself; empty when it does not
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
    long rowCeiling,
    Optional<Enforcement> enforcement) {

  private static final long USUAL_CEILING = 10_000;

  public Target {
    labels = Map.copyOf(labels);
    schemas = List.copyOf(schemas);
    if (ring.equals("enforced") && enforcement.isEmpty()) {
      // A word in a form masks nothing.
      ring = "brokered";
    }
  }

  /// A database that does not enforce the policy itself.
  public Target(
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
    this(
        definition,
        environment,
        ring,
        labels,
        owner,
        whatCouldGoWrong,
        writer,
        issuer,
        schemas,
        rowCeiling,
        Optional.empty());
  }

  /// A database that masks by itself and whose approved changes run with logins of their own. It is
  /// called `enforced` only while nobody reads around it.
  public static Target enforced(
      ConnectionDefinition definition, String environment, String owner, Enforcement enforcement) {
    return new Target(
        definition,
        environment,
        "enforced",
        Map.of(),
        owner,
        "Whoever administers the database itself reads everything.",
        enforcement.broker(),
        Optional.empty(),
        definition.engine() == Dialect.POSTGRESQL
            ? List.of("public")
            : List.of(definition.database()),
        USUAL_CEILING,
        Optional.of(enforcement));
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

  /// A database on which no login can be made for one person: everybody is lent the same one.
  ///
  /// @param writer runs what was approved, and reads the catalog
  /// @param reader is lent; must be able to read only
  public static Target shared(
      ConnectionDefinition definition,
      String environment,
      String owner,
      DatabaseLogin writer,
      DatabaseLogin reader) {
    return new Target(
        definition,
        environment,
        "direct",
        Map.of(),
        owner,
        "Everybody is lent the same login. Who takes it out of the workbench reads around the"
            + " policy what it can read, until its password is changed.",
        writer,
        Optional.of(reader),
        List.of(),
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
