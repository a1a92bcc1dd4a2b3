package dev.sluice.gateway.remote;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.codec.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// HTTP with JSON to one address. Knows nothing of sessions.
final class Transport implements AutoCloseable {

  private final URI address;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(threads)
          .build();

  Transport(URI address) {
    this.address = address;
  }

  URI address() {
    return address;
  }

  /// A request's answer as text, whatever its status.
  HttpResponse<String> send(
      String method, String path, byte[] body, Map<String, String> headers, Duration patience)
      throws WorkspaceProblem {
    try {
      return http.send(
          request(method, path, body, headers).timeout(patience).build(),
          HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw RemoteProblems.unreachable(address.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RemoteProblems.interrupted();
    }
  }

  /// Sends a form, as token endpoints want it.
  HttpResponse<String> form(
      String path, Map<String, String> fields, Map<String, String> headers, Duration patience)
      throws WorkspaceProblem {
    StringBuilder body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "application/x-www-form-urlencoded");
    return send("POST", path, body.toString().getBytes(StandardCharsets.US_ASCII), all, patience);
  }

  /// An answer that is read as it comes. Connecting takes as long as the caller's thread waits.
  HttpResponse<InputStream> stream(String path, Map<String, String> headers)
      throws IOException, InterruptedException {
    return http.send(
        request("GET", path, new byte[0], headers).build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpRequest.Builder request(
      String method, String path, byte[] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (body.length > 0 && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return request;
  }

  static byte[] json(Object body) {
    return JsonCodec.write(body).getBytes(StandardCharsets.UTF_8);
  }

  static <T> T read(String body, Class<T> type) throws WorkspaceProblem {
    try {
      return JsonCodec.read(body, type);
    } catch (JsonCodec.MalformedJson e) {
      throw RemoteProblems.oddAnswer();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    threads.shutdownNow();
  }
}
