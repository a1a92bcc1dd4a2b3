package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityList;
import dev.sluice.server.directory.ServiceIdentities;
import dev.sluice.server.directory.Sessions;
import java.util.List;

/// Making and revoking service identities.
final class IdentityRoutes {

  private final ServiceIdentities services;
  private final Sessions sessions;

  IdentityRoutes(ServiceIdentities services, Sessions sessions) {
    this.services = services;
    this.sessions = sessions;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            "/v1/identities",
            Access.SERVER_ADMIN,
            exchange -> exchange.answer(new ServiceIdentityList(services.list()))),
        Route.post("/v1/identities", Access.SERVER_ADMIN, this::create)
            .takes(NewServiceIdentity.class)
            .afterFreshSignIn(),
        Route.delete("/v1/identities/{id}", Access.SERVER_ADMIN, this::revoke));
  }

  private void create(Exchange exchange) throws JsonCodec.MalformedJson {
    exchange.answer(
        201, services.create(exchange.session(), exchange.body(NewServiceIdentity.class)));
  }

  private void revoke(Exchange exchange) {
    String principal = services.revoke(exchange.session(), exchange.path("id"));
    sessions.endAll(principal, "The service identity was revoked.");
    exchange.nothing();
  }
}
