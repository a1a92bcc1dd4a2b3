package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServiceCredentials;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.BearerToken;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import dev.sluice.governance.identity.Actor;
import dev.sluice.server.http.Access;
import dev.sluice.server.http.Route;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BearerTokenTest {

  @TempDir static Path folder;
  private static final MovableClock clock = new MovableClock();
  private static TestServer server;
  private RawClient root;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, config -> config.withClock(clock));
  }

  @BeforeEach
  void signIn() throws Exception {
    root = RawClient.signIn(server.server().address(), "root");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPipelineGetsAShortTokenForItsSecretAndIsNobodyWhenRevoked() throws Exception {
    ServiceIdentityCreated made = create("pipeline", "", "");
    BearerToken token = token(made, Map.of());
    assertThat(token.expiresIn()).isBetween(1L, 600L);
    Actor me = JsonCodec.read(get("/v1/me", token).body(), Actor.class);
    assertThat(me).isInstanceOf(Actor.Pipeline.class);
    assertThat(me.principal().displayName()).isEqualTo("nightly");
    assertThat(me.labels()).containsEntry("workflow", "nightly.yml");
    assertThat(get("/v1/connections", token).statusCode()).isEqualTo(200);

    HttpResponse<String> revoked =
        root.send("DELETE", "/v1/identities/" + made.identity().id(), "");
    assertThat(revoked.statusCode()).isEqualTo(204);
    assertThat(RawClient.code(get("/v1/me", token))).isEqualTo("session-ended");
    assertThat(error(ask(basic(made), Map.of()))).isEqualTo("invalid_client");
  }

  @Test
  void aTokenEndsAfterTenMinutesAndTheNextOneGoesOnWithTheSameSession() throws Exception {
    ServiceIdentityCreated made = create("pipeline", "", "");
    ServiceIdentityCreated other = create("pipeline", "", "");
    BearerToken first = token(made, Map.of());
    clock.pass(Duration.ofMinutes(9));
    BearerToken second = token(made, Map.of("session_id", first.sessionId()));
    assertThat(second.sessionId()).isEqualTo(first.sessionId());
    assertThat(get("/v1/me", second).statusCode()).isEqualTo(200);
    assertThat(RawClient.code(get("/v1/me", first))).isEqualTo("session-ended");
    clock.pass(Duration.ofMinutes(10));
    assertThat(RawClient.code(get("/v1/me", second))).isEqualTo("session-ended");
    BearerToken foreign = token(other, Map.of("session_id", first.sessionId()));
    assertThat(foreign.sessionId()).isNotEqualTo(first.sessionId());
  }

  @Test
  void aTokenForOnePlaceIsRefusedElsewhereAndNoneIsGivenForAnotherServer() throws Exception {
    ServiceIdentityCreated made = create("pipeline", "", "");
    String base = server.server().address().toString();
    BearerToken narrow = token(made, Map.of("resource", base + "/mcp"));
    assertThat(RawClient.code(get("/v1/me", narrow))).isEqualTo("wrong-audience");
    assertThat(RawClient.code(get("/mcpx", narrow))).isEqualTo("not-found");
    assertThat(error(ask(basic(made), Map.of("resource", "https://other.test"))))
        .isEqualTo("invalid_target");
    assertThat(error(ask(basic(made), Map.of("resource", base + "@evil.test"))))
        .isEqualTo("invalid_target");
  }

  @Test
  void anAgentActsForItsOwnerAndNoBearerDoesWhatOnlyAPersonMay() throws Exception {
    ServiceIdentityCreated agent = create("agent", "analyst", "");
    ServiceIdentityCreated pipeline = create("pipeline", "", "");
    Actor me = JsonCodec.read(get("/v1/me", token(agent, Map.of())).body(), Actor.class);
    assertThat(me.onBehalfOf().orElseThrow().subject()).isEqualTo("analyst");
    RawClient analyst = RawClient.signIn(server.server().address(), "analyst");
    ApprovalRequest waiting =
        JsonCodec.read(
            analyst
                .send(
                    "POST",
                    "/v1/approvals",
                    JsonCodec.write(
                        TestServer.wants("UPDATE orders SET status = 'x' WHERE id = 1")))
                .body(),
            ApprovalRequest.class);
    int walked = 0;
    for (BearerToken token : java.util.List.of(token(agent, Map.of()), token(pipeline, Map.of()))) {
      for (Route route : server.server().routes()) {
        if (Set.of(Access.ANYBODY, Access.SIGNED_IN, Access.AGENT).contains(route.access())) {
          continue;
        }
        String path = route.path().replaceAll("\\{[a-z]+}", waiting.id());
        HttpResponse<String> answer =
            send(route.method().name(), path, "{\"verdict\":\"APPROVE\",\"comment\":\"\"}", token);
        assertThat(RawClient.code(answer)).as(path).isEqualTo("forbidden");
        walked++;
      }
    }
    assertThat(walked).isGreaterThan(10);
  }

  @Test
  void aDevicesTokenIsNoBearerTokenAndABearerTokenIsNoDevices() throws Exception {
    Map<String, String> asBearer = Map.of("Authorization", "Bearer " + root.session().token());
    assertThat(
            RawClient.code(
                RawClient.send(server.server().address(), "GET", "/v1/me", "", asBearer)))
        .isEqualTo("session-ended");
    BearerToken token = token(create("pipeline", "", ""), Map.of());
    Map<String, String> asDevice = Map.of("Authorization", "Sluice " + token.accessToken());
    assertThat(
            RawClient.code(
                RawClient.send(server.server().address(), "GET", "/v1/me", "", asDevice)))
        .isEqualTo("session-ended");
  }

  @Test
  void aKeyProvesAPipelineOnceForThisServerOnly() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    ServiceIdentityCreated made = create("pipeline", "", key.toPublicJWK().toJSONString());
    assertThat(made.secret()).isEmpty();
    String id = made.identity().id();
    String base = server.server().address().toString();
    String good = assertion(key, id, base + "/oauth/token", Duration.ofMinutes(2), "one");
    assertThat(ask(Map.of(), byKey(good)).statusCode()).isEqualTo(200);
    assertThat(error(ask(Map.of(), byKey(good)))).isEqualTo("invalid_client");
    ECKey wrongKey = new ECKeyGenerator(Curve.P_256).generate();
    for (String bad :
        java.util.List.of(
            assertion(wrongKey, id, base, Duration.ofMinutes(2), "two"),
            assertion(key, id, "https://other.test", Duration.ofMinutes(2), "three"),
            assertion(key, id, base, Duration.ofMinutes(-2), "four"),
            assertion(key, id, base, Duration.ofHours(2), "five"),
            assertion(key, "nobody", base, Duration.ofMinutes(2), "six"),
            "not.a.token")) {
      assertThat(error(ask(Map.of(), byKey(bad)))).isEqualTo("invalid_client");
    }
    assertThat(RawClient.code(tryCreate("pipeline", "", key.toJSONString())))
        .as("a private key is never taken")
        .isEqualTo("malformed");
  }

  @Test
  void guessingASecretIsSlowedDownAndSaysWhenToComeBack() throws Exception {
    ServiceIdentityCreated made = create("pipeline", "", "");
    Map<String, String> wrong = basic(made.identity().id(), "sluice_guess");
    for (int i = 0; i < 10; i++) {
      assertThat(error(ask(wrong, Map.of()))).isEqualTo("invalid_client");
    }
    HttpResponse<String> slowed = ask(basic(made), Map.of());
    assertThat(slowed.statusCode()).isEqualTo(429);
    assertThat(slowed.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 300L);
  }

  @Test
  void whereTokensComeFromIsToldToAnybody() throws Exception {
    String base = server.server().address().toString();
    HttpResponse<String> refused =
        RawClient.send(server.server().address(), "GET", "/v1/me", "", Map.of());
    String header = refused.headers().firstValue("WWW-Authenticate").orElseThrow();
    String place = header.substring(header.indexOf("http"), header.length() - 1);
    Map<?, ?> resource = JsonCodec.read(open(place.substring(base.length())), Map.class);
    assertThat(resource.get("resource")).isEqualTo(base);
    assertThat(resource.get("authorization_servers")).isEqualTo(java.util.List.of(base));
    Map<?, ?> metadata = JsonCodec.read(open("/.well-known/oauth-authorization-server"), Map.class);
    assertThat(metadata.get("issuer")).isEqualTo(base);
    assertThat(metadata.get("token_endpoint")).isEqualTo(base + "/oauth/token");
    assertThat(
            JsonCodec.read(open("/.well-known/oauth-protected-resource/mcp"), Map.class)
                .get("resource"))
        .isEqualTo(base + "/mcp");
  }

  @Test
  void aSecretIsShownOnceAndIsInNoListAndNoFile() throws Exception {
    ServiceIdentityCreated made = create("pipeline", "", "");
    BearerToken token = token(made, Map.of());
    assertThat(root.send("GET", "/v1/identities", "").body())
        .contains(made.identity().id())
        .doesNotContain(made.secret());
    assertThat(made.toString()).doesNotContain(made.secret());
    assertThat(token.toString()).doesNotContain(token.accessToken());
    for (Path file : java.nio.file.Files.list(folder).toList()) {
      String bytes =
          new String(java.nio.file.Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      assertThat(bytes).as(file.toString()).doesNotContain(made.secret(), token.accessToken());
    }
  }

  @Test
  void aPipelinesClientWorksLikeAPersonsAndItsSessionEndsWithIt() throws Exception {
    ServiceIdentityCreated made = create("pipeline", "", "");
    ServiceCredentials secret = new ServiceCredentials.Secret(made.identity().id(), made.secret());
    try (HttpServerClient client =
        HttpServerClient.signIn(server.trust(), TrustMemory.inMemory(), secret)) {
      assertThat(client.me()).isInstanceOf(Actor.Pipeline.class);
      assertThat(client.connections()).hasSize(1);
      assertThat(client.policy().version()).isEqualTo(1);
      try (HttpServerClient admin = server.signIn("root")) {
        admin.identities().revoke(made.identity().id());
      }
      assertThat(Codes.of(client::connections)).isEqualTo("invalid_client");
      assertThat(Codes.of(client::connections)).isEqualTo("session-ended");
    }
  }

  private String open(String path) throws Exception {
    return RawClient.send(server.server().address(), "GET", path, "", Map.of()).body();
  }

  private ServiceIdentityCreated create(String kind, String owner, String key) throws Exception {
    return JsonCodec.read(tryCreate(kind, owner, key).body(), ServiceIdentityCreated.class);
  }

  private HttpResponse<String> tryCreate(String kind, String owner, String key) throws Exception {
    NewServiceIdentity wanted =
        new NewServiceIdentity(
            kind, "nightly", owner, Set.of("ci"), Map.of("workflow", "nightly.yml"), key);
    return root.send("POST", "/v1/identities", JsonCodec.write(wanted));
  }

  private BearerToken token(ServiceIdentityCreated made, Map<String, String> more)
      throws Exception {
    HttpResponse<String> answer = ask(basic(made), more);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonCodec.read(answer.body(), BearerToken.class);
  }

  private HttpResponse<String> ask(Map<String, String> headers, Map<String, String> more)
      throws Exception {
    Map<String, String> form = new TreeMap<>(more);
    form.put("grant_type", "client_credentials");
    StringBuilder body = new StringBuilder();
    form.forEach(
        (name, value) ->
            body.append(body.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Content-Type", "application/x-www-form-urlencoded");
    return RawClient.send(server.server().address(), "POST", "/oauth/token", body.toString(), all);
  }

  private static Map<String, String> byKey(String assertion) {
    return Map.of(
        "client_assertion_type",
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion",
        assertion);
  }

  private String assertion(ECKey key, String id, String audience, Duration life, String jti)
      throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.ES256),
            new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(audience)
                .jwtID(jti)
                .expirationTime(Date.from(clock.instant().plus(life)))
                .build());
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  private static Map<String, String> basic(ServiceIdentityCreated made) {
    return basic(made.identity().id(), made.secret());
  }

  private static Map<String, String> basic(String id, String secret) {
    String pair = id + ":" + secret;
    return Map.of(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  private static String error(HttpResponse<String> answer) throws Exception {
    return String.valueOf(JsonCodec.read(answer.body(), Map.class).get("error"));
  }

  private HttpResponse<String> get(String path, BearerToken token) throws Exception {
    return send("GET", path, "", token);
  }

  private HttpResponse<String> send(String method, String path, String body, BearerToken token)
      throws Exception {
    return RawClient.send(
        server.server().address(),
        method,
        path,
        body,
        Map.of("Authorization", "Bearer " + token.accessToken()));
  }
}
