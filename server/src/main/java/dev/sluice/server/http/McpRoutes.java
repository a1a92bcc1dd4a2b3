package dev.sluice.server.http;

import dev.sluice.governance.codec.wire.RefusedCall;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Session;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.mcp.HttpAgents;
import io.modelcontextprotocol.server.transport.DefaultServerTransportSecurityValidator;
import io.modelcontextprotocol.server.transport.ServerTransportSecurityException;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Agents over streamable HTTP. A page in a browser that was led here by a name of its own (DNS
/// rebinding), or that calls from another origin, is refused; so is a call that is too large, and
/// that is written down.
final class McpRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(McpRoutes.class);

  private final HttpAgents agents;
  private final Statements statements;
  private final Supplier<Set<URI>> addresses;
  private final InstantSource clock;

  /// @param addresses under which this server is known
  McpRoutes(
      HttpAgents agents, Statements statements, Supplier<Set<URI>> addresses, InstantSource clock) {
    this.agents = agents;
    this.statements = statements;
    this.addresses = addresses;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post(HttpAgents.PATH, Access.AGENT, this::serve).whenTooLarge(this::tooLarge),
        Route.get(HttpAgents.PATH, Access.AGENT, this::serve),
        Route.delete(HttpAgents.PATH, Access.AGENT, this::serve));
  }

  private void serve(Exchange exchange) {
    String origin = exchange.header("Origin");
    Map<String, List<String>> headers =
        origin.isEmpty()
            ? Map.of("Host", List.of(exchange.header("Host")))
            : Map.of("Host", List.of(exchange.header("Host")), "Origin", List.of(origin));
    try {
      known().validateHeaders(headers);
    } catch (ServerTransportSecurityException e) {
      refused(
          exchange.session(),
          "foreign-origin",
          "The call came from another origin, or by another name of this server.");
      throw Problems.foreignOrigin();
    }
    try {
      agents.serve(
          exchange.context().req(),
          exchange.context().res(),
          exchange.session(),
          exchange.bodyBytes());
    } catch (IOException e) {
      LOG.debug("An agent went away.", e);
    }
  }

  private DefaultServerTransportSecurityValidator known() {
    Set<String> hosts = new LinkedHashSet<>();
    Set<String> origins = new LinkedHashSet<>();
    for (URI address : addresses.get()) {
      hosts.add(address.getAuthority());
      origins.add(address.getScheme() + "://" + address.getAuthority());
      if (address.getPort() > 0 && Set.of("127.0.0.1", "localhost").contains(address.getHost())) {
        hosts.add("localhost:" + address.getPort());
        hosts.add("127.0.0.1:" + address.getPort());
      }
    }
    return DefaultServerTransportSecurityValidator.builder()
        .allowedHosts(List.copyOf(hosts))
        .allowedOrigins(List.copyOf(origins))
        .build();
  }

  private void tooLarge(Session session) {
    refused(
        session,
        "too-large",
        "A call had more than " + Gate.LARGEST_BODY + " bytes. Nothing of it was read.");
  }

  private void refused(Session session, String code, String reason) {
    statements.refusedCall(
        session, new RefusedCall(Ids.next(), "mcp", code, reason, clock.instant()));
  }
}
