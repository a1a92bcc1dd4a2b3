package dev.sluice.server.http;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.ConnectionSecrets;
import dev.sluice.governance.codec.wire.EnforcementApproval;
import dev.sluice.governance.codec.wire.FirstAdministrator;
import dev.sluice.governance.codec.wire.GroupRole;
import dev.sluice.governance.codec.wire.GroupRoleList;
import dev.sluice.governance.codec.wire.ManagedConnectionList;
import dev.sluice.governance.codec.wire.NewConnection;
import dev.sluice.governance.codec.wire.NewPassword;
import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.governance.codec.wire.PersonChange;
import dev.sluice.governance.codec.wire.PersonList;
import dev.sluice.server.Problems;
import dev.sluice.server.Target;
import dev.sluice.server.credentials.ConnectionRegistry;
import dev.sluice.server.credentials.ConnectionTrial;
import dev.sluice.server.credentials.EnforcedLogins;
import dev.sluice.server.directory.AttemptLimit;
import dev.sluice.server.directory.Bootstrap;
import dev.sluice.server.directory.GroupRoles;
import dev.sluice.server.directory.LocalPeople;
import dev.sluice.server.enforcement.EnforcementDesk;
import dev.sluice.server.policies.Policies;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Administering the server: connections, local people, roles of groups, the first administrator.
public final class AdminRoutes {

  private final Parts parts;

  /// What the routes work with.
  ///
  /// @param attempts at using a bootstrap token, by address
  public record Parts(
      ConnectionRegistry connections,
      LocalPeople people,
      GroupRoles groupRoles,
      Bootstrap bootstrap,
      Policies policies,
      AttemptLimit attempts,
      EnforcedLogins enforcedLogins,
      EnforcementDesk enforcement) {}

  AdminRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> routes() {
    return List.of(
        // The rule of this route is the one-time token, checked inside.
        Route.post("/v1/bootstrap", Access.ANYBODY, this::bootstrap)
            .takes(FirstAdministrator.class),
        Route.get("/v1/admin/connections", Access.SERVER_ADMIN, this::connections),
        Route.post("/v1/admin/connections", Access.SERVER_ADMIN, this::addConnection)
            .takes(NewConnection.class)
            .afterFreshSignIn(),
        Route.post("/v1/admin/connections/{name}/test", Access.SERVER_ADMIN, this::testConnection),
        Route.post("/v1/admin/connections/{name}/secrets", Access.SERVER_ADMIN, this::rotate)
            .takes(ConnectionSecrets.class)
            .afterFreshSignIn(),
        Route.get(
            "/v1/admin/connections/{name}/enforcement",
            Access.SERVER_ADMIN,
            e -> e.answer(parts.enforcement().review(e.path("name")))),
        Route.post(
                "/v1/admin/connections/{name}/enforcement/application",
                Access.SERVER_ADMIN,
                this::applyEnforcement)
            .takes(EnforcementApproval.class)
            .afterFreshSignIn(),
        Route.post(
            "/v1/admin/connections/{name}/enforcement/verification",
            Access.SERVER_ADMIN,
            e -> e.answer(parts.enforcement().verify(e.session().actor(), e.path("name")))),
        Route.delete("/v1/admin/connections/{name}", Access.SERVER_ADMIN, this::removeConnection)
            .afterFreshSignIn(),
        Route.get(
            "/v1/admin/people",
            Access.SERVER_ADMIN,
            e -> e.answer(new PersonList(parts.people().list()))),
        Route.post(
                "/v1/admin/people",
                Access.SERVER_ADMIN,
                e ->
                    e.answer(201, parts.people().add(e.session().actor(), e.body(NewPerson.class))))
            .takes(NewPerson.class)
            .afterFreshSignIn(),
        Route.post(
                "/v1/admin/people/{account}",
                Access.SERVER_ADMIN,
                e ->
                    e.answer(
                        parts
                            .people()
                            .change(
                                e.session().actor(),
                                e.path("account"),
                                e.body(PersonChange.class))))
            .takes(PersonChange.class)
            .afterFreshSignIn(),
        Route.post("/v1/admin/people/{account}/password", Access.SERVER_ADMIN, this::resetPassword)
            .takes(NewPassword.class)
            .afterFreshSignIn(),
        Route.get(
            "/v1/admin/group-roles",
            Access.SERVER_ADMIN,
            e -> e.answer(new GroupRoleList(parts.groupRoles().all()))),
        Route.post("/v1/admin/group-roles", Access.SERVER_ADMIN, this::mapRole)
            .takes(GroupRole.class)
            .afterFreshSignIn(),
        Route.post("/v1/admin/group-roles/removal", Access.SERVER_ADMIN, this::unmapRole)
            .takes(GroupRole.class)
            .afterFreshSignIn());
  }

  private void bootstrap(Exchange exchange) throws JsonCodec.MalformedJson {
    OptionalLong wait = parts.attempts().count(exchange.remote());
    if (wait.isPresent()) {
      throw Problems.tooMany(wait.getAsLong());
    }
    parts.bootstrap().firstAdministrator(exchange.body(FirstAdministrator.class));
    exchange.nothing();
  }

  private void connections(Exchange exchange) {
    Map<String, String> governed = environments();
    exchange.answer(new ManagedConnectionList(parts.connections().list(governed::containsKey)));
  }

  private void addConnection(Exchange exchange) throws JsonCodec.MalformedJson {
    NewConnection wanted = exchange.body(NewConnection.class);
    parts.connections().add(exchange.session().actor(), wanted.connection(), wanted.logins());
    exchange.nothing();
  }

  private void testConnection(Exchange exchange) {
    String name = exchange.path("name");
    Target target =
        parts.connections().find(name).orElseThrow(() -> Problems.notFound("connection"));
    exchange.answer(
        ConnectionTrial.of(
            target,
            java.util.Optional.ofNullable(environments().get(name)),
            parts.enforcedLogins()));
  }

  private void applyEnforcement(Exchange exchange) throws JsonCodec.MalformedJson {
    String plan = exchange.body(EnforcementApproval.class).plan();
    exchange.answer(
        parts.enforcement().apply(exchange.session().actor(), exchange.path("name"), plan));
  }

  private void rotate(Exchange exchange) throws JsonCodec.MalformedJson {
    parts
        .connections()
        .rotate(
            exchange.session().actor(),
            exchange.path("name"),
            exchange.body(ConnectionSecrets.class));
    exchange.nothing();
  }

  private void removeConnection(Exchange exchange) {
    parts.connections().remove(exchange.session().actor(), exchange.path("name"));
    exchange.nothing();
  }

  private void resetPassword(Exchange exchange) throws JsonCodec.MalformedJson {
    parts
        .people()
        .resetPassword(
            exchange.session().actor(),
            exchange.path("account"),
            exchange.body(NewPassword.class).password());
    exchange.nothing();
  }

  private void mapRole(Exchange exchange) throws JsonCodec.MalformedJson {
    parts.groupRoles().add(exchange.session().actor(), exchange.body(GroupRole.class));
    exchange.nothing();
  }

  private void unmapRole(Exchange exchange) throws JsonCodec.MalformedJson {
    parts.groupRoles().remove(exchange.session().actor(), exchange.body(GroupRole.class));
    exchange.nothing();
  }

  private Map<String, String> environments() {
    return parts.policies().find().map(policy -> policy.loaded().environments()).orElse(Map.of());
  }
}
