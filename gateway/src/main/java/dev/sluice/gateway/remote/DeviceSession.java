package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.FreshSignInPrompt;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.wire.FreshSignIn;
import dev.sluice.governance.codec.wire.PasswordSignIn;
import dev.sluice.governance.codec.wire.SessionOpened;
import dev.sluice.governance.codec.wire.SessionRefresh;
import dev.sluice.governance.codec.wire.TokenSignIn;
import dev.sluice.governance.identity.Actor;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A session's tokens and the device key that they are bound to; both live in memory only. Renews
/// the token before it runs out. Safe for use by many threads.
final class DeviceSession implements ClientSession, Keeper.Kept {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int NOT_SIGNED_IN = 401;

  private final Transport transport;
  private final KeyPair device;
  private final Actor me;
  private final Optional<IdTokenSource> source;
  private final Object renewal = new Object();
  private volatile Tokens tokens;
  private volatile String nonce;
  private volatile boolean ended;
  private final Object asking = new Object();
  private volatile Optional<FreshSignInPrompt> prompt = Optional.empty();
  private volatile long freshSignIns;
  private final ServerTime time = new ServerTime();

  /// @param renewAt by this machine's monotonic clock, so that setting the clock changes nothing
  private record Tokens(String token, String refreshToken, long renewAt) {}

  private DeviceSession(
      Transport transport, KeyPair device, SessionOpened opened, Optional<IdTokenSource> source) {
    this.transport = transport;
    this.device = device;
    this.me = opened.me();
    this.tokens = tokens(opened);
    time.take(opened.serverTime());
    this.nonce = opened.nonce();
    this.source = source;
  }

  /// Signs in with what an identity provider says, and a device key made for this session.
  static DeviceSession open(
      Transport transport, String provider, IdTokenSource source, String client)
      throws WorkspaceProblem {
    KeyPair device = deviceKey();
    String key = Base64.getEncoder().encodeToString(device.getPublic().getEncoded());
    String salt = salt();
    String idToken = source.ask(TokenSignIn.nonce(salt, key));
    HttpResponse<String> answer =
        transport.send(
            "POST",
            "/v1/sessions/exchange",
            Transport.json(new TokenSignIn(provider, idToken, salt, key, client)),
            Map.of(),
            PATIENCE);
    if (answer.statusCode() != 201) {
      source.signOut();
      throw RemoteProblems.of(answer.statusCode(), answer.body());
    }
    return kept(
        new DeviceSession(
            transport,
            device,
            Transport.read(answer.body(), SessionOpened.class),
            Optional.of(source)));
  }

  private static DeviceSession kept(DeviceSession session) {
    Keeper.watch(session);
    return session;
  }

  private static String salt() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  void onFreshSignInNeeded(FreshSignInPrompt prompt) {
    this.prompt = Optional.of(prompt);
  }

  Optional<URI> browserSignOut() {
    return source.flatMap(IdTokenSource::browserSignOut);
  }

  /// Shows the server anew who is here: the person is asked until they are believed or give up.
  void showAgain(FreshSignInPrompt asked) throws WorkspaceProblem {
    showAgain(asked, freshSignIns);
  }

  /// @param before how often the person had done so when the call began: calls that were refused
  ///     together ask once
  private void showAgain(FreshSignInPrompt asked, long before) throws WorkspaceProblem {
    synchronized (asking) {
      if (freshSignIns != before) {
        return;
      }
      try {
        if (source.isPresent()) {
          vouchAgain(source.get(), asked);
        } else {
          passwordAgain(asked);
        }
        freshSignIns++;
      } finally {
        asked.over();
      }
    }
  }

  private void vouchAgain(IdTokenSource vouching, FreshSignInPrompt asked) throws WorkspaceProblem {
    String key = Base64.getEncoder().encodeToString(device.getPublic().getEncoded());
    String salt = salt();
    String idToken = vouching.askAgain(TokenSignIn.nonce(salt, key), asked::inBrowser);
    show(new FreshSignIn("", idToken, salt));
  }

  private void passwordAgain(FreshSignInPrompt asked) throws WorkspaceProblem {
    Optional<WorkspaceProblem> refused = Optional.empty();
    while (true) {
      char[] password =
          asked
              .password(me.principal().subject(), refused)
              .orElseThrow(RemoteProblems::notSignedInAgain);
      try {
        show(new FreshSignIn(new String(password), "", ""));
        return;
      } catch (WorkspaceProblem e) {
        if (!e.code().equals("wrong-password")) {
          throw e;
        }
        refused = Optional.of(e);
      } finally {
        Arrays.fill(password, '\0');
      }
    }
  }

  private void show(FreshSignIn shown) throws WorkspaceProblem {
    HttpResponse<String> answer =
        proven("POST", "/v1/sessions/current/authentication", Transport.json(shown), PATIENCE);
    if (answer.statusCode() >= 300) {
      throw RemoteProblems.of(answer.statusCode(), answer.body());
    }
  }

  @Override
  public long renewAt() {
    return tokens.renewAt();
  }

  @Override
  public void renewNow() throws WorkspaceProblem {
    fresh();
  }

