package dev.sluice.proof.journey;

import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An agent as others build one: the MCP SDK's client over HTTP, with a bearer token.
final class HttpAgent implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI server;
  private final String token;
  private final McpSyncClient client;

  private HttpAgent(URI server, String token) {
    this.server = server;
    this.token = token;
    client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(server.toString())
                    .endpoint("/mcp")
                    .httpRequestCustomizer(
                        (request, method, uri, body, context) ->
                            request.header("Authorization", "Bearer " + token))
                    .build())
            .requestTimeout(Duration.ofSeconds(60))
            .build();
    client.initialize();
  }

  static HttpAgent connect(URI server, ServiceIdentityCreated who) throws Exception {
    JsonNode answer = JSON.readTree(tokenAnswer(server, who));
    return new HttpAgent(server, answer.path("access_token").asString());
  }

  /// What the token endpoint says.
  static String tokenAnswer(URI server, ServiceIdentityCreated who) throws Exception {
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(who.identity().id())
            + "&client_secret="
            + encoded(who.secret())
            + "&resource="
            + encoded(server + "/mcp");
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(server + "/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  JsonNode query(String sql) {
    return call("query", Map.of("connection", "shop", "sql", sql));
  }

  JsonNode request(String sql) {
    return call(
        "request_approval", Map.of("connection", "shop", "sql", sql, "reason", "paid twice"));
  }

  JsonNode runApproved(String request) {
    return call("run_approved", Map.of("request_id", request));
  }

  private JsonNode call(String tool, Map<String, Object> arguments) {
    Object content =
        client.callTool(new McpSchema.CallToolRequest(tool, arguments)).structuredContent();
    try {
      return JSON.readTree(McpJsonDefaults.getMapper().writeValueAsString(content));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// What the token is still good for.
  int status() throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(server + "/mcp"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
