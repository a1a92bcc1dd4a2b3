package dev.sluice.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.codec.wire.NewPerson;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.PersonChange;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import dev.sluice.server.mcp.AgentAllowances;
import dev.sluice.server.mcp.AgentLimits;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What goes wrong with agents over HTTP: tokens that ran out, owners that left, loops, and other
/// agents' approvals. Each ends in a reason, and nothing runs.
class McpHttpBadDayTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static final AtomicReference<Duration> LATER = new AtomicReference<>(Duration.ZERO);
  private static AgentShop shop;

  @BeforeAll
  static void start() throws Exception {
    AgentLimits few = new AgentLimits(8, 3, 120, 1_000_000, Duration.ofSeconds(60));
    shop =
        AgentShop.open(
            folder.resolve("server"),
            config ->
                config
                    .withClock(() -> Instant.now().plus(LATER.get()))
                    .withOperations(
                        config
                            .operations()
                            .withAgents(
                                new AgentAllowances(
                                    AgentLimits.standard(), Map.of("looper", few)))));
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static ServiceIdentityCreated agent(String name, String owner) throws Exception {
    try (HttpServerClient admin = shop.signIn("admin")) {
      return admin
          .identities()
          .add(new NewServiceIdentity("agent", name, owner, Set.of(), Map.of(), ""));
    }
  }

  @Test
  void anAgentThatLoopsIsStoppedByTheBudgetThatItsServerSets() throws Exception {
    Line looper = Line.open(agent("looper", "analyst"));
    assertThat(looper.query("SELECT id FROM orders").path("rows")).hasSize(100);
    JsonNode cut = looper.query("SELECT id FROM orders");
    assertThat(cut.path("rows")).hasSize(20);
    assertThat(cut.path("truncated").asBoolean()).isTrue();
    assertThat(looper.query("SELECT 1").toString())
        .contains("budget-exhausted", "read its 120 rows", "tell your owner");
    for (int call = 0; call < 5; call++) {
      looper.call("list_connections", Map.of());
    }
    assertThat(looper.call("list_connections", Map.of()).toString())
        .contains("budget-exhausted", "made its 8 tool calls");
    // Another agent has another budget.
    Line usual = Line.open(agent("usual", "analyst"));
    assertThat(usual.call("list_connections", Map.of()).path("budget").path("queries").asInt())
        .isEqualTo(500);
    try (HttpServerClient owner = shop.signIn("analyst")) {
      assertThat(owner.timeline(TimelineQuery.newest(80)).entries())
          .anyMatch(
              entry ->
                  entry.title().equals("looper: Call refused")
                      && entry.detail().contains("read its 120 rows"));
    }
  }

  @Test
  void aTokenThatRanOutOpensNothingAndAFreshOneGoesOn() throws Exception {
    ServiceIdentityCreated who = agent("sleeper", "analyst");
    Line line = Line.open(who);
    assertThat(line.query("SELECT 1 AS one").path("status").asString()).isEqualTo("ok");
    LATER.set(Duration.ofMinutes(11));
    try {
      HttpResponse<String> late = line.post("tools/list", Map.of());
      assertThat(late.statusCode()).isEqualTo(401);
      assertThat(late.body()).contains("session-ended", "Sign in again");
      assertThat(late.headers().firstValue("WWW-Authenticate").orElse(""))
          .contains("resource_metadata=");
      assertThat(line.with(Line.token(who)).query("SELECT 2 AS two").path("status").asString())
          .isEqualTo("ok");
    } finally {
      LATER.set(Duration.ZERO);
    }
  }

  @Test
  void anAgentWhoseOwnerLeftCanDoNothingMore() throws Exception {
    try (HttpServerClient admin = shop.signIn("admin")) {
      admin
          .administration()
          .addPerson(
              new NewPerson(
                  "leaver",
                  "Lea Ver",
                  "leaver@acme.test",
                  Set.of("analysts"),
                  Set.of("analyst"),
                  "a long enough password"));
      ServiceIdentityCreated who = agent("orphan", "leaver");
      Line line = Line.open(who);
      assertThat(line.query("SELECT 1 AS one").path("status").asString()).isEqualTo("ok");
      admin
          .administration()
          .changePerson(
              "leaver",
              new PersonChange(
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(true)));
      assertThat(line.post("tools/list", Map.of()).statusCode()).isEqualTo(401);
      assertThat(Line.tokenAnswer(who)).doesNotContain("access_token").contains("\"wayOut\"");
    }
  }

  @Test
  void anApprovalIsOfNoUseToAnotherAgentAndNoAgentGivesOne() throws Exception {
    Line asker = Line.open(agent("asker", "analyst"));
    ServiceIdentityCreated thief = agent("thief", "analyst");
    Line other = Line.open(thief);
    String id =
        asker
            .call(
                "request_approval",
                Map.of(
                    "connection", "shop",
                    "sql", "UPDATE orders SET status = 'void' WHERE id = 5",
                    "reason", "twice"))
            .path("request_id")
            .asString();
    HttpResponse<String> review =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(shop.address() + "/v1/approvals/" + id + "/reviews"))
                .header("Authorization", "Bearer " + Line.token(thief, ""))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"verdict\":\"APPROVE\",\"comment\":\"by myself\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(review.statusCode()).isEqualTo(403);
    assertThat(review.body()).contains("forbidden");
    try (HttpServerClient owner = shop.signIn("owner")) {
      assertThat(owner.request(id).state().name()).isEqualTo("PENDING");
      owner.review(id, Review.Verdict.APPROVE, "fine");
    }
    JsonNode stolen = other.call("run_approved", Map.of("request_id", id)).path("refusal");
    assertThat(stolen.path("code").asString()).isEqualTo("not-found");
    assertThat(stolen.path("ways_out")).isNotEmpty();
    assertThat(shop.look("SELECT status FROM orders WHERE id = 5")).isEqualTo("open");
    assertThat(asker.call("run_approved", Map.of("request_id", id)).path("update_count").asInt())
        .isEqualTo(1);
  }

  /// One session of an agent, message by message.
  private record Line(String token, String session) {

    static Line open(ServiceIdentityCreated who) throws Exception {
      String token = token(who);
      HttpResponse<String> answer =
          send(
              token,
              "",
              """
              {"jsonrpc":"2.0","id":0,"method":"initialize","params":{
               "protocolVersion":"2025-06-18","capabilities":{},
               "clientInfo":{"name":"raw","version":"1"}}}
              """);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return new Line(token, answer.headers().firstValue("mcp-session-id").orElseThrow());
    }

    Line with(String other) {
      return new Line(other, session);
    }

    JsonNode query(String sql) throws Exception {
      return call("query", Map.of("connection", "shop", "sql", sql));
    }

    JsonNode call(String tool, Map<String, Object> arguments) throws Exception {
      String body = post("tools/call", Map.of("name", tool, "arguments", arguments)).body();
      String json =
          body.lines()
              .filter(line -> line.startsWith("data:"))
              .map(line -> line.substring(5))
              .filter(line -> line.contains("\"result\""))
              .findFirst()
              .orElse(body);
      return JSON.readTree(json).path("result").path("structuredContent");
    }

    HttpResponse<String> post(String method, Map<String, Object> params) throws Exception {
      return send(
          token,
          session,
          JSON.writeValueAsString(
              Map.of("jsonrpc", "2.0", "id", 7, "method", method, "params", params)));
    }

    private static HttpResponse<String> send(String token, String session, String body)
        throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(shop.address() + "/mcp"))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .header("Sluice-Labels", "workflow=testing")
              .timeout(Duration.ofSeconds(60))
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (!session.isEmpty()) {
        request.header("Mcp-Session-Id", session);
      }
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String token(ServiceIdentityCreated who) throws Exception {
      return token(who, "/mcp");
    }

    static String token(ServiceIdentityCreated who, String place) throws Exception {
      return JSON.readTree(tokenAnswer(who, place)).path("access_token").asString();
    }

    static String tokenAnswer(ServiceIdentityCreated who) throws Exception {
      return tokenAnswer(who, "/mcp");
    }

    private static String tokenAnswer(ServiceIdentityCreated who, String place) throws Exception {
      String form =
          "grant_type=client_credentials&client_id="
              + encoded(who.identity().id())
              + "&client_secret="
              + encoded(who.secret())
              + "&resource="
              + encoded(shop.address() + place);
      return HTTP.send(
              HttpRequest.newBuilder(URI.create(shop.address() + "/oauth/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