  /// Signs in with a local account and a device key made for this session.
  static DeviceSession open(Transport transport, String account, String password, String client)
      throws WorkspaceProblem {
    KeyPair device = deviceKey();
    String key = Base64.getEncoder().encodeToString(device.getPublic().getEncoded());
    HttpResponse<String> answer =
        transport.send(
            "POST",
            "/v1/sessions",
            Transport.json(new PasswordSignIn(account, password, key, client)),
            Map.of(),
            PATIENCE);
    if (answer.statusCode() != 201) {
      throw RemoteProblems.of(answer.statusCode(), answer.body());
    }
    return kept(
        new DeviceSession(
            transport,
            device,
            Transport.read(answer.body(), SessionOpened.class),
            Optional.empty()));
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
  public void end() {
    ended = true;
    source.ifPresent(IdTokenSource::signOut);
  }

  /// Sends a request with a proof. When a fresh sign-in is what is missing, the person is asked for
  /// it and the request repeated: the server did nothing of it.
  @Override
  public HttpResponse<String> send(String method, String path, byte[] body, Duration patience)
      throws WorkspaceProblem {
    long before = freshSignIns;
    HttpResponse<String> answer = proven(method, path, body, patience);
    Optional<FreshSignInPrompt> asked = prompt;
    if (asked.isPresent()
        && answer.statusCode() == NOT_SIGNED_IN
        && RemoteProblems.of(NOT_SIGNED_IN, answer.body()).code().equals("fresh-sign-in")) {
      showAgain(asked.get(), before);
      return proven(method, path, body, patience);
    }
    return answer;
  }

  /// Renews the token and repeats the request when that is what is missing.
  private HttpResponse<String> proven(String method, String path, byte[] body, Duration patience)
      throws WorkspaceProblem {
    Tokens used = fresh();
    HttpResponse<String> answer = attempt(used, method, path, body, patience);
    if (answer.statusCode() == NOT_SIGNED_IN) {
      WorkspaceProblem problem = RemoteProblems.of(NOT_SIGNED_IN, answer.body());
      if (problem.code().equals("session-ended")) {
        renew(used);
        answer = attempt(tokens, method, path, body, patience);
      } else if (problem.code().equals("use-nonce")) {
        answer = attempt(tokens, method, path, body, patience);
      }
    }
    return answer;
  }

  @Override
  public Map<String, String> streamHeaders(String path) throws WorkspaceProblem {
    return headers(fresh().token(), "GET", path, new byte[0]);
  }

  @Override
  public void takeNonce(HttpResponse<?> answer) {
    answer.headers().firstValue(DeviceProof.NONCE_HEADER).ifPresent(next -> nonce = next);
  }

  private HttpResponse<String> attempt(
      Tokens current, String method, String path, byte[] body, Duration patience)
      throws WorkspaceProblem {
    Map<String, String> headers = headers(current.token(), method, path, body);
    HttpResponse<String> answer = transport.send(method, path, body, headers, patience);
    takeNonce(answer);
    return answer;
  }

  private Map<String, String> headers(String token, String method, String path, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Sluice " + token);
    headers.put(DeviceProof.HEADER, proof(token, method, path, body));
    return headers;
  }

  private String proof(String token, String method, String path, byte[] body) {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    return new DeviceProof(
            method,
            path,
            Instant.now(),
            HexFormat.of().formatHex(id),
            DeviceProof.digest(token),
            DeviceProof.digest(body),
            nonce)
        .sign(device.getPrivate());
  }

  private Tokens fresh() throws WorkspaceProblem {
    Tokens current = tokens;
    if (ended) {
      throw RemoteProblems.sessionEnded();
    }
    if (System.nanoTime() - current.renewAt() >= 0) {
      renew(current);
    }
    return tokens;
  }

  /// Renews the token unless another thread has done it since.
  private void renew(Tokens old) throws WorkspaceProblem {
    synchronized (renewal) {
      if (tokens != old) {
        return;
      }
      String idToken = vouched();
      HttpResponse<String> answer = refresh(old, idToken);
      if (answer.statusCode() == NOT_SIGNED_IN
          && RemoteProblems.of(NOT_SIGNED_IN, answer.body()).code().equals("use-nonce")) {
        answer = refresh(old, idToken);
      }
      if (answer.statusCode() != 200) {
        WorkspaceProblem problem = RemoteProblems.of(answer.statusCode(), answer.body());
        if (answer.statusCode() == NOT_SIGNED_IN) {
          ended = true;
          throw RemoteProblems.sessionEnded();
        }
        throw problem;
      }
      SessionOpened renewed = Transport.read(answer.body(), SessionOpened.class);
      tokens = tokens(renewed);
      time.take(renewed.serverTime());
    }
  }

  /// What the identity provider says today; empty for a local account.
  private String vouched() throws WorkspaceProblem {
    if (source.isEmpty()) {
      return "";
    }
    try {
      return source.get().renew();
    } catch (WorkspaceProblem e) {
      if (e.code().equals("provider-ended")) {
        ended = true;
        throw RemoteProblems.sessionEnded();
      }
      throw e;
    }
  }

  private HttpResponse<String> refresh(Tokens old, String idToken) throws WorkspaceProblem {
    byte[] body = Transport.json(new SessionRefresh(old.refreshToken(), idToken));
    String path = "/v1/sessions/refresh";
    HttpResponse<String> answer =
        transport.send(
            "POST",
            path,
            body,
            Map.of(DeviceProof.HEADER, proof(old.refreshToken(), "POST", path, body)),
            PATIENCE);
    takeNonce(answer);
    return answer;
  }

  private static Tokens tokens(SessionOpened opened) {
    Duration life = Duration.between(opened.serverTime(), opened.expiresAt());
    return new Tokens(
        opened.token(),
        opened.refreshToken(),
        System.nanoTime() + life.toNanos() - life.toNanos() / 5);
  }

  private static KeyPair deviceKey() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java platform has no Ed25519.", e);
    }
  }
}
