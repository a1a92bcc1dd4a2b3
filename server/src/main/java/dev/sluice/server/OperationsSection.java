package dev.sluice.server;

import dev.sluice.server.ServerConfigFile.Unreadable;
import dev.sluice.server.export.Sink;
import dev.sluice.server.mcp.AgentAllowances;
import dev.sluice.server.mcp.AgentLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The parts of the configuration file that an operator sets.
///
/// ```yaml
/// tls: {pkcs12: server.p12, password-env: TLS_PASSWORD}   # or {certificates: .., key: ..}
/// metrics: {token-env: METRICS_TOKEN}
/// erasure: {two-persons: true}
/// retention: {statement.: 365, session.: 90}              # days, by the beginning of a kind
/// export:
///   - {name: lake, file: audit.jsonl}
///   - {name: siem, syslog: {host: siem.acme.test, port: 6514}, kinds: [statement., policy.]}
/// agents:                                                # what a session over /mcp may spend
///   limits: {calls: 5000, queries: 500, rows: 50000, bytes: 20000000, seconds: 600}
///   by-name: {reporter: {queries: 50, seconds: 60}}
/// webhooks:
///   - {name: team, format: slack, url-env: SLACK_URL, kinds: [approval.requested]}
///   - {name: soar, url: "https://soar.acme.test/in", secret-env: SOAR_SECRET}
/// ```
final class OperationsSection {

  private OperationsSection() {}

  private static boolean jsonLog(ConfigSection log) throws Unreadable {
    String format = log.text("format", "text");
    log.nothingElse();
    return switch (format) {
      case "text" -> false;
      case "json" -> true;
      default -> throw log.problem("format", "text or json");
    };
  }

  private static Optional<ServerKeys> keys(
      ConfigSection root, Path folder, Map<String, String> environment) throws Unreadable {
    ConfigSection from = root.section("keys-from");
    if (from.names().isEmpty()) {
      return Optional.empty();
    }
    if (root.has("keys")) {
      throw root.problem("keys-from", "keys or keys-from, not both");
    }
    ServerKeys keys;
    if (from.has("env")) {
      String held = from.secret("env", environment);
      keys = from.checked(section -> ServerKeys.of(held));
    } else {
      Path file = folder.resolve(from.text("pkcs12"));
      String password = from.secret("password-env", environment);
      keys = from.checked(section -> ServerKeys.pkcs12(file, password));
    }
    from.nothingElse();
    return Optional.of(keys);
  }

  static Operations read(ConfigSection root, Path folder, Map<String, String> environment)
      throws Unreadable {
    ConfigSection metrics = root.section("metrics");
    ConfigSection erasure = root.section("erasure");
    ConfigSection retention = root.section("retention");
    Map<String, Duration> kept = new TreeMap<>();
    for (String kind : retention.names()) {
      int days = retention.number(kind, 0);
      if (days < 1) {
        throw retention.problem(kind, "a number of days, at least 1");
      }
      kept.put(kind, Duration.ofDays(days));
    }
    List<Sink> sinks = new ArrayList<>();
    for (ConfigSection sink : root.sections("export")) {
      sinks.add(export(sink, folder));
    }
    for (ConfigSection hook : root.sections("webhooks")) {
      sinks.add(webhook(hook, environment));
    }
    Set<String> names = new java.util.HashSet<>();
    for (Sink sink : sinks) {
      if (!names.add(sink.name())) {
        throw root.problem("export", "names that differ; \"" + sink.name() + "\" is there twice");
      }
    }
    Operations operations =
        new Operations(
            tls(root.section("tls"), folder, environment),
            metrics.text("token-env", "").isEmpty()
                ? Optional.empty()
                : Optional.of(metrics.secret("token-env", environment)),
            erasure.flag("two-persons", true),
            kept,
            sinks,
            keys(root, folder, environment),
            jsonLog(root.section("log")),
            agents(root.section("agents")));
    metrics.nothingElse();
    erasure.nothingElse();
    retention.nothingElse();
    return operations;
  }

