package dev.sluice.gateway.direct;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.ConnectionUrls;
import dev.sluice.governance.sql.Dialect;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A database that a person opens with their own login. Its parts are checked when it is made;
/// there is no address in one piece that something could be slipped into. It holds no secret.
///
/// @param name what policies and people call it: small letters, digits, `-` and `_`
/// @param engine decides the driver
/// @param host as this machine, or the tunnel's host, knows it; empty for a file
/// @param port 0 for a file
/// @param database its name, or the file's path
/// @param user login; empty for a file
/// @param encrypted whether the line is encrypted and the certificate and its name are checked
/// @param authority PEM file with the authority that signed the certificate; empty for those that
///     Java knows
/// @param environment such as `production`; policies read it and the window is coloured by it
/// @param hop the host that a tunnel goes through; empty for none
public record DirectConnection(
    String name,
    Dialect engine,
    String host,
    int port,
    String database,
    String user,
    boolean encrypted,
    Optional<Path> authority,
    String environment,
    Optional<SshHop> hop) {

  private static final int TRINO_ENCRYPTED = 8443;

  public DirectConnection {
    if (!name.matches("[a-z][a-z0-9_-]{0,62}")) {
      throw new IllegalArgumentException(
          "A name is of small letters, digits, - and _, and begins with a letter.");
    }
    if (!environment.matches("[a-z][a-z0-9_-]{0,30}")) {
      throw new IllegalArgumentException("The environment is one word, such as development.");
    }
    if (isFile(engine)) {
      if (hop.isPresent() || encrypted || !user.isEmpty()) {
        throw new IllegalArgumentException("A file has no login, no tunnel and no encryption.");
      }
    } else if (user.isBlank()) {
      throw new IllegalArgumentException("A database on a server needs a login.");
    } else if (hop.isPresent() && encrypted) {
      throw new IllegalArgumentException(
          "Inside a tunnel the line is encrypted already; leave the encryption of the database"
              + " off.");
    } else if (hop.isEmpty() && !encrypted && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "A database on another machine is reached with encryption or through a tunnel.");
    }
    new ConnectionDefinition(
        name, engine, host, port, database, Transport.NONE, properties(engine, authority));
  }

  private static boolean isFile(Dialect engine) {
    return engine == Dialect.SQLITE || engine == Dialect.DUCKDB;
  }

  public boolean isFile() {
    return isFile(engine);
  }

  /// Names and literal addresses of this machine; nothing is looked up.
  private static boolean isLoopback(String host) {
    if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
      return true;
    }
    if (!host.matches("[0-9.]+|\\[[0-9A-Fa-f:.]+]")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Map<String, String> properties(Dialect engine, Optional<Path> authority) {
    return authority
        .map(
            file ->
                switch (engine) {
                  case POSTGRESQL -> Map.of("sslrootcert", file.toString());
                  case MARIADB, MYSQL -> Map.of("serverSslCert", file.toString());
                  case SQLITE, DUCKDB, SQLSERVER, TRINO, ANSI ->
                      throw new IllegalArgumentException(
                          "An authority of one's own is not taken for " + engine.id() + " yet.");
                })
        .orElse(Map.of());
  }

  /// How the driver gets there.
  ///
  /// @param tunnelPort the port of this machine that leads there, 0 without a tunnel
  ConnectionDefinition definition(int tunnelPort) {
    return tunnelPort > 0
        ? new ConnectionDefinition(
            name, engine, "127.0.0.1", tunnelPort, database, Transport.NONE, Map.of())
        : new ConnectionDefinition(
            name,
            engine,
            host,
            port,
            database,
            encrypted ? Transport.VERIFIED : Transport.NONE,
            properties(engine, authority));
  }

  /// What is behind it, for the eye.
  public String place() {
    return isFile() ? database : host + ":" + port + "/" + database;
  }

  /// The usual port of an engine, 0 for files. Nothing goes in the clear here: Trino has another
  /// for that.
  public static int usualPort(Dialect engine) {
    return engine == Dialect.TRINO ? TRINO_ENCRYPTED : ConnectionUrls.usualPort(engine);
  }
}
