package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.http.Access;
import dev.sluice.server.http.Route;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteWalkTest {

  /// The only ways in without a session. A new one must be thought about here.
  private static final Set<String> OPEN =
      Set.of(
          "GET /healthz",
          "GET /metrics",
          "GET /openapi.json",
          "GET /readyz",
          "GET /v1/server",
          "GET /v1/sign-in",
          "POST /v1/sessions/exchange",
          "GET /.well-known/oauth-authorization-server",
          "GET /.well-known/oauth-protected-resource",
          "GET /.well-known/oauth-protected-resource/{place}",
          "POST /oauth/token",
          "POST /oauth/revoke",
          "POST /v1/bootstrap",
          "POST /v1/sessions",
          "POST /v1/sessions/refresh");

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void onlyTheListedRoutesAreOpenToNobody() throws Exception {
    Set<String> open = new TreeSet<>();
    for (Route route : server.server().routes()) {
      HttpResponse<String> answer = asNobody(route);
      if (route.access() == Access.ANYBODY) {
        open.add(route.method().name() + " " + route.path());
      } else {
        assertThat(answer.statusCode()).as(route.path()).isEqualTo(401);
        assertThat(RawClient.code(answer)).isEqualTo("session-ended");
      }
    }
    assertThat(open).isEqualTo(new TreeSet<>(OPEN));
  }

  @Test
  void aRouteThatNeedsARoleRefusesEverybodyWithoutIt() throws Exception {
    for (String account : List.of("analyst", "owner", "admin", "auditor", "root", "robot")) {
      RawClient client = RawClient.signIn(server.server().address(), account);
      for (Route route : server.server().routes()) {
        if (route.access() == Access.ANYBODY || !admitted(route.access(), account)) {
          continue;
        }
        // What an agent's own protocol answers is no problem details; its test is beside the
        // agents.
        if (route.path().equals("/mcp")) {
          continue;
        }
        if (route.path().equals("/v1/events") || route.path().equals("/v1/sessions/current")) {
          continue;
        }
        assertThat(RawClient.code(send(client, route)))
            .as(account + " " + route.path())
            .isNotIn("forbidden", "session-ended", "proof-refused", "internal");
      }
      for (Route route : server.server().routes()) {
        if (route.access() != Access.ANYBODY && !admitted(route.access(), account)) {
          assertThat(RawClient.code(send(client, route)))
              .as(account + " " + route.path())
              .isEqualTo("forbidden");
        }
      }
    }
  }

  @Test
  void anotherPersonsRequestsAndLeasesAreNotThere() throws Exception {
    RawClient analyst = RawClient.signIn(server.server().address(), "analyst");
    ApprovalRequest asked =
        JsonCodec.read(
            analyst
                .send(
                    "POST",
                    "/v1/approvals",
                    JsonCodec.write(
                        TestServer.wants("UPDATE orders SET status = 'x' WHERE id = 1")))
                .body(),
            ApprovalRequest.class);
    RawClient other = RawClient.signIn(server.server().address(), "other");
    for (Route route : server.server().routes()) {
      if (route.path().startsWith("/v1/approvals/{id}")) {
        String path = route.path().replace("{id}", asked.id());
        HttpResponse<String> answer = other.send(route.method().name(), path, body(route));
        assertThat(RawClient.code(answer)).as(path).isEqualTo("not-found");
      }
    }
  }

  @Test
  void everyErrorIsProblemDetailsAndEveryAnswerHasTheHeaders() throws Exception {
    HttpResponse<String> unknown = raw("GET", "/v1/nothing", "");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(RawClient.code(unknown)).isEqualTo("not-found");
    HttpResponse<String> malformed = raw("POST", "/v1/sessions", "{\"account\":\"a\",\"x\":1}");
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.body()).contains("malformed").doesNotContain("Exception");
    assertThat(malformed.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(raw("GET", "/healthz", "").headers().firstValue("X-Content-Type-Options"))
        .contains("nosniff");
    assertThat(raw("GET", "/healthz", "").headers().firstValue("Cache-Control"))
        .contains("no-store");
    assertThat(raw("GET", "/readyz", "").statusCode()).isEqualTo(200);
    assertThat(RawClient.code(raw("POST", "/v1/sessions", "x".repeat((1 << 20) + 1))))
        .isEqualTo("too-large");
  }

  /// Routes whose body is not JSON of a known shape: a form (OAuth) or nothing at all.
  private static boolean takesNoJson(Route route) {
    return route.path().startsWith("/oauth/")
        || List.of("/leases", "/renewal", "/cancellation", "/nudges", "/verification", "/test")
            .stream()
            .anyMatch(route.path()::endsWith);
  }

  @Test
  void noRouteTakesAFieldThatItDoesNotKnowOrABodyThatIsTooLarge() throws Exception {
    Set<String> tried = new TreeSet<>();
    Set<String> large = new TreeSet<>();
    String tooMuch = "{\"reason\":\"" + "x".repeat(1 << 20) + "\"}";
    for (String account : List.of("analyst", "admin", "auditor", "root")) {
      RawClient client = RawClient.signIn(server.server().address(), account);
      for (Route route : server.server().routes()) {
        if (!route.method().name().equals("POST") || !admitted(route.access(), account)) {
          continue;
        }
        String where = account + " " + route.path();
        if (large.add(route.path())) {
          assertThat(refusal(client, path(route), tooMuch)).as(where).isEqualTo("too-large");
        }
        if (!takesNoJson(route)) {
          assertThat(
                  RawClient.code(
                      client.send("POST", path(route), "{\"surely-not-a-field\":\"x\"}")))
              .as(where)
              .isIn("malformed", "too-many", "not-found");
          tried.add(route.path());
        }
      }
    }
    assertThat(tried).hasSizeGreaterThan(25);
  }

  /// The server may hang up before it has been sent everything: then nobody reads its answer.
  private static String refusal(RawClient client, String path, String body) throws Exception {
    try {
      return RawClient.code(client.send("POST", path, body));
    } catch (IOException e) {
      return "too-large";
    }
  }

  @Test
  void guessingAPasswordIsSlowedDown() throws Exception {
    String body =
        "{\"account\":\"nobody\",\"password\":\"wrong wrong\",\"deviceKey\":\"\",\"client\":\"\"}";
    for (int i = 0; i < 10; i++) {
      assertThat(RawClient.code(raw("POST", "/v1/sessions", body))).isEqualTo("wrong-password");
    }
    assertThat(RawClient.code(raw("POST", "/v1/sessions", body))).isEqualTo("too-many");
    assertThat(RawClient.code(raw("POST", "/v1/sessions", body.replace("nobody", "analyst"))))
        .isEqualTo("wrong-password");
  }

  private static boolean admitted(Access access, String account) {
    return switch (access) {
      case ANYBODY, SIGNED_IN -> true;
      case PERSON -> !account.equals("robot");
      case AGENT -> account.equals("robot");
      case POLICY_ADMIN -> account.equals("admin");
      case AUDITOR -> account.equals("auditor");
      case SERVER_ADMIN -> account.equals("root");
      case OVERSEER -> account.equals("root") || account.equals("auditor");
    };
  }

  private static HttpResponse<String> asNobody(Route route) throws Exception {
    return raw(route.method().name(), path(route), body(route));
  }

  private static HttpResponse<String> send(RawClient client, Route route) throws Exception {
    return client.send(route.method().name(), path(route), body(route));
  }

  private static String path(Route route) {
    return route.path().replaceAll("\\{[a-zA-Z]+}", "0123456789abcdef");
  }

  private static String body(Route route) {
    if (!route.method().name().equals("POST")) {
      return "";
    } else if (route.path().endsWith("/reviews")) {
      return "{\"verdict\":\"APPROVE\",\"comment\":\"\"}";
    }
    if (route.path().endsWith("/conditional-approvals")) {
      return "{\"comment\":\"\",\"conditions\":{\"executions\":null,\"within\":null,\"rows\":1}}";
    }
    if (route.path().endsWith("/escalations")) {
      return "{\"comment\":\"\"}";
    }
    if (route.path().endsWith("/comments")) {
      return "{\"words\":\"a word\",\"proposed\":\"\"}";
    }
    if (route.path().endsWith("/undo")) {
      return "{\"executionId\":\"none\",\"reason\":\"because\"}";
    }
    boolean why =
        List.of("/revocation", "/emergency", "/repetitions").stream()
            .anyMatch(route.path()::endsWith);
    return why ? "{\"reason\":\"because\"}" : "{}";
  }

  private static HttpResponse<String> raw(String method, String path, String body)
      throws Exception {
    return RawClient.send(server.server().address(), method, path, body, Map.of());
  }
}
