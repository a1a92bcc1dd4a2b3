package dev.sluice.gateway.jdbc;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/// `jdbc:sluice:https://server/connection?name=value&...`, and the properties beside it.
///
/// @param server the server's address
/// @param connection one of its connections
/// @param settings by name; see [#NAMES]
record SluiceUrl(URI server, String connection, Map<String, String> settings) {

  static final String PREFIX = "jdbc:sluice:";

  /// What may be set. A label is set as `label.NAME`.
  static final Set<String> NAMES =
      Set.of(
          "user", "password", "client_id", "client_secret", "approval", "wait", "reason", "state");

  private static final Duration USUAL_WAIT = Duration.ofMinutes(30);

  static SluiceUrl parse(String url, Properties properties) throws SQLException {
    String rest = url.substring(PREFIX.length());
    String address = rest.startsWith("//") ? "https:" + rest : rest;
    try {
      URI uri = new URI(address);
      String path = uri.getPath() == null ? "" : uri.getPath();
      boolean whole =
          ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getUserInfo() == null
              && path.matches("/[^/]+");
      if (!whole) {
        throw wrong();
      }
      Map<String, String> settings = new TreeMap<>();
      query(uri.getRawQuery(), settings);
      for (String name : properties.stringPropertyNames()) {
        settings.put(name, properties.getProperty(name));
      }
      for (String name : settings.keySet()) {
        if (!NAMES.contains(name) && !name.startsWith("label.")) {
          throw new SQLException(
              "There is no property \"" + name + "\". There are: " + NAMES + " and label.NAME.",
              "08001");
        }
      }
      String approval = settings.getOrDefault("approval", "ask");
      if (!Set.of("ask", "wait", "never").contains(approval)) {
        throw new SQLException("The property approval is ask, wait or never.", "08001");
      }
      waiting(settings);
      URI server = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
      return new SluiceUrl(server, path.substring(1), settings);
    } catch (URISyntaxException e) {
      throw wrong();
    }
  }

  private static void query(
      @org.jspecify.annotations.Nullable String raw, Map<String, String> into) {
    if (raw == null || raw.isEmpty()) {
      return;
    }
    for (String pair : raw.split("&")) {
      int at = pair.indexOf('=');
      into.put(
          decoded(at < 0 ? pair : pair.substring(0, at)),
          at < 0 ? "" : decoded(pair.substring(at + 1)));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static SQLException wrong() {
    return new SQLException(
        "This is no address of Sluice. Write jdbc:sluice:https://SERVER/CONNECTION.", "08001");
  }

  String get(String name) {
    return settings.getOrDefault(name, "");
  }

  /// How long a statement waits for people before it is given up.
  Duration patience() throws SQLException {
    return get("approval").equals("wait") ? waiting(settings) : Duration.ZERO;
  }

  private static Duration waiting(Map<String, String> settings) throws SQLException {
    String text = settings.getOrDefault("wait", "");
    if (text.isEmpty()) {
      return USUAL_WAIT;
    }
    try {
      return Duration.parse(
          text.matches("[0-9]+[smhSMH]") ? "PT" + text.toUpperCase(Locale.ROOT) : text);
    } catch (DateTimeParseException e) {
      throw new SQLException("The property wait is a time such as 30m.", "08001");
    }
  }

  /// The labels of all statements.
  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    settings.forEach(
        (name, value) -> {
          if (name.startsWith("label.")) {
            labels.put(name.substring("label.".length()), value);
          }
        });
    return labels;
  }
}
