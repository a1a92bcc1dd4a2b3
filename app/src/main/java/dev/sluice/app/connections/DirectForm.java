package dev.sluice.app.connections;

import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectSecrets;
import dev.sluice.gateway.direct.SshHop;
import dev.sluice.governance.sql.Dialect;
import java.nio.file.Path;
import java.util.Optional;

/// What stands in the fields, as typed.
///
/// @param proof `none`, `agent`, `key` or `password`: how the tunnel's host is shown who one is
record DirectForm(
    String name,
    Dialect engine,
    String host,
    String port,
    String database,
    String user,
    String password,
    boolean encrypted,
    String authority,
    String environment,
    String proof,
    String hopHost,
    String hopPort,
    String hopUser,
    String keyFile,
    String hopSecret) {

  boolean isFile() {
    return engine == Dialect.SQLITE || engine == Dialect.DUCKDB;
  }

  /// @throws IllegalArgumentException with one sentence for the person
  DirectConnection connection() {
    boolean file = isFile();
    return new DirectConnection(
        name.strip(),
        engine,
        file ? "" : host.strip(),
        file ? 0 : number(port),
        database.strip(),
        file ? "" : user.strip(),
        !file && encrypted,
        file || !encrypted || authority.isBlank()
            ? Optional.empty()
            : Optional.of(Path.of(authority.strip())),
        environment.strip(),
        file ? Optional.empty() : hop());
  }

  DirectSecrets secrets() {
    return new DirectSecrets(password, hopSecret);
  }

  private Optional<SshHop> hop() {
    return switch (proof) {
      case "agent" -> Optional.of(hop(new SshHop.Proof.Agent()));
      case "password" -> Optional.of(hop(new SshHop.Proof.Password()));
      case "key" -> Optional.of(hop(new SshHop.Proof.KeyFile(Path.of(keyFile.strip()))));
      default -> Optional.empty();
    };
  }

  private SshHop hop(SshHop.Proof shown) {
    return new SshHop(hopHost.strip(), number(hopPort), hopUser.strip(), shown);
  }

  private static int number(String text) {
    return text.strip().matches("[0-9]{1,5}") ? Integer.parseInt(text.strip()) : 0;
  }
}
