package dev.sluice.server.credentials;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.ConnectionSpec;
import dev.sluice.governance.enforcement.EnforcementNames;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.AdminProblems;
import dev.sluice.server.Enforcement;
import dev.sluice.server.Target;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Turns what an administrator describes into a database that enforces the policy itself. The
/// server is given an administrator's login, makes its own two with it, and uses them for all else.
final class EnforcedForms {

  private EnforcedForms() {}

  static Target target(ConnectionSpec spec, Dialect engine, ConnectionSecrets logins) {
    if (engine != Dialect.POSTGRESQL && engine != Dialect.MARIADB) {
      throw AdminProblems.invalid(
          "engine-not-enforced",
          "A database of " + engine.id() + " cannot be made to enforce the policy.",
          "Choose the ring brokered or direct; postgresql and mariadb can be enforced.");
    }
    if (spec.user().isBlank() || logins.password().isEmpty()) {
      throw ConnectionForms.invalid(
          "user and password", "an administrator of the database, who applies the plan");
    }
    if (!spec.issuerUser().isBlank()) {
      throw ConnectionForms.invalid(
          "issuer user", "nothing: on the ring enforced the server makes its own logins");
    }
    EnforcementNames names = new EnforcementNames(spec.database());
    Target usual =
        Target.enforced(
            ConnectionDefinition.server(
                spec.name(),
                engine,
                spec.host(),
                spec.port(),
                spec.database(),
                spec.tls() ? Transport.VERIFIED : Transport.NONE),
            spec.environment(),
            spec.owner(),
            new Enforcement(
                own(names.broker(), logins.password()),
                own(names.changer(), logins.password()),
                Optional.of(new DatabaseLogin("server", spec.user(), logins.password())),
                Set.copyOf(spec.accepted())));
    return new Target(
        usual.definition(),
        usual.environment(),
        usual.ring(),
        usual.labels(),
        usual.owner(),
        usual.whatCouldGoWrong(),
        usual.writer(),
        usual.issuer(),
        spec.schemas().isEmpty() ? usual.schemas() : spec.schemas(),
        spec.rowCeiling(),
        usual.enforcement());
  }

  /// Every server of one store comes to the same password, which is set when the plan is applied
  /// and when the administrator's changes.
  private static DatabaseLogin own(String user, String password) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] made = mac.doFinal(("sluice login " + user).getBytes(StandardCharsets.UTF_8));
      return new DatabaseLogin("server", user, HexFormat.of().formatHex(made));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
    }
  }
}
