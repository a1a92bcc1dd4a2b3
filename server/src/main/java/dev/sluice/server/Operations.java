package dev.sluice.server;

import dev.sluice.governance.codec.Sensitive;
import dev.sluice.server.export.Sink;
import dev.sluice.server.mcp.AgentAllowances;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How a server is run: what an operator sets and nobody else sees.
///
/// @param tls the certificate it answers with; without one it speaks plain HTTP
/// @param metricsToken whoever shows it as a bearer token may read `/metrics`; without one only
///     this machine may
/// @param eraseWithTwo whether an erasure needs a second administrator
/// @param kept how long entries of the log keep their content, by the beginning of their kind
/// @param sinks where entries and notices go besides the log
/// @param keys the server's own keys, when they come from elsewhere than its key file
/// @param jsonLog whether a server process logs in JSON lines
/// @param agents what sessions of agents over HTTP may spend
public record Operations(
    Optional<Tls> tls,
    @Sensitive Optional<String> metricsToken,
    boolean eraseWithTwo,
    Map<String, Duration> kept,
    List<Sink> sinks,
    Optional<ServerKeys> keys,
    boolean jsonLog,
    AgentAllowances agents) {

  public Operations {
    kept = Map.copyOf(new TreeMap<>(kept));
    sinks = List.copyOf(sinks);
  }

  /// Plain HTTP, metrics for this machine, two persons erase, everything is kept, nothing is sent.
  public static Operations standard() {
    return new Operations(
        Optional.empty(),
        Optional.empty(),
        true,
        Map.of(),
        List.of(),
        Optional.empty(),
        false,
        AgentAllowances.standard());
  }

  public Operations withErasureByOne() {
    return new Operations(tls, metricsToken, false, kept, sinks, keys, jsonLog, agents);
  }

  public Operations withKept(Map<String, Duration> others) {
    return new Operations(tls, metricsToken, eraseWithTwo, others, sinks, keys, jsonLog, agents);
  }

  public Operations withSinks(List<Sink> others) {
    return new Operations(tls, metricsToken, eraseWithTwo, kept, others, keys, jsonLog, agents);
  }

  public Operations withTls(Tls other) {
    return new Operations(
        Optional.of(other), metricsToken, eraseWithTwo, kept, sinks, keys, jsonLog, agents);
  }

  public Operations withKeys(ServerKeys other) {
    return new Operations(
        tls, metricsToken, eraseWithTwo, kept, sinks, Optional.of(other), jsonLog, agents);
  }

  public Operations withAgents(AgentAllowances others) {
    return new Operations(tls, metricsToken, eraseWithTwo, kept, sinks, keys, jsonLog, others);
  }

  public Operations withMetricsToken(String other) {
    return new Operations(
        tls, Optional.of(other), eraseWithTwo, kept, sinks, keys, jsonLog, agents);
  }

  @Override
  public String toString() {
    return "Operations";
  }
}
