package dev.sluice.server.http;

import dev.sluice.governance.codec.wire.BearerToken;
import dev.sluice.server.Problems;
import dev.sluice.server.ServerProblem;
import dev.sluice.server.directory.AttemptLimit;
import dev.sluice.server.directory.ServiceSessions;
import dev.sluice.server.directory.Sessions;
import dev.sluice.server.directory.TokenIssuer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Bearer tokens for agents and pipelines, and where clients find out how to get one (RFC 6749,
/// 7009, 7523, 8414, 8707, 9728).
final class OAuthRoutes {

  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String JWT_CLIENT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final TokenIssuer issuer;
  private final ServiceSessions services;
  private final Sessions sessions;
  private final Supplier<URI> resource;
  private final AttemptLimit byClient;
  private final AttemptLimit byAddress;

  OAuthRoutes(
      TokenIssuer issuer,
      ServiceSessions services,
      Sessions sessions,
      Supplier<URI> resource,
      AttemptLimit byClient,
      AttemptLimit byAddress) {
    this.issuer = issuer;
    this.services = services;
    this.sessions = sessions;
    this.resource = resource;
    this.byClient = byClient;
    this.byAddress = byAddress;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/.well-known/oauth-protected-resource", Access.ANYBODY, this::resource),
        Route.get("/.well-known/oauth-protected-resource/{place}", Access.ANYBODY, this::resource),
        Route.get("/.well-known/oauth-authorization-server", Access.ANYBODY, this::metadata),
        // The rule of these two is what is presented, checked inside.
        Route.post("/oauth/token", Access.ANYBODY, exchange -> guarded(exchange, this::token)),
        Route.post("/oauth/revoke", Access.ANYBODY, exchange -> guarded(exchange, this::revoke)));
  }

  private void resource(Exchange exchange) {
    String base = resource.get().toString();
    String place = exchange.pathOr("place", "");
    exchange.answer(
        Map.of(
            "resource",
            place.isEmpty() ? base : base + "/" + place,
            "authorization_servers",
            List.of(base),
            "bearer_methods_supported",
            List.of("header"),
            "resource_name",
            "Sluice"));
  }

  private void metadata(Exchange exchange) {
    String base = resource.get().toString();
    Map<String, Object> answer = new TreeMap<>();
    answer.put("issuer", base);
    // No grant here uses it, so RFC 8414 asks for none; clients in wide use read no metadata
    // without.
    answer.put("authorization_endpoint", base + "/oauth/authorize");
    answer.put("token_endpoint", base + "/oauth/token");
    answer.put("revocation_endpoint", base + "/oauth/revoke");
    answer.put("grant_types_supported", List.of("client_credentials", JWT_BEARER));
    answer.put("response_types_supported", List.of());
    List<String> methods = List.of("client_secret_basic", "client_secret_post", "private_key_jwt");
    answer.put("token_endpoint_auth_methods_supported", methods);
    answer.put(
        "token_endpoint_auth_signing_alg_values_supported",
        List.of("ES256", "ES384", "ES512", "RS256", "RS512", "PS256"));
    exchange.answer(answer);
  }

  private void token(Exchange exchange) {
    FormBody form = FormBody.of(exchange);
    limit(byAddress.count(exchange.remote() + "/token"));
    TokenIssuer.Wish wish = new TokenIssuer.Wish(form.get("resource"), form.get("session_id"));
    BearerToken token =
        switch (form.get("grant_type")) {
          case "client_credentials" -> clientCredentials(exchange, form, wish);
          case JWT_BEARER -> issuer.byWorkload(form.get("assertion"), wish);
          case "" -> throw FormBody.invalid("The parameter grant_type is missing.");
          default ->
              throw Problems.oauth(
                  "unsupported_grant_type",
                  "This server does not know that grant_type.",
                  "Use client_credentials, or " + JWT_BEARER + ".");
        };
    exchange.answer(token);
  }

  private BearerToken clientCredentials(Exchange exchange, FormBody form, TokenIssuer.Wish wish) {
    String assertion = form.get("client_assertion");
    if (!assertion.isEmpty()) {
      if (!form.get("client_assertion_type").equals(JWT_CLIENT)) {
        throw FormBody.invalid("client_assertion_type is " + JWT_CLIENT + ".");
      }
      return issuer.byKey(assertion, wish);
    }
    FormBody.Basic client =
        FormBody.basic(exchange.header("Authorization"))
            .orElseGet(() -> new FormBody.Basic(form.get("client_id"), form.get("client_secret")));
    limit(byClient.count(client.name()));
    BearerToken token = issuer.bySecret(client.name(), client.secret(), wish);
    byClient.clear(client.name());
    return token;
  }

  /// Whoever holds a token may end its session; a token that is none is answered alike.
  private void revoke(Exchange exchange) {
    limit(byAddress.count(exchange.remote() + "/revoke"));
    services
        .authenticate(FormBody.of(exchange).get("token"))
        .ifPresent(session -> sessions.end(session.id(), "The token was revoked."));
    exchange.answer(Map.of());
  }

  /// An error of the token endpoint speaks both languages: problem details, and RFC 6749.
  private static void guarded(Exchange exchange, RouteHandler handler)
      throws dev.sluice.governance.codec.JsonCodec.MalformedJson {
    try {
      handler.handle(exchange);
    } catch (ServerProblem problem) {
      Map<String, Object> body = new TreeMap<>();
      body.put("type", "urn:sluice:problem:" + problem.code());
      body.put("title", problem.title());
      body.put("status", problem.status());
      body.put("detail", String.valueOf(problem.getMessage()));
      body.put("code", problem.code());
      body.put("blame", problem.blame().name());
      body.put("wayOut", problem.wayOut());
      body.put("error", oauthCode(problem));
      body.put("error_description", problem.getMessage() + " " + problem.wayOut());
      if (problem.status() == 401) {
        exchange.context().header("WWW-Authenticate", "Basic realm=\"Sluice\"");
      }
      problem.retryAfter().ifPresent(Gate.retryAfter(exchange.context()));
      exchange.answer(problem.status(), body);
    }
  }

  private static String oauthCode(ServerProblem problem) {
    return switch (problem.code()) {
      case "token-refused", "token-replayed", "owner-away" -> "invalid_grant";
      case "agent-stopped" -> "access_denied";
      case "too-many" -> "slow_down";
      case "provider-unreachable" -> "temporarily_unavailable";
      case "provider-misconfigured", "internal" -> "server_error";
      default -> problem.code();
    };
  }

  private static void limit(OptionalLong wait) {
    if (wait.isPresent()) {
      throw Problems.tooMany(wait.getAsLong());
    }
  }
}
