package dev.sluice.server.http;

import dev.sluice.server.schema.SchemaHistory;
import java.util.List;

/// How the schema of a connection came to be what it is.
final class SchemaRoutes {

  private final SchemaHistory history;

  SchemaRoutes(SchemaHistory history) {
    this.history = history;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/connections/{name}/schema/log",
            Access.SIGNED_IN,
            exchange -> exchange.answer(history.log(exchange.path("name")))),
        Route.get(
                "/v1/connections/{name}/schema/diff",
                Access.SIGNED_IN,
                exchange ->
                    exchange.answer(
                        history.diff(
                            exchange.path("name"),
                            exchange.query("from", ""),
                            exchange.query("to", ""))))
            .asks("from", "to"));
  }
}
