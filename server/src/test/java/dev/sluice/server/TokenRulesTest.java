package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.SessionOpened;
import dev.sluice.governance.codec.wire.TokenSignIn;
import dev.sluice.server.directory.IdentityConfig;
import dev.sluice.server.directory.IdentityConfig.Groups;
import dev.sluice.server.directory.IdentityConfig.Provider;
import dev.sluice.server.directory.IdentityConfig.WorkloadIssuer;
import dev.sluice.server.directory.IdentityConfig.WorkloadRule;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What no honest provider issues: an issuer of the test's own signs it, so that everything can be
/// wrong in turn. Flows with a real provider are in the identity suite.
class TokenRulesTest {

  private static final String CLIENT = "sluice-desktop";
  /// A provider whose keys change: its own, since how often keys are fetched is limited.
  private static final String ROTATING = "/rotating";

  private static final String SALT = "0123456789abcdef0123";

  @TempDir static Path folder;
  private static final MovableClock CLOCK = new MovableClock();
  private static HttpServer issuer;
  private static volatile JWKSet published;
  private static volatile boolean keysAway;
  private static RSAKey key;
  private static String deviceKey;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    published = new JWKSet(key.toPublicJWK());
    deviceKey = RawClient.publicKey(RawClient.newDevice());
    issuer = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    String base = base();
    for (String name : List.of("", ROTATING)) {
      String place = base + name;
      issuer.createContext(
          name + "/.well-known/openid-configuration",
          exchange -> answer(exchange, metadata(place)));
    }
    issuer.createContext(
        "/keys",
        exchange -> {
          if (keysAway) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
          } else {
            answer(exchange, published.toString());
          }
        });
    issuer.start();
    Provider provider =
        Provider.oidc("test", "Continue", base, CLIENT, Groups.in("groups"))
            .withRoles(Map.of("bosses", Set.of("server-admin")));
    Provider rotating =
        Provider.oidc("rotating", "Continue", base + ROTATING, CLIENT, Groups.in("groups"));
    WorkloadIssuer ci =
        new WorkloadIssuer(
            "ci",
            base,
            "https://sluice.acme.test",
            List.of(
                rule(
                    "migrations",
                    Map.of("repository", Set.of("acme/shop"), "ref", Set.of("refs/heads/main"))),
                rule("also", Map.of("twice", Set.of("yes"))),
                rule("again", Map.of("twice", Set.of("yes")))),
            Optional.empty());
    IdentityConfig identity =
        IdentityConfig.localOnly()
            .withProviders(List.of(provider, rotating))
            .withWorkloads(List.of(ci));
    server = TestServer.start(folder, config -> config.withClock(CLOCK).withIdentity(identity));
  }

  private static String metadata(String place) {
    return """
    {"issuer":"%s","jwks_uri":"%s/keys","authorization_endpoint":"%s/a",
     "token_endpoint":"%s/t","response_types_supported":["code"],
     "subject_types_supported":["public"],
     "id_token_signing_alg_values_supported":["RS256"]}
    """
        .formatted(place, base(), place, place);
  }

  private static WorkloadRule rule(String name, Map<String, Set<String>> claims) {
    return new WorkloadRule(
        "pipeline", name, "", claims, Set.of("ci"), List.of("repository", "ref"));
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.stop(0);
  }

  @Test
  void anHonestTokenOpensASessionWithGroupsAndRoles() throws Exception {
    HttpResponse<String> answer = present(signed(claims -> claims));
    SessionOpened opened = JsonCodec.read(answer.body(), SessionOpened.class);
    assertThat(opened.me().principal().key()).isEqualTo(base() + "|person-1");
    assertThat(opened.me().principal().roles()).containsExactly("server-admin");
    assertThat(opened.expiresAt()).isBeforeOrEqualTo(CLOCK.instant().plus(Duration.ofMinutes(5)));
  }

  @Test
  void everyClaimThatIsWrongIsRefused() throws Exception {
    Map<String, UnaryOperator<JWTClaimsSet.Builder>> wrong = new java.util.LinkedHashMap<>();
    wrong.put("issuer", claims -> claims.issuer(base() + "/"));
    wrong.put("audience", claims -> claims.audience("somebody-else"));
    wrong.put("two audiences", claims -> claims.audience(List.of(CLIENT, "other")));
    wrong.put("azp", claims -> claims.claim("azp", "other"));
    wrong.put("expired", claims -> claims.expirationTime(at(Duration.ofSeconds(-40))));
    wrong.put("no expiry", claims -> claims.expirationTime(null));
    wrong.put("not yet", claims -> claims.notBeforeTime(at(Duration.ofSeconds(60))));
    wrong.put("issued in the future", claims -> claims.issueTime(at(Duration.ofMinutes(2))));
    wrong.put("old", claims -> claims.issueTime(at(Duration.ofMinutes(-6))));
    wrong.put("no issue time", claims -> claims.issueTime(null));
    wrong.put("no subject", claims -> claims.subject(null));
    wrong.put("empty subject", claims -> claims.subject(" "));
    wrong.put("no nonce", claims -> claims.claim("nonce", null));
    wrong.put("another nonce", claims -> claims.claim("nonce", "0".repeat(64)));
    wrong.put("an access token", claims -> claims.claim("typ", "Bearer"));
    for (Map.Entry<String, UnaryOperator<JWTClaimsSet.Builder>> each : wrong.entrySet()) {
      assertThat(code(present(signed(each.getValue()))))
          .as(each.getKey())
          .isEqualTo("token-refused");
    }
    assertThat(code(present(signed(claims -> claims.claim("groups", null)))))
        .as("unknown groups are not no groups")
        .isEqualTo("groups-unknown");
  }

  @Test
  void everySignatureThatIsWrongIsRefused() throws Exception {
    JWTClaimsSet claims = claims().build();
    assertThat(code(present(new PlainJWT(claims).serialize()))).isEqualTo("token-refused");
    byte[] asSecret = key.toRSAPublicKey().getEncoded();
    assertThat(code(present(sign(JWSAlgorithm.HS256, "one", new MACSigner(asSecret), claims))))
        .as("a public key is no secret")
        .isEqualTo("token-refused");
    byte[] pem = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    assertThat(code(present(sign(JWSAlgorithm.HS256, "one", new MACSigner(pem), claims))))
        .isEqualTo("token-refused");
    RSAKey stranger = new RSAKeyGenerator(2048).keyID("one").generate();
    assertThat(code(present(sign(JWSAlgorithm.RS256, "one", new RSASSASigner(stranger), claims))))
        .isEqualTo("token-refused");
    SignedJWT bringsItsKey =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("two")
                .jwk(stranger.toPublicJWK())
                .build(),
            claims);
    bringsItsKey.sign(new RSASSASigner(stranger));
    assertThat(code(present(bringsItsKey.serialize()))).isEqualTo("token-refused");
    SignedJWT accessToken =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("one")
                .type(new JOSEObjectType("at+jwt"))
                .build(),
            claims);
    accessToken.sign(new RSASSASigner(key));
    assertThat(code(present(accessToken.serialize()))).isEqualTo("token-refused");
    String good = signed(builder -> builder);
    String[] parts = good.split("\\.");
    assertThat(code(present(parts[0] + "." + parts[1] + "."))).isEqualTo("token-refused");
    assertThat(code(present("x".repeat(40_000)))).isEqualTo("token-refused");
    assertThat(code(present(""))).isEqualTo("token-refused");
  }

  @Test
  void aTokenWorksOnceHoweverItsTextIsTurned() throws Exception {
    String token = signed(claims -> claims.jwtID("once"));
    assertThat(code(present(token))).isEqualTo("201");
    assertThat(code(present(token))).isEqualTo("token-replayed");
    assertThat(code(present(signed(claims -> claims.jwtID("once").claim("more", 1)))))
        .as("the same id again")
        .isEqualTo("token-replayed");
  }

  @Test
  void keysMayRotateAndTheIssuerMayBeAwayForAWhile() throws Exception {
    assertThat(code(present("rotating", rotated(key)))).isEqualTo("201");
    RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
    published = new JWKSet(List.of(key.toPublicJWK(), next.toPublicJWK()));
    assertThat(code(present("rotating", rotated(next)))).isEqualTo("201");
    keysAway = true;
    try {
      assertThat(code(present("rotating", rotated(key)))).isEqualTo("201");
      CLOCK.pass(Duration.ofMinutes(1));
      assertThat(code(present("rotating", rotated(next)))).isEqualTo("201");
    } finally {
      keysAway = false;
    }
  }

  private static String rotated(RSAKey by) throws Exception {
    return sign(
        JWSAlgorithm.RS256,
        by.getKeyID(),
        new RSASSASigner(by),
        claims().issuer(base() + ROTATING).build());
  }

  @Test
  void aCiTokenIsAPipelineOnlyWhereExactlyOneEntryAllowsIt() throws Exception {
    Map<String, Object> main = Map.of("repository", "acme/shop", "ref", "refs/heads/main");
    String token = ci(main, "a");
    assertThat(grant(token).get("token_type")).isEqualTo("Bearer");
    assertThat(grant(token).get("code")).isEqualTo("token-replayed");
    assertThat(
            grant(ci(Map.of("repository", "acme/shop", "ref", "refs/heads/evil"), "b")).get("code"))
        .isEqualTo("token-refused");
    assertThat(
            grant(ci(Map.of("repository", "evil/shop", "ref", "refs/heads/main"), "c"))
                .get("error"))
        .isEqualTo("invalid_grant");
    assertThat(String.valueOf(grant(ci(Map.of("twice", "yes"), "d")).get("detail")))
        .contains("\"also\" and \"again\"");
    assertThat(grant(signed(claims -> claims.claim("repository", "acme/shop"))).get("code"))
        .as("a person's token is no program's")
        .isEqualTo("token-refused");
  }

  @Test
  void noRefusalSaysAnythingOfTheToken() throws Exception {
    HttpResponse<String> refused =
        present(signed(claims -> claims.audience("a-secret-audience").claim("email", "x@y.test")));
    assertThat(refused.body()).doesNotContain("a-secret-audience", "x@y.test", "Exception");
  }

  private static String ci(Map<String, Object> more, String id) throws Exception {
    return signed(
        claims -> {
          claims
              .audience("https://sluice.acme.test")
              .subject("repo:acme/shop:ref:refs/heads/main")
              .jwtID("ci-" + id);
          more.forEach(claims::claim);
          return claims;
        });
  }

  private static Map<?, ?> grant(String assertion) throws Exception {
    String form =
        "grant_type="
            + URLEncoder.encode(
                "urn:ietf:params:oauth:grant-type:jwt-bearer", StandardCharsets.UTF_8)
            + "&assertion="
            + assertion;
    return JsonCodec.read(
        RawClient.send(
                server.server().address(),
                "POST",
                "/oauth/token",
                form,
                Map.of("Content-Type", "application/x-www-form-urlencoded"))
            .body(),
        Map.class);
  }

  private static String base() {
    return "http://127.0.0.1:" + issuer.getAddress().getPort();
  }

  private static Date at(Duration fromNow) {
    return Date.from(CLOCK.instant().plus(fromNow));
  }

  private static String nonce = "";
  private static int salts;

  /// Claims of a new sign-in, all right.
  private static JWTClaimsSet.Builder claims() {
    salts++;
    nonce = SALT + salts;
    return new JWTClaimsSet.Builder()
        .issuer(base())
        .subject("person-1")
        .audience(CLIENT)
        .issueTime(at(Duration.ZERO))
        .expirationTime(at(Duration.ofMinutes(5)))
        .claim("nonce", TokenSignIn.nonce(nonce, deviceKey))
        .claim("auth_time", CLOCK.instant().getEpochSecond())
        .claim("name", "Per Son")
        .claim("groups", List.of("bosses", "analysts"));
  }

  private static String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    return sign(JWSAlgorithm.RS256, "one", new RSASSASigner(key), change.apply(claims()).build());
  }

  private static String sign(
      JWSAlgorithm algorithm, String id, JWSSigner signer, JWTClaimsSet claims) throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private static HttpResponse<String> present(String token) throws Exception {
    return present("test", token);
  }

  private static HttpResponse<String> present(String provider, String token) throws Exception {
    return RawClient.send(
        server.server().address(),
        "POST",
        "/v1/sessions/exchange",
        JsonCodec.write(new TokenSignIn(provider, token, nonce, deviceKey, "test")),
        Map.of());
  }

  private static String code(HttpResponse<String> answer) throws Exception {
    return RawClient.code(answer);
  }
}
