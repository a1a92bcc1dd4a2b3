package dev.sluice.gateway.connection;

import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.governance.sql.Dialect;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a JDBC URL into a structured definition. The URL itself never reaches a driver: the
/// definition's checked parts do.
public final class ConnectionUrls {

  private static final Pattern SERVER =
      Pattern.compile(
          "jdbc:(postgresql|mariadb|mysql|trino)://([^/:?#\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?"
              + "/([^/?#]+(?:/[^/?#]+)?)(?:\\?(.*))?");

  private ConnectionUrls() {}

  /// @param definition the checked parts
  /// @param user login named in the URL, empty when none
  /// @param password password in the URL, empty when none
  public record Parsed(ConnectionDefinition definition, String user, String password) {
    @Override
    public String toString() {
      return "Parsed[" + definition.name() + ", " + user + "]";
    }
  }

  /// @param name what policies call the connection
  /// @throws IllegalArgumentException for an address or a property that may not be used
  public static Parsed parse(String name, String url) {
    if (url.startsWith("jdbc:sqlite:")) {
      return file(name, Dialect.SQLITE, url.substring("jdbc:sqlite:".length()));
    }
    if (url.startsWith("jdbc:duckdb:")) {
      return file(name, Dialect.DUCKDB, url.substring("jdbc:duckdb:".length()));
    }
    Matcher matcher = SERVER.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Not an address that can be governed. Give jdbc:postgresql://host:port/database,"
              + " jdbc:mariadb://..., jdbc:mysql://..., jdbc:trino://host:port/catalog/schema,"
              + " jdbc:sqlite:file or jdbc:duckdb:file.");
    }
    return server(name, matcher);
  }

  private static Parsed file(String name, Dialect engine, String path) {
    return new Parsed(ConnectionDefinition.file(name, engine, path), "", "");
  }

  private static Parsed server(String name, Matcher matcher) {
    Dialect engine = Dialect.named(matcher.group(1)).orElseThrow();
    String host = matcher.group(2);
    int port = matcher.group(3) != null ? Integer.parseInt(matcher.group(3)) : usualPort(engine);
    Map<String, String> properties = new TreeMap<>();
    String user = "";
    String password = "";
    Transport transport = isLoopback(host) ? Transport.NONE : Transport.VERIFIED;
    String query = matcher.group(5) == null ? "" : matcher.group(5);
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      String value =
          equals < 0
              ? ""
              : java.net.URLDecoder.decode(
                  pair.substring(equals + 1), java.nio.charset.StandardCharsets.UTF_8);
      switch (key) {
        case "user" -> user = value;
        case "password" -> password = value;
        case "sslmode", "sslMode" -> transport = transport(value);
        default -> properties.put(key, value);
      }
    }
    return new Parsed(
        new ConnectionDefinition(name, engine, host, port, matcher.group(4), transport, properties),
        user,
        password);
  }

  /// The TCP port that a server of the engine usually has; 0 for engines without one.
  public static int usualPort(Dialect engine) {
    return switch (engine) {
      case POSTGRESQL -> 5432;
      case MARIADB, MYSQL -> 3306;
      case SQLSERVER -> 1433;
      case TRINO -> 8080;
      case SQLITE, DUCKDB, ANSI -> 0;
    };
  }

  private static Transport transport(String mode) {
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "verify-full" -> Transport.VERIFIED;
      case "disable" -> Transport.NONE;
      default ->
          throw new IllegalArgumentException(
              "sslmode is verify-full (or disable, on this machine only), not " + mode + ".");
    };
  }

  /// Literal loopback addresses and `localhost` only; nothing is looked up.
  static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
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
}
