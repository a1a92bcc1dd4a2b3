package dev.sluice.server.http;

import dev.sluice.governance.codec.wire.NewWebhook;
import dev.sluice.server.export.Deliveries;
import java.util.List;

/// Who is told of what happens besides the log, and what did not arrive.
final class NotificationRoutes {

  private final Deliveries deliveries;

  NotificationRoutes(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/admin/receivers", Access.SERVER_ADMIN, e -> e.answer(deliveries.receivers())),
        Route.post(
                "/v1/admin/receivers",
                Access.SERVER_ADMIN,
                e -> e.answer(201, deliveries.add(e.session().actor(), e.body(NewWebhook.class))))
            .takes(NewWebhook.class)
            .afterFreshSignIn(),
        Route.delete(
                "/v1/admin/receivers/{name}",
                Access.SERVER_ADMIN,
                e -> e.answer(deliveries.remove(e.session().actor(), e.path("name"))))
            .afterFreshSignIn(),
        Route.post(
            "/v1/admin/receivers/{name}/test",
            Access.SERVER_ADMIN,
            e -> e.answer(deliveries.tryOut(e.session().actor(), e.path("name")))),
        Route.get("/v1/dead-letters", Access.SERVER_ADMIN, e -> e.answer(deliveries.deadLetters())),
        Route.post(
            "/v1/dead-letters/{id}/redelivery",
            Access.SERVER_ADMIN,
            e -> e.answer(deliveries.redeliver(e.path("id")))),
        Route.delete(
            "/v1/dead-letters/{id}",
            Access.SERVER_ADMIN,
            e -> e.answer(deliveries.discard(e.path("id")))));
  }
}
