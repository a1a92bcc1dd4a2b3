package dev.sluice.server.http;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.PasswordSignIn;
import dev.sluice.governance.codec.wire.SessionOpened;
import dev.sluice.governance.codec.wire.SessionRefresh;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.directory.Accounts;
import dev.sluice.server.directory.AttemptLimit;
import dev.sluice.server.directory.Session;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Opening, renewing and ending sessions.
final class SignInRoutes {

  private final Gate gate;
  private final Accounts accounts;
  private final Sessions sessions;
  private final AttemptLimit byAccount;
  private final AttemptLimit byAddress;
  private final Store store;
  private final Ledger ledger;
  private final InstantSource clock;

  SignInRoutes(
      Gate gate,
      Accounts accounts,
      Sessions sessions,
      AttemptLimit byAccount,
      AttemptLimit byAddress,
      Store store,
      Ledger ledger,
      InstantSource clock) {
    this.gate = gate;
    this.accounts = accounts;
    this.sessions = sessions;
    this.byAccount = byAccount;
    this.byAddress = byAddress;
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/sessions", Access.ANYBODY, this::open),
        // The rule of this route is the refresh token and the device's proof, checked inside.
        Route.post("/v1/sessions/refresh", Access.ANYBODY, this::refresh),
        Route.delete("/v1/sessions/current", Access.SIGNED_IN, this::close),
        Route.get(
            "/v1/me", Access.SIGNED_IN, exchange -> exchange.answer(exchange.session().actor())));
  }

  private void open(Exchange exchange) throws JsonCodec.MalformedJson {
    PasswordSignIn wanted = exchange.body(PasswordSignIn.class);
    limit(byAddress.count(exchange.remote()));
    limit(byAccount.count(wanted.account()));
    Optional<Actor> actor =
        accounts.authenticate(wanted.account(), wanted.password().toCharArray());
    if (actor.isEmpty()) {
      recordRefused(wanted.account());
      throw Problems.wrongPassword();
    }
    byAccount.clear(wanted.account());
    Sessions.Opened opened =
        sessions.open(
            actor.get(),
            new Sessions.Authentication("", clock.instant()),
            wanted.deviceKey(),
            wanted.client());
    exchange.answer(201, wire(opened));
  }

  private void refresh(Exchange exchange) throws JsonCodec.MalformedJson {
    SessionRefresh wanted = exchange.body(SessionRefresh.class);
    limit(byAddress.count(exchange.remote() + "/refresh"));
    Session session =
        sessions.ofRefreshToken(wanted.refreshToken()).orElseThrow(Problems::notSignedIn);
    gate.prove(session, exchange.context(), wanted.refreshToken(), exchange.bodyBytes());
    exchange.answer(wire(sessions.refresh(session, wanted.refreshToken(), Optional.empty())));
  }

  private void close(Exchange exchange) {
    sessions.end(exchange.session().id(), "signed out");
    exchange.nothing();
  }

  private SessionOpened wire(Sessions.Opened opened) {
    return new SessionOpened(
        opened.session().id(),
        opened.token(),
        opened.refreshToken(),
        opened.session().tokenExpiresAt(),
        clock.instant(),
        gate.nonce(),
        opened.session().actor());
  }

  private void recordRefused(String account) {
    String subject = account.length() > 100 ? account.substring(0, 100) : account;
    store.write(
        transaction ->
            ledger.append(
                transaction,
                new AuditEvent(
                    Ids.next(),
                    "session.refused",
                    1,
                    clock.instant(),
                    Accounts.ISSUER + "|" + subject,
                    "person",
                    "sign-in",
                    Map.of("reason", "Account and password did not match."))));
  }

  private static void limit(OptionalLong wait) {
    if (wait.isPresent()) {
      throw Problems.tooMany(wait.getAsLong());
    }
  }
}
