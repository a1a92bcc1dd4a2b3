package dev.sluice.server.http;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.FreshSignIn;
import dev.sluice.governance.codec.wire.PasswordSignIn;
import dev.sluice.governance.codec.wire.SessionOpened;
import dev.sluice.governance.codec.wire.SessionRefresh;
import dev.sluice.governance.codec.wire.SignInProvider;
import dev.sluice.governance.codec.wire.SignInProviders;
import dev.sluice.governance.codec.wire.TokenSignIn;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.Ids;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.directory.Accounts;
import dev.sluice.server.directory.AttemptLimit;
import dev.sluice.server.directory.IdTokens;
import dev.sluice.server.directory.Session;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.ledger.Ledger;
import dev.sluice.server.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Opening, renewing and ending sessions.
final class SignInRoutes {

  private static final String WRONG_PASSWORD = "Account and password did not match.";

  private final Gate gate;
  private final Accounts accounts;
  private final Sessions sessions;
  private final IdTokens idTokens;
  private final AttemptLimit byAccount;
  private final AttemptLimit byAddress;
  private final Store store;
  private final Ledger ledger;
  private final InstantSource clock;

  SignInRoutes(
      Gate gate,
      Accounts accounts,
      Sessions sessions,
      IdTokens idTokens,
      AttemptLimit byAccount,
      AttemptLimit byAddress,
      Store store,
      Ledger ledger,
      InstantSource clock) {
    this.gate = gate;
    this.accounts = accounts;
    this.sessions = sessions;
    this.idTokens = idTokens;
    this.byAccount = byAccount;
    this.byAddress = byAddress;
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/sessions", Access.ANYBODY, this::open).takes(PasswordSignIn.class),
        // The rule of this route is the refresh token and the device's proof, checked inside.
        Route.post("/v1/sessions/refresh", Access.ANYBODY, this::refresh)
            .takes(SessionRefresh.class),
        Route.get("/v1/sign-in", Access.ANYBODY, this::providers),
        // The rule of this route is the provider's token, checked inside.
        Route.post("/v1/sessions/exchange", Access.ANYBODY, this::exchange)
            .takes(TokenSignIn.class),
        Route.post("/v1/sessions/current/authentication", Access.PERSON, this::authenticate)
            .takes(FreshSignIn.class),
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
      recordRefused(wanted.account(), WRONG_PASSWORD);
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

  private void providers(Exchange exchange) {
    exchange.answer(
        new SignInProviders(
            idTokens.providers().stream()
                .map(
                    provider ->
                        new SignInProvider(
                            provider.id(),
                            provider.kind().name().toLowerCase(Locale.ROOT),
                            provider.label(),
                            provider.issuer(),
                            provider.clientId(),
                            provider.authority().toString(),
                            provider.tenant(),
                            provider.scopes(),
                            provider.codeClientId()))
                .toList()));
  }

  private void exchange(Exchange exchange) throws JsonCodec.MalformedJson {
    TokenSignIn wanted = exchange.body(TokenSignIn.class);
    limit(byAddress.count(exchange.remote()));
    IdTokens.Vouched vouched;
    try {
      vouched = idTokens.signIn(wanted);
    } catch (ServerProblem e) {
      recordRefused("provider:" + wanted.provider(), String.valueOf(e.getMessage()));
      throw e;
    }
    exchange.answer(
        201,
        wire(
            sessions.open(
                vouched.person(),
                new Sessions.Authentication(wanted.provider(), vouched.authenticatedAt()),
                wanted.deviceKey(),
                wanted.client())));
  }

  private void authenticate(Exchange exchange) throws JsonCodec.MalformedJson {
    FreshSignIn shown = exchange.body(FreshSignIn.class);
    Session session = exchange.session();
    Instant at;
    if (session.provider().isEmpty()) {
      String account = session.actor().principal().subject();
      limit(byAccount.count(account));
      if (accounts.authenticate(account, shown.password().toCharArray()).isEmpty()) {
        recordRefused(account, WRONG_PASSWORD);
        throw Problems.wrongPassword();
      }
      byAccount.clear(account);
      at = clock.instant();
    } else {
      limit(byAddress.count(exchange.remote()));
      String key =
          session
              .deviceKey()
              .map(found -> Base64.getEncoder().encodeToString(found.getEncoded()))
              .orElseThrow(Problems::notSignedIn);
      at = idTokens.fresh(session, shown.idToken(), shown.salt(), key).authenticatedAt();
    }
    sessions.authenticated(session, at);
    exchange.nothing();
  }

  private void refresh(Exchange exchange) throws JsonCodec.MalformedJson {
    SessionRefresh wanted = exchange.body(SessionRefresh.class);
    limit(byAddress.count(exchange.remote() + "/refresh"));
    Session session =
        sessions.ofRefreshToken(wanted.refreshToken()).orElseThrow(Problems::notSignedIn);
    gate.prove(session, exchange.context(), wanted.refreshToken(), exchange.bodyBytes());
    Optional<Actor.Person> vouched =
        session.provider().isEmpty()
            ? Optional.empty()
            : Optional.of(idTokens.renew(session, wanted.idToken()).person());
    exchange.answer(wire(sessions.refresh(session, wanted.refreshToken(), vouched)));
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

  private void recordRefused(String account, String reason) {
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
                    Map.of("reason", reason))));
  }

  private static void limit(OptionalLong wait) {
    if (wait.isPresent()) {
      throw Problems.tooMany(wait.getAsLong());
    }
  }
}
