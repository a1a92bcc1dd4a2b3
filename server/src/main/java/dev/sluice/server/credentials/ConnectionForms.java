package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.ConnectionSpec;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.AdminProblems;
import dev.sluice.server.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Turns what an administrator describes into a governed database, and back. Refuses what could not
/// work, with the field and what is expected.
final class ConnectionForms {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
  private static final Set<String> RINGS = Set.of("direct", "brokered", "enforced");
  private static final long HIGHEST_CEILING = 100_000_000;

  private ConnectionForms() {}

  static Target target(ConnectionSpec spec, ConnectionSecrets logins) {
    if (!NAME.matcher(spec.name()).matches()) {
      throw invalid("name", "small letters, digits, - and _, at most 63, beginning with a letter");
    }
    Dialect engine =
        Dialect.named(spec.engine())
            .filter(known -> known != Dialect.ANSI)
            .orElseThrow(
                () -> invalid("engine", "postgresql, mariadb, mysql, sqlite, duckdb and the like"));
    if (spec.environment().isBlank()) {
      throw invalid("environment", "a word such as production or development");
    }
    if (!RINGS.contains(spec.ring())) {
      throw invalid("ring", "direct, brokered or enforced");
    }
    if (spec.rowCeiling() < 1 || spec.rowCeiling() > HIGHEST_CEILING) {
      throw invalid("row ceiling", "a number from 1 to " + HIGHEST_CEILING);
    }
    try {
      return engine == Dialect.SQLITE || engine == Dialect.DUCKDB
          ? file(spec, engine)
          : server(spec, engine, logins);
    } catch (IllegalArgumentException e) {
      throw AdminProblems.invalid(
          "connection-invalid",
          String.valueOf(e.getMessage()),
          "Correct it and send the connection again; nothing was kept.");
    }
  }

  private static Target file(ConnectionSpec spec, Dialect engine) {
    if (!spec.host().isEmpty() || !spec.user().isEmpty()) {
      throw invalid("host and user", "nothing: a file has neither");
    }
    if (!spec.ring().equals("direct")) {
      throw invalid("ring", "direct: a file on a disk binds nobody who can read it");
    }
    Target usual =
        Target.file(
            ConnectionDefinition.file(spec.name(), engine, spec.database()),
            spec.environment(),
            spec.owner());
    return ceiling(usual, spec.rowCeiling());
  }

  private static Target server(ConnectionSpec spec, Dialect engine, ConnectionSecrets logins) {
    if (spec.ring().equals("enforced")) {
      return EnforcedForms.target(spec, engine, logins);
    }
    if (Leases.sharesLogin(engine)) {
      return shared(spec, engine, logins);
    }
    if (!Leases.makesLogins(engine)) {
      throw AdminProblems.invalid(
          "engine-not-leased",
          "Nothing runs on " + engine.id() + " yet: its sessions are not governed.",
          "Statements for it can be checked with sluice check --engine " + engine.id() + ".");
    }
    if (spec.user().isBlank() || logins.password().isEmpty()) {
      throw invalid("user and password", "the login that runs what was approved");
    }
    if (spec.ring().equals("direct")) {
      throw invalid("ring", "brokered or enforced: the server keeps the password");
    }
    boolean ownIssuer = !spec.issuerUser().isBlank();
    if (ownIssuer && logins.issuerPassword().isEmpty()) {
      throw invalid("issuer password", "the password of " + spec.issuerUser());
    }
    Target usual =
        Target.postgreSql(
            ConnectionDefinition.server(
                spec.name(),
                engine,
                spec.host(),
                spec.port(),
                spec.database(),
                spec.tls() ? Transport.VERIFIED : Transport.NONE),
            spec.environment(),
            spec.owner(),
            new DatabaseLogin("server", spec.user(), logins.password()),
            ownIssuer
                ? new DatabaseLogin("server-issuer", spec.issuerUser(), logins.issuerPassword())
                : new DatabaseLogin("server-issuer", spec.user(), logins.password()));
    return new Target(
        usual.definition(),
        usual.environment(),
        spec.ring(),
        Map.of(),
        usual.owner(),
        usual.whatCouldGoWrong(),
        usual.writer(),
        usual.issuer(),
        spec.schemas().isEmpty() ? usual.schemas() : spec.schemas(),
        spec.rowCeiling());
  }

  /// No login can be made for one person there: the ring says so, and the administrator says yes.
  private static Target shared(ConnectionSpec spec, Dialect engine, ConnectionSecrets logins) {
    if (!spec.ring().equals("direct")) {
      throw AdminProblems.invalid(
          "engine-not-leased",
          "On " + engine.id() + " the server cannot make a login for one person.",
          "Choose the ring direct (--ring direct) and give, with --issuer-user, a login that can"
              + " only read: everybody who works with the connection is lent that one.");
    }
    if (spec.user().isBlank() || logins.password().isEmpty()) {
      throw invalid("user and password", "the login that runs what was approved");
    }
    if (spec.issuerUser().isBlank()
        || spec.issuerUser().equals(spec.user())
        || logins.issuerPassword().isEmpty()) {
      throw invalid(
          "issuer user and password",
          "another login, which can only read: everybody who works here is lent it");
    }
    Target usual =
        Target.shared(
            ConnectionDefinition.server(
                spec.name(),
                engine,
                spec.host(),
                spec.port(),
                spec.database(),
                spec.tls() ? Transport.VERIFIED : Transport.NONE),
            spec.environment(),
            spec.owner(),
            new DatabaseLogin("server", spec.user(), logins.password()),
            new DatabaseLogin("server-issuer", spec.issuerUser(), logins.issuerPassword()));
    return ceiling(usual, spec.rowCeiling());
  }

  private static Target ceiling(Target target, long rows) {
    return new Target(
        target.definition(),
        target.environment(),
        target.ring(),
        target.labels(),
        target.owner(),
        target.whatCouldGoWrong(),
        target.writer(),
        target.issuer(),
        target.schemas(),
        rows);
  }

  /// What an administrator may see of a database that stands in the configuration file.
  static ConnectionSpec spec(Target target) {
    ConnectionDefinition definition = target.definition();
    Optional<String> issuer =
        target
            .issuer()
            .map(DatabaseLogin::user)
            .filter(user -> !user.equals(target.writer().user()));
    return new ConnectionSpec(
        target.name(),
        definition.engine().id(),
        definition.host(),
        definition.port(),
        definition.database(),
        definition.transport() == Transport.VERIFIED,
        target.environment(),
        target.owner(),
        List.copyOf(target.schemas()),
        target.writer().user(),
        issuer.orElse(""),
        target.rowCeiling(),
        target.ring(),
        target.enforcement().map(logins -> List.copyOf(logins.accepted())).orElse(List.of()));
  }

  static RuntimeException invalid(String field, String expected) {
    return AdminProblems.invalid(
        "connection-invalid",
        "The " + field + " of the connection cannot be used.",
        "Expected: " + expected + ".");
  }
}
