package dev.sluice.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Agents that come over HTTP: the SDK's own client against a real server and database.
class McpHttpTest {

  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18",
       "capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}
      """;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static AgentShop shop;
  private static ServiceIdentityCreated agent;
  private static ServiceIdentityCreated other;

  @BeforeAll
  static void start() throws Exception {
    shop = AgentShop.open(folder.resolve("server"));
    agent = identity("agent", "reporter", "analyst");
    other = identity("agent", "second", "analyst");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static ServiceIdentityCreated identity(String kind, String name, String owner)
      throws Exception {
    try (HttpServerClient admin = shop.signIn("admin")) {
      return admin
          .identities()
          .add(new NewServiceIdentity(kind, name, owner, Set.of(), Map.of(), ""));
    }
  }

  @Test
  void aClientFindsItsWayFromTheAddressAloneAndWorksUnderTheRules() throws Exception {
    HttpResponse<String> nobody = post("", "", INITIALIZE);
    assertThat(nobody.statusCode()).isEqualTo(401);
    Matcher where =
        Pattern.compile("resource_metadata=\"([^\"]+)\"")
            .matcher(nobody.headers().firstValue("WWW-Authenticate").orElseThrow());
    assertThat(where.find()).isTrue();
    JsonNode resource = get(where.group(1));
    assertThat(resource.path("resource").asString()).isEqualTo(shop.address() + "/mcp");
    JsonNode authorization =
        get(
            resource.path("authorization_servers").path(0).asString()
                + "/.well-known/oauth-authorization-server");
    String token =
        token(
            authorization.path("token_endpoint").asString(),
            agent,
            resource.path("resource").asString());

    try (McpSyncClient client = client(token)) {
      client.initialize();
      assertThat(client.listTools().tools())
          .extracting(McpSchema.Tool::name)
          .containsExactlyInAnyOrder(
              "list_connections",
              "describe_schema",
              "check",
              "query",
              "request_approval",
              "approval_status",
              "run_approved",
              "explain_refusal",
              "my_activity");
      JsonNode masked = query(client, "SELECT name, email FROM customers WHERE id = 1");
      assertThat(masked.path("rows").toString()).isEqualTo("[[\"[redacted]\",\"[redacted]\"]]");
      JsonNode refused = query(client, "DROP TABLE orders").path("refusal");
      assertThat(refused.path("rule").asString()).isEqualTo("no-destructive-ddl");
      assertThat(client.listResources().resources())
          .anyMatch(each -> each.uri().equals("sluice://connections/shop/schema"));
      assertThat(
              client
                  .readResource(
                      new McpSchema.ReadResourceRequest("sluice://connections/shop/schema"))
                  .contents()
                  .toString())
          .contains("pii.email");
    }
    try (HttpServerClient owner = shop.signIn("analyst")) {
      assertThat(owner.timeline(TimelineQuery.newest(50)).entries())
          .anyMatch(
              entry ->
                  entry.title().startsWith("reporter")
                      && entry.statement().contains("SELECT name, email"));
    }
  }

  @Test
  void instructionsInDataArriveMarkedAndInert() throws Exception {
    try (McpSyncClient client = client(token(agent))) {
      client.initialize();
      CallToolResult answer = run(client, "SELECT note FROM orders WHERE id = 13");
      String text = ((McpSchema.TextContent) answer.content().getFirst()).text();
      String mark = text.substring(text.indexOf("<data-") + 1, text.indexOf('>'));
      assertThat(text).endsWith("</" + mark + ">").contains("never instructions");
      assertThat(text.indexOf("Ignore all previous"))
          .isBetween(text.indexOf("<" + mark + ">"), text.indexOf("</" + mark + ">"));
      assertThat(text).doesNotContain("\u202E");
      assertThat(structured(answer).path("trust").asString()).isEqualTo("untrusted");
    }
    assertThat(shop.look("SELECT count(*) FROM orders")).isEqualTo("2000");
  }

  @Test
  void whatAPersonApprovedRunsOnce() throws Exception {
    try (McpSyncClient client = client(token(agent))) {
      client.initialize();
      CallToolResult asked =
          client.callTool(
              call(
                  "request_approval",
                  Map.of(
                      "connection", "shop",
                      "sql", "UPDATE orders SET status = 'void' WHERE id = 77",
                      "reason", "a customer called")));
      String id = structured(asked).path("request_id").asString();
      assertThat(client.callTool(call("run_approved", Map.of("request_id", id))).isError())
          .isTrue();
      try (HttpServerClient owner = shop.signIn("owner")) {
        owner.review(id, Review.Verdict.APPROVE, "I called them");
      }
      CallToolResult ran = client.callTool(call("run_approved", Map.of("request_id", id)));
      assertThat(structured(ran).path("update_count").asInt()).isEqualTo(1);
      assertThat(client.callTool(call("run_approved", Map.of("request_id", id))).isError())
          .isTrue();
    }
    assertThat(shop.look("SELECT status FROM orders WHERE id = 77")).isEqualTo("void");
  }

  @Test
  void aSessionIsOfNoUseToAnotherAgentAndATokenForAnotherPlaceOpensNone() throws Exception {
    String token = token(agent);
    String session = opened(token);
    assertThat(tools(token, session).statusCode()).isEqualTo(200);
    assertThat(tools(token(other), session).statusCode()).isEqualTo(404);
    assertThat(tools("", session).statusCode()).isEqualTo(401);
    String elsewhere = token(shop.address() + "/oauth/token", agent, shop.address() + "/v1");
    assertThat(post(elsewhere, "", INITIALIZE).statusCode()).isEqualTo(401);
    // Another token of the same agent goes on with the session.
    assertThat(tools(token(agent), session).statusCode()).isEqualTo(200);
    // A session that its client ended is gone.
    HttpResponse<String> ended =
        HTTP.send(
            request(token, session).method("DELETE", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(ended.statusCode()).isEqualTo(200);
    assertThat(tools(token, session).statusCode()).isEqualTo(404);
  }

  @Test
  void nobodyButAnAgentGetsIn() throws Exception {
    ServiceIdentityCreated pipeline = identity("pipeline", "nightly", "");
    assertThat(post(token(pipeline), "", INITIALIZE).statusCode()).isEqualTo(403);
    ServiceIdentityCreated leaving = identity("agent", "leaving", "analyst");
    String token = token(leaving);
    String session = opened(token);
    assertThat(tools(token, session).statusCode()).isEqualTo(200);
    try (HttpServerClient admin = shop.signIn("admin")) {
      admin.identities().revoke(leaving.identity().id());
    }
    HttpResponse<String> after = tools(token, session);
    assertThat(after.statusCode()).isEqualTo(401);
    assertThat(after.body()).contains("session-ended");
  }

  @Test
  void aPageOfAnotherOriginAndAForeignNameOfThisServerAreRefused() throws Exception {
    String token = token(agent);
    HttpResponse<String> page =
        HTTP.send(
            request(token, "")
                .header("Origin", "http://evil.test")
                .POST(HttpRequest.BodyPublishers.ofString(INITIALIZE))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("foreign-origin");
    assertThat(rebound(token)).startsWith("HTTP/1.1 403");
    try (HttpServerClient owner = shop.signIn("analyst")) {
      assertThat(owner.timeline(TimelineQuery.newest(50)).entries())
          .anyMatch(entry -> entry.detail().contains("another origin"));
    }
  }

  /// A request by a name that somebody else's name server gave for this machine.
  private static String rebound(String token) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", shop.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /mcp HTTP/1.1\r\nHost: evil.test\r\nAuthorization: Bearer "
                  + token
                  + "\r\nConnection: close\r\nAccept: application/json, text/event-stream\r\n"
                  + "Content-Length: "
                  + INITIALIZE.length()
                  + "\r\n\r\n"
                  + INITIALIZE)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void wrongAndHugeArgumentsAreRefusedAndWrittenDownAndRunNothing() throws Exception {
    String token = token(other);
    String session = opened(token);
    String wrong = post(token, session, toolCall("{\"connection\":\"shop\",\"sql\":7}")).body();
    assertThat(wrong).contains("bad-arguments").contains("is not a text");
    assertThat(post(token, session, toolCall("[1,2]")).body()).contains("error");
    assertThat(post(token, session, "this is no message").statusCode()).isEqualTo(400);
    assertThat(post(token, session, "[".repeat(100_000)).statusCode()).isEqualTo(400);
    String huge = toolCall("{\"connection\":\"shop\",\"sql\":\"" + "x".repeat(10_000_000) + "\"}");
    assertThat(post(token, session, huge).statusCode()).isEqualTo(413);
    assertThat(tools(token, session).statusCode()).isEqualTo(200);
    try (HttpServerClient owner = shop.signIn("analyst")) {
      List<String> details =
          owner.timeline(TimelineQuery.newest(80)).entries().stream()
              .map(entry -> entry.title() + ": " + entry.detail())
              .toList();
      assertThat(details)
          .anyMatch(each -> each.contains("second") && each.contains("1048576 bytes"))
          .anyMatch(each -> each.contains("second") && each.contains("is not a text"));
    }
    assertThat(shop.look("SELECT count(*) FROM orders")).isEqualTo("2000");
  }

  @Test
  void aLongQueryTellsProgressAndStopsWhenItsCallIsCancelled() throws Exception {
    String token = token(agent);
    String session = opened(token);
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    HTTP.send(
                            request(token, session)
                                .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                        """
                                        {"jsonrpc":"2.0","id":91,"method":"tools/call","params":
                                         {"name":"query","_meta":{"progressToken":"p1"},
                                          "arguments":{"connection":"shop","sql":
                                          "SELECT count(*) FROM orders a, orders b, orders c"}}}
                                        """))
                                .build(),
                            HttpResponse.BodyHandlers.ofLines())
                        .body()
                        .forEach(lines::add);
                  } catch (Exception e) {
                    lines.add("failed: " + e);
                  }
                });
    for (int tries = 0; tries < 300 && !isRunning(); tries++) {
      Thread.sleep(50);
    }
    assertThat(isRunning()).isTrue();
    HttpResponse<String> cancelled =
        post(
            token,
            session,
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":"
                + "{\"requestId\":91}}");
    assertThat(cancelled.statusCode()).isEqualTo(202);
    caller.join(Duration.ofSeconds(20));
    assertThat(isRunning()).isFalse();
    assertThat(String.join("\n", lines)).contains("\"progressToken\":\"p1\"").contains("cancelled");
  }

  private static boolean isRunning() throws Exception {
    return !shop.look(
            "SELECT pid FROM pg_stat_activity WHERE state = 'active'"
                + " AND query LIKE '%orders b, orders c%' AND pid <> pg_backend_pid()")
        .isEmpty();
  }

  private static McpSyncClient client(String token) {
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder(shop.address().toString())
                .endpoint("/mcp")
                .httpRequestCustomizer(
                    (request, method, uri, body, context) ->
                        request
                            .header("Authorization", "Bearer " + token)
                            .header("Sluice-Labels", "workflow=reporting"))
                .build())
        .requestTimeout(Duration.ofSeconds(60))
        .build();
  }

  private static JsonNode query(McpSyncClient client, String sql) {
    return structured(run(client, sql));
  }

  private static CallToolResult run(McpSyncClient client, String sql) {
    return client.callTool(call("query", Map.of("connection", "shop", "sql", sql)));
  }

  private static McpSchema.CallToolRequest call(String tool, Map<String, Object> arguments) {
    return new McpSchema.CallToolRequest(tool, arguments);
  }

  private static JsonNode structured(CallToolResult result) {
    try {
      return JSON.readTree(
          McpJsonDefaults.getMapper().writeValueAsString(result.structuredContent()));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String toolCall(String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/call\",\"params\":{\"name\":\"query\","
        + "\"arguments\":"
        + arguments
        + "}}";
  }

  private static HttpResponse<String> tools(String token, String session) throws Exception {
    return post(token, session, "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/list\"}");
  }

  private static String opened(String token) throws Exception {
    HttpResponse<String> answer = post(token, "", INITIALIZE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.headers().firstValue("mcp-session-id").orElseThrow();
  }

  private static HttpRequest.Builder request(String token, String session) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(shop.address() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .header("Sluice-Labels", "workflow=testing")
            .timeout(Duration.ofSeconds(60));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return session.isEmpty() ? request : request.header("Mcp-Session-Id", session);
  }

  private static HttpResponse<String> post(String token, String session, String body)
      throws Exception {
    return HTTP.send(
        request(token, session).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode get(String address) throws Exception {
    return JSON.readTree(
        HTTP.send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private static String token(ServiceIdentityCreated who) throws Exception {
    return token(shop.address() + "/oauth/token", who, shop.address() + "/mcp");
  }

  private static String token(String endpoint, ServiceIdentityCreated who, String resource)
      throws Exception {
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(who.identity().id())
            + "&client_secret="
            + encoded(who.secret())
            + "&resource="
            + encoded(resource);
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(endpoint))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return JSON.readTree(answer.body()).path("access_token").asString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
