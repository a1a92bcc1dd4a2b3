package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.wire.BearerToken;
import dev.sluice.governance.codec.wire.Problem;
import dev.sluice.governance.identity.Actor;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The bearer token of an agent or a pipeline, in memory only; a new one is fetched before it runs
/// out, and goes on with the same session and its leases. Safe for use by many threads.
final class BearerSession implements ClientSession, Keeper.Kept {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int NOT_SIGNED_IN = 401;

  private final ServerTime time = new ServerTime();
  private final Transport transport;
  private final ServiceCredentials credentials;
  private final Object renewal = new Object();
  private final Actor me;
  private volatile Token token;
  private volatile boolean ended;

  /// @param renewAt by this machine's monotonic clock
  private record Token(String text, String sessionId, long renewAt) {}

  private BearerSession(
      Transport transport, ServiceCredentials credentials, Token token, Actor me) {
    this.transport = transport;
    this.credentials = credentials;
    this.token = token;
    this.me = me;
  }

  static BearerSession open(Transport transport, ServiceCredentials credentials)
      throws WorkspaceProblem {
    Token token = fetch(transport, credentials, "");
    HttpResponse<String> answer = attempt(transport, token, "GET", "/v1/me", new byte[0], PATIENCE);
    if (answer.statusCode() != 200) {
      throw RemoteProblems.of(answer.statusCode(), answer.body());
    }
    BearerSession session =
        new BearerSession(
            transport, credentials, token, Transport.read(answer.body(), Actor.class));
    Keeper.watch(session);
    return session;
  }

  private static Token fetch(Transport transport, ServiceCredentials credentials, String sessionId)
      throws WorkspaceProblem {
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("session_id", sessionId);
    switch (credentials) {
      case ServiceCredentials.Secret(String id, String secret) -> {
        form.put("grant_type", "client_credentials");
        String pair = encoded(id) + ":" + encoded(secret);
        headers.put(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
      }
      case ServiceCredentials.IssuedToken(var fresh) -> {
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("assertion", fresh.get());
      }
    }
    HttpResponse<String> answer = transport.form("/oauth/token", form, headers, PATIENCE);
    if (answer.statusCode() != 200) {
      throw problem(answer);
    }
    BearerToken token = Transport.read(answer.body(), BearerToken.class);
    long life = Duration.ofSeconds(token.expiresIn()).toNanos();
    return new Token(token.accessToken(), token.sessionId(), System.nanoTime() + life - life / 5);
  }

  /// The token endpoint's errors carry words of RFC 6749 besides ours.
  private static WorkspaceProblem problem(HttpResponse<String> answer) throws WorkspaceProblem {
    Map<?, ?> fields = Transport.read(answer.body(), Map.class);
    Map<String, Object> ours = new LinkedHashMap<>();
    for (var component : Problem.class.getRecordComponents()) {
      ours.put(component.getName(), fields.get(component.getName()));
    }
    return RemoteProblems.of(
        answer.statusCode(), new String(Transport.json(ours), StandardCharsets.UTF_8));
  }

  @Override
  public Actor me() {
    return me;
  }

  @Override
  public ServerTime time() {
    return time;
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  @Override
  public long renewAt() {
    return token.renewAt();
  }

  @Override
  public void renewNow() throws WorkspaceProblem {
    fresh();
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public HttpResponse<String> send(String method, String path, byte[] body, Duration patience)
      throws WorkspaceProblem {
    Token used = fresh();
    HttpResponse<String> answer = attempt(transport, used, method, path, body, patience);
    if (answer.statusCode() == NOT_SIGNED_IN) {
      renew(used);
      answer = attempt(transport, token, method, path, body, patience);
    }
    return answer;
  }

  @Override
  public Map<String, String> streamHeaders(String path) throws WorkspaceProblem {
    return headers(fresh());
  }

  @Override
  public void takeNonce(HttpResponse<?> answer) {
    // A bearer token needs no proofs.
  }

  private static HttpResponse<String> attempt(
      Transport transport, Token token, String method, String path, byte[] body, Duration patience)
      throws WorkspaceProblem {
    return transport.send(method, path, body, headers(token), patience);
  }

  private static Map<String, String> headers(Token token) {
    return Map.of("Authorization", "Bearer " + token.text());
  }

  private Token fresh() throws WorkspaceProblem {
    Token current = token;
    if (ended) {
      throw RemoteProblems.sessionEnded();
    }
    if (System.nanoTime() - current.renewAt() >= 0) {
      renew(current);
    }
    return token;
  }

  private void renew(Token old) throws WorkspaceProblem {
    synchronized (renewal) {
      if (token != old) {
        return;
      }
      try {
        token = fetch(transport, credentials, old.sessionId());
      } catch (WorkspaceProblem e) {
        if (e.code().equals("invalid_client") || e.code().equals("owner-away")) {
          ended = true;
        }
        throw e;
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
