package dev.sluice.bench;

import dev.sluice.governance.codec.DeviceProof;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.PasswordSignIn;
import dev.sluice.governance.codec.wire.SessionOpened;
import dev.sluice.server.Ids;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A session that costs next to nothing on the client's side, so that the server is what is
/// measured.
final class DeviceClient {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI address;
  private final KeyPair device;
  private final SessionOpened session;

  private DeviceClient(URI address, KeyPair device, SessionOpened session) {
    this.address = address;
    this.device = device;
    this.session = session;
  }

  static DeviceClient signIn(URI address, String account) throws Exception {
    KeyPair device = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String key = Base64.getEncoder().encodeToString(device.getPublic().getEncoded());
    String body =
        JsonCodec.write(new PasswordSignIn(account, BenchServer.PASSWORD, key, "benchmark"));
    HttpResponse<String> answer = send(address, "POST", "/v1/sessions", body, Map.of());
    return new DeviceClient(address, device, JsonCodec.read(answer.body(), SessionOpened.class));
  }

  URI address() {
    return address;
  }

  /// An answer of success, else it fails.
  String post(String path, Object body) throws Exception {
    String json = JsonCodec.write(body);
    return send(address, "POST", path, json, headers("POST", path, json)).body();
  }

  /// Writes an answer of success to a file.
  void download(String path, Path file) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    headers("GET", path, "").forEach(request::header);
    int status = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofFile(file)).statusCode();
    if (status != 200) {
      throw new IOException(path + " answered " + status + ".");
    }
  }

  Map<String, String> headers(String method, String path, String body) {
    DeviceProof proof =
        new DeviceProof(
            method,
            path,
            Instant.now(),
            Ids.next(),
            DeviceProof.digest(session.token()),
            DeviceProof.digest(body),
            session.nonce());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Sluice " + session.token());
    headers.put(DeviceProof.HEADER, proof.sign(device.getPrivate()));
    return headers;
  }

  private static HttpResponse<String> send(
      URI address, String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(path + " answered " + answer.statusCode() + ".");
    }
    return answer;
  }
}