  private static AgentAllowances agents(ConfigSection agents) throws Unreadable {
    ConfigSection limits = agents.section("limits");
    AgentLimits usual = limits.checked(section -> limits(section, AgentLimits.standard()));
    limits.nothingElse();
    ConfigSection named = agents.section("by-name");
    Map<String, AgentLimits> byName = new TreeMap<>();
    for (String name : named.names()) {
      ConfigSection own = named.section(name);
      byName.put(name, own.checked(section -> limits(section, usual)));
      own.nothingElse();
    }
    agents.nothingElse();
    return new AgentAllowances(usual, byName);
  }

  /// @param otherwise what holds where nothing is said
  private static AgentLimits limits(ConfigSection fields, AgentLimits otherwise) throws Unreadable {
    return new AgentLimits(
        fields.number("calls", (int) otherwise.calls()),
        fields.number("queries", (int) otherwise.queries()),
        fields.number("rows", (int) otherwise.rows()),
        fields.number("bytes", (int) otherwise.bytes()),
        Duration.ofSeconds(fields.number("seconds", (int) otherwise.running().toSeconds())));
  }

  private static Optional<Tls> tls(ConfigSection tls, Path folder, Map<String, String> environment)
      throws Unreadable {
    String pkcs12 = tls.text("pkcs12", "");
    String certificates = tls.text("certificates", "");
    try {
      if (!pkcs12.isEmpty()) {
        Tls read = Tls.pkcs12(folder.resolve(pkcs12), tls.secret("password-env", environment));
        tls.nothingElse();
        return Optional.of(read);
      }
      if (!certificates.isEmpty()) {
        Tls read = Tls.pem(folder.resolve(certificates), folder.resolve(tls.text("key")));
        tls.nothingElse();
        return Optional.of(read);
      }
    } catch (Tls.Unusable e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
    tls.nothingElse();
    return Optional.empty();
  }

  private static Sink export(ConfigSection fields, Path folder) throws Unreadable {
    String name = fields.text("name");
    Set<String> kinds = Set.copyOf(fields.texts("kinds"));
    String file = fields.text("file", "");
    ConfigSection syslog = fields.section("syslog");
    Sink sink;
    if (!file.isEmpty()) {
      sink = new Sink.File(name, kinds, folder.resolve(file));
    } else {
      String trust = syslog.text("trust", "");
      boolean tls = syslog.flag("tls", true);
      sink =
          new Sink.Syslog(
              name,
              kinds,
              syslog.text("host"),
              syslog.number("port", tls ? 6514 : 601),
              tls,
              trust.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(trust)));
    }
    syslog.nothingElse();
    fields.nothingElse();
    return sink;
  }

  private static Sink webhook(ConfigSection fields, Map<String, String> environment)
      throws Unreadable {
    String address = fields.text("url", "");
    if (address.isEmpty()) {
      address = fields.secret("url-env", environment);
    }
    Sink.Format format =
        Sink.Format.of(fields.text("format", "generic").toLowerCase(Locale.ROOT))
            .orElseThrow(() -> fields.problem("format", "generic, slack or teams"));
    boolean inside = fields.flag("inside", false);
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw fields.problem("url", "a web address");
    }
    boolean https = "https".equals(uri.getScheme());
    if (uri.getHost() == null || !(https || (inside && "http".equals(uri.getScheme())))) {
      throw fields.problem("url", "an https address (http only with inside: true)");
    }
    Optional<String> secret =
        format == Sink.Format.GENERIC
            ? Optional.of(fields.secret("secret-env", environment))
            : Optional.empty();
    Sink sink =
        new Sink.Webhook(
            fields.text("name"), Set.copyOf(fields.texts("kinds")), uri, format, secret, inside);
    fields.nothingElse();
    return sink;
  }
}
