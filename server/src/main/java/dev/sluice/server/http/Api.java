package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.ChangeSet;
import dev.sluice.governance.codec.wire.ConnectionList;
import dev.sluice.governance.codec.wire.MaskKey;
import dev.sluice.governance.codec.wire.NewDisowning;
import dev.sluice.governance.codec.wire.RefusedCall;
import dev.sluice.governance.codec.wire.ServerInfo;
import dev.sluice.governance.codec.wire.StatementIntent;
import dev.sluice.governance.codec.wire.StatementOutcome;
import dev.sluice.server.MaskKeyring;
import dev.sluice.server.Problems;
import dev.sluice.server.credentials.Leases;
import dev.sluice.server.execution.AllowedChanges;
import dev.sluice.server.execution.StatementIntake;
import dev.sluice.server.export.Deliveries;
import dev.sluice.server.ledger.Statements;
import dev.sluice.server.ledger.Timelines;
import dev.sluice.server.ledger.Trails;
import dev.sluice.server.pairing.Pairing;
import dev.sluice.server.policies.Policies;
import dev.sluice.server.schema.SchemaHistory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The table of routes.
public final class Api {

  private final Parts parts;
  private final SignInRoutes signIn;
  private final EventStream events;

  /// What the routes work with.
  ///
  /// @param info of this server, with the time of now
  /// @param ready whether the store answers and a policy is in force
  public record Parts(
      Supplier<ServerInfo> info,
      BooleanSupplier ready,
      ConnectionListing connections,
      Policies policies,
      Leases leases,
      MaskKeyring keyring,
      StatementIntake intake,
      AllowedChanges allowed,
      Statements statements,
      Timelines timelines,
      Trails trails,
      SchemaHistory schemas,
      LedgerRoutes ledgerRoutes,
      Deliveries deliveries,
      AdminRoutes.Parts admin,
      PolicyRoutes.Parts drafting,
      ApprovalRoutes.Parts asking,
      OversightRoutes.Parts oversight,
      Pairing pairing) {}

  Api(Parts parts, SignInRoutes signIn, EventStream events) {
    this.parts = parts;
    this.signIn = signIn;
    this.events = events;
  }

  /// Every route there is.
  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/healthz", Access.ANYBODY, e -> e.answer(Map.of("status", "up"))));
    routes.add(Route.get("/readyz", Access.ANYBODY, this::ready));
    routes.add(Route.get("/v1/server", Access.ANYBODY, e -> e.answer(parts.info().get())));
    routes.addAll(signIn.routes());
    routes.addAll(new PolicyRoutes(parts.drafting()).routes());
    routes.add(Route.get("/v1/mask-keys/{name}", Access.SIGNED_IN, this::maskKey));
    routes.add(Route.get("/v1/connections", Access.SIGNED_IN, this::connections));
    routes.add(Route.post("/v1/connections/{name}/leases", Access.SIGNED_IN, this::lease));
    routes.add(Route.post("/v1/leases/{id}/renewal", Access.SIGNED_IN, this::renew));
    routes.add(Route.delete("/v1/leases/{id}", Access.SIGNED_IN, this::release));
    routes.add(
        Route.post("/v1/intents", Access.SIGNED_IN, this::intent).takes(StatementIntent.class));
    routes.add(Route.post("/v1/changes", Access.SIGNED_IN, this::change).takes(ChangeSet.class));
    routes.add(
        Route.post("/v1/outcomes", Access.SIGNED_IN, this::outcome).takes(StatementOutcome.class));
    routes.add(
        Route.post("/v1/refused-calls", Access.SIGNED_IN, this::refusedCall)
            .takes(RefusedCall.class));
    routes.addAll(new ApprovalRoutes(parts.asking()).routes());
    routes.addAll(new AdminRoutes(parts.admin()).routes());
    routes.addAll(new OversightRoutes(parts.oversight()).routes());
    routes.addAll(new PairingRoutes(parts.pairing()).routes());
    routes.add(
        Route.get("/v1/timeline", Access.SIGNED_IN, this::timeline)
            .asks("text", "before", "limit"));
    routes.add(
        Route.get(
            "/v1/timeline/{sequence}/replay",
            Access.SIGNED_IN,
            e -> e.answer(parts.trails().replay(e.session(), place(e)))));
    routes.add(
        Route.post(
                "/v1/timeline/{sequence}/disowning",
                Access.SIGNED_IN,
                e ->
                    e.answer(
                        201,
                        parts.trails().disown(e.session(), place(e), e.body(NewDisowning.class))))
            .takes(NewDisowning.class));
    routes.addAll(new SchemaRoutes(parts.schemas()).routes());
    routes.addAll(parts.ledgerRoutes().routes());
    routes.addAll(new NotificationRoutes(parts.deliveries()).routes());
    routes.add(Route.get("/v1/events", Access.SIGNED_IN, events::serve));
    return routes;
  }

  private static long place(Exchange exchange) {
    try {
      return Long.parseLong(exchange.path("sequence"));
    } catch (NumberFormatException e) {
      throw Problems.notFound("entry of yours");
    }
  }

  private void ready(Exchange exchange) {
    boolean ready = parts.ready().getAsBoolean();
    exchange.answer(ready ? 200 : 503, Map.of("status", ready ? "ready" : "not ready"));
  }

  private void maskKey(Exchange exchange) {
    String name = exchange.path("name");
    String key =
        parts
            .keyring()
            .key(name)
            .map(bytes -> Base64.getEncoder().encodeToString(bytes))
            .orElseThrow(() -> Problems.notFound("key"));
    exchange.answer(new MaskKey(name, key));
  }

  private void connections(Exchange exchange) {
    exchange.answer(new ConnectionList(parts.connections().all()));
  }

  private void lease(Exchange exchange) {
    parts.policies().inForce();
    exchange.answer(201, parts.leases().lease(exchange.session(), exchange.path("name")));
  }

  private void renew(Exchange exchange) {
    exchange.answer(parts.leases().renew(exchange.session(), exchange.path("id")));
  }

  private void release(Exchange exchange) {
    parts.leases().release(exchange.session(), exchange.path("id"));
    exchange.nothing();
  }

  private void intent(Exchange exchange) throws JsonCodec.MalformedJson {
    exchange.answer(
        201, parts.intake().take(exchange.session(), exchange.body(StatementIntent.class)));
  }

  private void change(Exchange exchange) throws JsonCodec.MalformedJson {
    exchange.answer(parts.allowed().run(exchange.session(), exchange.body(ChangeSet.class)));
  }

  private void outcome(Exchange exchange) throws JsonCodec.MalformedJson {
    exchange.answer(
        201, parts.statements().outcome(exchange.session(), exchange.body(StatementOutcome.class)));
  }

  private void refusedCall(Exchange exchange) throws JsonCodec.MalformedJson {
    exchange.answer(
        201, parts.statements().refusedCall(exchange.session(), exchange.body(RefusedCall.class)));
  }

  private void timeline(Exchange exchange) {
    exchange.answer(
        parts
            .timelines()
            .page(
                exchange.session().principalKey(),
                exchange.query("text", ""),
                exchange.number("before", Long.MAX_VALUE),
                (int) Math.clamp(exchange.number("limit", 100), 1, 500)));
  }
}
