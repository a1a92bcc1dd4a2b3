package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewWriteFreeze;
import dev.sluice.governance.codec.wire.Revocation;
import dev.sluice.governance.codec.wire.WriteFreezeList;
import dev.sluice.server.OversightProblems;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.live.Freezes;
import dev.sluice.server.live.LabelReports;
import dev.sluice.server.live.LiveBoard;
import java.time.Duration;
import java.util.List;

/// Watching over the server: what happens now, ending sessions, freezing writes.
public final class OversightRoutes {

  private static final long LONGEST_WAIT = 10_000;
  private static final int LONGEST_REASON = 500;

  private final Parts parts;

  /// What the routes work with.
  public record Parts(LiveBoard board, Freezes freezes, Sessions sessions, LabelReports labels) {}

  OversightRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/live", Access.OVERSEER, this::live).asks("after", "wait"),
        Route.get(
                "/v1/live/labels",
                Access.OVERSEER,
                e ->
                    e.answer(
                        parts.labels().of(e.query("label", "workflow"), e.number("hours", 24))))
            .asks("label", "hours"),
        // Everybody whose write is refused may know why.
        Route.get(
            "/v1/freezes",
            Access.SIGNED_IN,
            e -> e.answer(new WriteFreezeList(parts.freezes().holding()))),
        Route.post(
                "/v1/freezes",
                Access.SERVER_ADMIN,
                e ->
                    e.answer(
                        201,
                        parts.freezes().freeze(e.session().actor(), e.body(NewWriteFreeze.class))))
            .takes(NewWriteFreeze.class),
        Route.delete("/v1/freezes/{id}", Access.SERVER_ADMIN, this::lift),
        Route.post("/v1/live/sessions/{id}/end", Access.SERVER_ADMIN, this::endSession)
            .takes(Revocation.class));
  }

  private void live(Exchange exchange) {
    boolean reads = exchange.session().actor().principal().roles().contains("auditor");
    exchange.answer(
        parts
            .board()
            .report(
                exchange.number("after", -1),
                reads,
                Duration.ofMillis(Math.clamp(exchange.number("wait", 0), 0, LONGEST_WAIT))));
  }

  private void lift(Exchange exchange) {
    parts.freezes().lift(exchange.session().actor(), exchange.path("id"));
    exchange.nothing();
  }

  private void endSession(Exchange exchange) throws JsonCodec.MalformedJson {
    String reason = exchange.body(Revocation.class).reason().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw OversightProblems.reasonNeeded();
    }
    if (!parts.sessions().isLive(exchange.path("id"))) {
      throw Problems.notFound("open session");
    }
    parts
        .sessions()
        .end(
            exchange.path("id"),
            exchange.session().actor().principal().displayName() + " ended it: " + reason);
    exchange.nothing();
  }
}
