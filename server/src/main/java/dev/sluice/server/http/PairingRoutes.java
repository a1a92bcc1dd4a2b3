package dev.sluice.server.http;

import dev.sluice.governance.codec.wire.ConfirmEach;
import dev.sluice.governance.codec.wire.ConfirmationAnswer;
import dev.sluice.governance.codec.wire.Revocation;
import dev.sluice.server.pairing.Pairing;
import java.util.List;

/// A person's own agents: what they do, stopping them, a word on each statement.
final class PairingRoutes {

  private final Pairing pairing;

  PairingRoutes(Pairing pairing) {
    this.pairing = pairing;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/agents", Access.PERSON, e -> e.answer(pairing.of(e.session().actor()))),
        Route.get(
                "/v1/agents/{id}/activity",
                Access.PERSON,
                e ->
                    e.answer(
                        pairing.activity(
                            e.session().actor(),
                            e.path("id"),
                            (int) Math.clamp(e.number("limit", 100), 1, 500))))
            .asks("limit"),
        Route.post(
                "/v1/agents/{id}/stop",
                Access.PERSON,
                e -> {
                  pairing.stop(
                      e.session().actor(), e.path("id"), e.body(Revocation.class).reason());
                  e.nothing();
                })
            .takes(Revocation.class),
        Route.delete(
            "/v1/agents/{id}/stop",
            Access.PERSON,
            e -> {
              pairing.resume(e.session().actor(), e.path("id"));
              e.nothing();
            }),
        Route.post(
                "/v1/agents/{id}/confirm-each",
                Access.PERSON,
                e -> {
                  pairing.confirmEach(
                      e.session().actor(), e.path("id"), e.body(ConfirmEach.class).seconds());
                  e.nothing();
                })
            .takes(ConfirmEach.class),
        Route.post(
                "/v1/agent-confirmations/{id}",
                Access.PERSON,
                e -> {
                  pairing.answer(
                      e.session().actor(), e.path("id"), e.body(ConfirmationAnswer.class).answer());
                  e.nothing();
                })
            .takes(ConfirmationAnswer.class));
  }
}
