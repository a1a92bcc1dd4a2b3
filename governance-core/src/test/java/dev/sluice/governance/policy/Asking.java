package dev.sluice.governance.policy;

import dev.sluice.governance.approval.Grant;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.sql.Dialect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who asks, where and when.
record Asking(Actor actor, ConnectionContext connection, Instant at, Optional<Grant> grant) {

  static final Instant NOON = Instant.parse("2026-06-15T12:00:00Z");

  static Principal principal(String subject, String... groups) {
    return new Principal(
        "local", subject, subject + "@acme.test", subject, Set.of(groups), Set.of());
  }

  static Asking as(String subject, String... groups) {
    return new Asking(
        new Actor.Person(principal(subject, groups)),
        on("shop", "production", "direct"),
        NOON,
        Optional.empty());
  }

  static Asking asAgentOf(Map<String, String> labels, String owner, String... groups) {
    return new Asking(
        new Actor.Agent(principal("agent-7"), principal(owner, groups), labels),
        on("shop", "production", "direct"),
        NOON,
        Optional.empty());
  }

  static ConnectionContext on(String name, String environment, String ring) {
    return new ConnectionContext(name, environment, Dialect.POSTGRESQL, ring, Map.of());
  }

  Asking onRing(String ring) {
    return new Asking(actor, on(connection.name(), connection.environment(), ring), at, grant);
  }

  Asking onConnection(String name, String environment) {
    return new Asking(actor, on(name, environment, connection.ring()), at, grant);
  }

  Asking at(String instant) {
    return new Asking(actor, connection, Instant.parse(instant), grant);
  }

  Asking with(Grant consumed) {
    return new Asking(actor, connection, at, Optional.of(consumed));
  }

  DecisionRequest request(Statements statement, String... binds) {
    return new DecisionRequest(
        statement.analysis(),
        Statements.CATALOG,
        actor,
        connection,
        at,
        "window",
        "",
        false,
        0,
        List.of(binds),
        grant);
  }
}
