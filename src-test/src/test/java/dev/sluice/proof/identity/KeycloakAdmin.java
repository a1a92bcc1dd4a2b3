package dev.sluice.proof.identity;

import dev.sluice.governance.codec.JsonCodec;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What an administrator of the identity provider does during a test.
public final class KeycloakAdmin {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;

  public KeycloakAdmin(KeycloakServer keycloak) {
    this.base = "http://127.0.0.1:" + keycloak.port();
  }

  /// An access token by client credentials, as a pipeline gets it.
  public String clientCredentials(String client, String secret) throws Exception {
    return token(
        "/realms/sluice/protocol/openid-connect/token",
        "grant_type=client_credentials&client_id=" + client + "&client_secret=" + secret);
  }

  /// Ends every session of a person at the provider.
  public void endSessions(String account) throws Exception {
    send("POST", "/admin/realms/sluice/users/" + id(account) + "/logout", "");
  }

  public void leave(String account, String group) throws Exception {
    send("DELETE", "/admin/realms/sluice/users/" + id(account) + "/groups/" + group(group), "");
  }

  public void join(String account, String group) throws Exception {
    send("PUT", "/admin/realms/sluice/users/" + id(account) + "/groups/" + group(group), "{}");
  }

  private String id(String account) throws Exception {
    return first(send("GET", "/admin/realms/sluice/users?exact=true&username=" + account, ""));
  }

  private String group(String name) throws Exception {
    return first(send("GET", "/admin/realms/sluice/groups?exact=true&search=" + name, ""));
  }

  private static String first(String json) throws Exception {
    return String.valueOf(((Map<?, ?>) JsonCodec.read(json, List.class).getFirst()).get("id"));
  }

  private String send(String method, String path, String body) throws Exception {
    String token =
        token(
            "/realms/master/protocol/openid-connect/token",
            "grant_type=password&client_id=admin-cli&username="
                + KeycloakServer.ADMIN
                + "&password="
                + URLEncoder.encode(KeycloakServer.ADMIN_PASSWORD, StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + answer.statusCode());
    }
    return answer.body();
  }

  private String token(String path, String form) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return String.valueOf(JsonCodec.read(answer.body(), Map.class).get("access_token"));
  }
}
