package dev.sluice.proof.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.governance.codec.JsonCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// What Microsoft's sign-in service looks like from outside, in front of a real Keycloak, which
/// signs every token: addresses, instance discovery and `client_info` are Entra ID's.
///
/// Of Microsoft Graph there is one answer, which is made up: [#graphSays].
public final class EntraFront implements AutoCloseable {

  /// The tenant that the realm's tokens carry.
  public static final String TENANT = "11111111-2222-3333-4444-555555555555";

  private static final String HOST = "login.microsoftonline.com";
  private static final String PROTOCOL = "/protocol/openid-connect";

  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String issuer;
  private final Set<String> appTokens = ConcurrentHashMap.newKeySet();
  private volatile List<String> graphGroups = List.of();

  public EntraFront(String keycloakIssuer) throws IOException {
    this.issuer = keycloakIssuer;
    this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /// Where it really is.
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Where a program or a browser that asks Microsoft's host gets to.
  public URI resolve(URI asked) {
    return HOST.equals(asked.getHost())
        ? URI.create(
            address()
                + asked.getRawPath()
                + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery()))
        : asked;
  }

  /// The made-up answer of Microsoft Graph about anybody's groups.
  public void graphSays(String... groups) {
    graphGroups = List.of(groups);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith("/discovery/instance")) {
        answer(exchange, 200, discovery());
      } else if (path.endsWith("/v2.0/.well-known/openid-configuration")) {
        HttpResponse<String> metadata =
            send(HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")));
        answer(exchange, metadata.statusCode(), metadata.body());
      } else if (path.endsWith("/" + TENANT + "/oauth2/v2.0/authorize")) {
        // Keycloak gives refresh tokens without it, and means something else by it.
        String query =
            exchange.getRequestURI().getRawQuery().replaceAll("(\\+|%20)?offline_access", "");
        exchange.getResponseHeaders().set("Location", issuer + PROTOCOL + "/auth?" + query);
        exchange.sendResponseHeaders(302, -1);
      } else if (path.endsWith("/" + TENANT + "/oauth2/v2.0/devicecode")) {
        device(exchange);
      } else if (path.endsWith("/" + TENANT + "/oauth2/v2.0/token")) {
        token(exchange);
      } else if (path.endsWith("/getMemberGroups")) {
        graph(exchange);
      } else {
        answer(exchange, 404, "{}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String discovery() {
    return """
    {"tenant_discovery_endpoint": "https://%s/%s/v2.0/.well-known/openid-configuration",
     "api-version": "1.1",
     "metadata": [{"preferred_network": "%s", "preferred_cache": "login.windows.net",
                   "aliases": ["%s", "login.windows.net"]}]}\
    """
        .formatted(HOST, TENANT, HOST, HOST);
  }

  private void device(HttpExchange exchange) throws IOException, InterruptedException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    HttpResponse<String> answered =
        send(
            HttpRequest.newBuilder(URI.create(issuer + PROTOCOL + "/auth/device"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(ofKeycloak(form, false))));
    answer(exchange, answered.statusCode(), answered.body());
  }

  private void token(HttpExchange exchange) throws IOException, InterruptedException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean ofProgram = form.contains("grant_type=client_credentials");
    HttpResponse<String> answered =
        send(
            HttpRequest.newBuilder(URI.create(issuer + PROTOCOL + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(ofKeycloak(form, ofProgram))));
    if (answered.statusCode() != 200) {
      answer(exchange, answered.statusCode(), answered.body());
      return;
    }
    Map<String, Object> tokens = json(answered.body());
    if (ofProgram) {
      appTokens.add(String.valueOf(tokens.get("access_token")));
    } else {
      tokens.put("client_info", clientInfo(String.valueOf(tokens.get("id_token"))));
    }
    answer(exchange, 200, JsonCodec.write(tokens));
  }

  /// Microsoft's scopes say nothing to Keycloak, which gives refresh tokens without being asked.
  private static String ofKeycloak(String form, boolean ofProgram) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : form.split("&")) {
      String[] sides = field.split("=", 2);
      fields.put(sides[0], sides.length == 2 ? sides[1] : "");
    }
    fields.put("scope", "openid");
    // MSAL uses Microsoft's older name of the grant, which Entra ID still takes.
    fields.computeIfPresent(
        "grant_type",
        (name, grant) ->
            grant.equals("device_code")
                ? "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code"
                : grant);
    if (ofProgram) {
      fields.remove("scope");
    }
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining("&"));
  }

  /// Which account the tokens belong to, as Entra ID adds it.
  private static String clientInfo(String idToken) throws IOException {
    Map<String, Object> claims =
        json(
            new String(
                Base64.getUrlDecoder().decode(idToken.split("\\.")[1]), StandardCharsets.UTF_8));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            JsonCodec.write(Map.of("uid", claims.get("oid"), "utid", claims.get("tid")))
                .getBytes(StandardCharsets.UTF_8));
  }

  private void graph(HttpExchange exchange) throws IOException {
    String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean known = bearer.startsWith("Bearer ") && appTokens.contains(bearer.substring(7));
    answer(
        exchange, known ? 200 : 401, known ? JsonCodec.write(Map.of("value", graphGroups)) : "{}");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String text) throws IOException {
    try {
      return new LinkedHashMap<>((Map<String, Object>) JsonCodec.read(text, Map.class));
    } catch (JsonCodec.MalformedJson e) {
      throw new IOException(e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }
}
