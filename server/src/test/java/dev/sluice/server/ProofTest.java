package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.SessionOpened;
import dev.sluice.governance.codec.wire.SessionRefresh;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofTest {

  private static final MovableClock CLOCK = new MovableClock();

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, config -> config.withClock(CLOCK));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawClient analyst() throws Exception {
    return RawClient.signIn(server.server().address(), "analyst");
  }

  @Test
  void aProofIsTakenOnce() throws Exception {
    RawClient client = analyst();
    String proof = client.proof("GET", "/v1/me", "");
    assertThat(client.send("GET", "/v1/me", "", proof).statusCode()).isEqualTo(200);
    assertThat(RawClient.code(client.send("GET", "/v1/me", "", proof))).isEqualTo("proof-refused");
  }

  @Test
  void aProofIsForOneRequestOnly() throws Exception {
    RawClient client = analyst();
    assertThat(RawClient.code(client.send("GET", "/v1/me", "", ""))).isEqualTo("proof-refused");
    assertThat(
            RawClient.code(client.send("GET", "/v1/me", "", client.proof("GET", "/v1/policy", ""))))
        .isEqualTo("proof-refused");
    assertThat(
            RawClient.code(client.send("GET", "/v1/me?x=1", "", client.proof("GET", "/v1/me", ""))))
        .isEqualTo("proof-refused");
    assertThat(RawClient.code(client.send("GET", "/v1/me", "", client.proof("POST", "/v1/me", ""))))
        .isEqualTo("proof-refused");
    assertThat(
            RawClient.code(
                client.send(
                    "POST", "/v1/outcomes", "{}", client.proof("POST", "/v1/outcomes", "{ }"))))
        .isEqualTo("proof-refused");
  }

  @Test
  void aTokenIsWorthNothingOnAnotherDevice() throws Exception {
    RawClient victim = analyst();
    RawClient thief = RawClient.signIn(server.server().address(), "other");
    thief.use(victim.session());
    assertThat(RawClient.code(thief.send("GET", "/v1/me", ""))).isEqualTo("proof-refused");
  }

  @Test
  void onlyTheServersTimeCounts() throws Exception {
    RawClient client = analyst();
    DeviceProof now = client.claims("GET", "/v1/me", "");
    for (Instant clientTime :
        new Instant[] {
          Instant.parse("2016-01-01T00:00:00Z"), Instant.parse("2036-01-01T00:00:00Z")
        }) {
      DeviceProof skewed =
          new DeviceProof(
              now.method(),
              now.path(),
              clientTime,
              Ids.next(),
              now.tokenHash(),
              now.bodyHash(),
              now.nonce());
      assertThat(client.send("GET", "/v1/me", "", client.sign(skewed)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anOldNonceIsAnsweredWithANewOne() throws Exception {
    RawClient client = analyst();
    CLOCK.pass(Duration.ofMinutes(5));
    HttpResponse<String> refused = client.send("GET", "/v1/me", "");
    assertThat(RawClient.code(refused)).isEqualTo("use-nonce");
    assertThat(client.send("GET", "/v1/me", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenRunsOutAndIsRenewedByTheDevice() throws Exception {
    RawClient client = analyst();
    CLOCK.pass(Duration.ofMinutes(11));
    assertThat(RawClient.code(client.send("GET", "/v1/me", ""))).isEqualTo("session-ended");
    SessionOpened renewed = refresh(client, client.session().refreshToken());
    client.use(renewed);
    assertThat(client.send("GET", "/v1/me", "").statusCode()).isEqualTo(200);
  }

  @Test
  void aRefreshTokenThatComesBackEndsTheSession() throws Exception {
    RawClient client = analyst();
    String first = client.session().refreshToken();
    SessionOpened renewed = refresh(client, first);
    assertThat(RawClient.code(refreshAnswer(client, first))).isEqualTo("session-ended");
    client.use(renewed);
    assertThat(RawClient.code(client.send("GET", "/v1/me", ""))).isEqualTo("session-ended");
  }

  @Test
  void aSessionThatWasSignedOutIsOver() throws Exception {
    RawClient client = analyst();
    assertThat(client.send("DELETE", "/v1/sessions/current", "").statusCode()).isEqualTo(204);
    assertThat(RawClient.code(client.send("GET", "/v1/me", ""))).isEqualTo("session-ended");
  }

  private static SessionOpened refresh(RawClient client, String token) throws Exception {
    HttpResponse<String> answer = refreshAnswer(client, token);
    if (RawClient.code(answer).equals("use-nonce")) {
      answer = refreshAnswer(client, token);
    }
    return JsonCodec.read(answer.body(), SessionOpened.class);
  }

  private static HttpResponse<String> refreshAnswer(RawClient client, String token)
      throws Exception {
    String body = JsonCodec.write(new SessionRefresh(token, ""));
    DeviceProof usual = client.claims("POST", "/v1/sessions/refresh", body);
    DeviceProof proof =
        new DeviceProof(
            "POST",
            usual.path(),
            usual.issuedAt(),
            usual.id(),
            DeviceProof.digest(token),
            usual.bodyHash(),
            usual.nonce());
    HttpResponse<String> answer =
        client.send("POST", "/v1/sessions/refresh", body, client.sign(proof));
    client.takeNonce(answer);
    return answer;
  }
}
