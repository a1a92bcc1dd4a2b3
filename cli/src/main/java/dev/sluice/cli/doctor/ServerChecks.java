package dev.sluice.cli.doctor;

import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ManagedSettings.PinnedKeys;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.ServerInfo;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether the server is there, is the one it should be, and has the same time.
final class ServerChecks {

  /// Device proofs and tokens carry times; a server takes none that is further off.
  private static final Duration SKEW = Duration.ofSeconds(60);

  private ServerChecks() {}

  static List<Finding> all(URI address, ManagedSettings settings) {
    ServerInfo info;
    Instant before = Instant.now();
    try {
      info = HttpServerClient.ask(address);
    } catch (WorkspaceProblem e) {
      return List.of(Finding.wrong("Server", address + ": " + e.getMessage(), e.wayOut()));
    } catch (IllegalArgumentException e) {
      return List.of(
          Finding.wrong(
              "Server", address + " is not the address of a server", "It begins with https://."));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.good("Server", info.name() + " " + info.version() + " at " + address));
    findings.add(clock(before, info.time(), Instant.now()));
    findings.add(
        settings
            .keys()
            .map(keys -> keys(keys, info))
            .orElseGet(
                () ->
                    Finding.note(
                        "Server's keys",
                        "trusted at first contact",
                        "To pin them beforehand, put the lines that --keys prints into "
                            + "managed.yaml.")));
    return findings;
  }

  /// The `keys:` part of `managed.yaml` for this server.
  static String pins(ServerInfo info) {
    StringBuilder text = new StringBuilder("keys:\n  policy:\n");
    info.policyKeys()
        .forEach(
            key ->
                text.append("    ").append(key.id()).append(": ").append(key.key()).append('\n'));
    return text.append("  log-origin: ")
        .append(info.logOrigin())
        .append("\n  log: ")
        .append(info.logKey())
        .append('\n')
        .toString();
  }

  private static Finding clock(Instant before, Instant server, Instant after) {
    Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
    Duration skew = Duration.between(middle, server).abs();
    String text =
        skew.toMillis() < 2000
            ? "the same as the server's"
            : skew.toSeconds() + " s from the server's";
    return skew.compareTo(SKEW) > 0
        ? Finding.wrong(
            "Clock",
            text,
            "The server will refuse what this machine signs. Let both follow a time server.")
        : Finding.good("Clock", text);
  }

  private static Finding keys(PinnedKeys pinned, ServerInfo info) {
    Map<String, String> said = new TreeMap<>();
    info.policyKeys().forEach(key -> said.put(key.id(), key.key()));
    boolean same =
        pinned.policy().entrySet().containsAll(said.entrySet())
            && pinned.log().equals(info.logKey())
            && pinned.logOrigin().equals(info.logOrigin());
    return same
        ? Finding.good("Server's keys", "those that the administrator pinned")
        : Finding.wrong(
            "Server's keys",
            "not those that the administrator pinned",
            "Do not sign in. Ask who runs the server whether its keys were changed; if so, they"
                + " change managed.yaml.");
  }
}
