package dev.sluice.server;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.PasswordSignIn;
import dev.sluice.governance.codec.wire.Problem;
import dev.sluice.governance.codec.wire.SessionOpened;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A session whose every request can be bent: for tests of what the server must refuse.
final class RawClient {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI address;
  private final KeyPair device;
  private SessionOpened session;
  private String nonce;

  private RawClient(URI address, KeyPair device, SessionOpened session) {
    this.address = address;
    this.device = device;
    this.session = session;
    this.nonce = session.nonce();
  }

  static RawClient signIn(URI address, String account) throws Exception {
    return signIn(address, account, newDevice());
  }

  static RawClient signIn(URI address, String account, KeyPair device) throws Exception {
    HttpResponse<String> answer =
        send(
            address,
            "POST",
            "/v1/sessions",
            JsonCodec.write(
                new PasswordSignIn(account, TestServer.PASSWORD, publicKey(device), "test")),
            Map.of());
    return new RawClient(address, device, JsonCodec.read(answer.body(), SessionOpened.class));
  }

  static KeyPair newDevice() throws NoSuchAlgorithmException {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  static String publicKey(KeyPair device) {
    return Base64.getEncoder().encodeToString(device.getPublic().getEncoded());
  }

  SessionOpened session() {
    return session;
  }

  void use(SessionOpened other) {
    this.session = other;
  }

  /// An honest request.
  HttpResponse<String> send(String method, String path, String body) throws Exception {
    HttpResponse<String> answer =
        send(address, method, path, body, headers(proof(method, path, body)));
    takeNonce(answer);
    return answer;
  }

  void takeNonce(HttpResponse<String> answer) {
    answer.headers().firstValue(DeviceProof.NONCE_HEADER).ifPresent(next -> nonce = next);
  }

  /// A request with a given proof.
  HttpResponse<String> send(String method, String path, String body, String proof)
      throws Exception {
    return send(address, method, path, body, headers(proof));
  }

  DeviceProof claims(String method, String path, String body) {
    return new DeviceProof(
        method,
        path,
        Instant.now(),
        Ids.next(),
        DeviceProof.digest(session.token()),
        DeviceProof.digest(body),
        nonce);
  }

  String proof(String method, String path, String body) {
    return sign(claims(method, path, body));
  }

  String sign(DeviceProof claims) {
    return claims.sign(device.getPrivate());
  }

  Map<String, String> headers(String proof) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Sluice " + session.token());
    headers.put(DeviceProof.HEADER, proof);
    return headers;
  }

  static HttpResponse<String> send(
      URI address, String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    headers.forEach(request::header);
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// The code of an error answer, or its status when it is none.
  static String code(HttpResponse<String> answer) throws JsonCodec.MalformedJson {
    return answer.statusCode() < 400
        ? String.valueOf(answer.statusCode())
        : JsonCodec.read(answer.body(), Problem.class).code();
  }
}
