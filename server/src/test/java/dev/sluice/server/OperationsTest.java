package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.http.Route;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OperationsTest {

  @TempDir Path folder;

  @Test
  void aServerAnswersOverTlsAndDescribesExactlyItsRoutes() throws Exception {
    Path file = folder.resolve("server.p12");
    Process made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor()).isZero();
    Path config = folder.resolve("server.yaml");
    Files.writeString(
        config,
        """
        http: {host: 127.0.0.1, port: 0}
        tls: {pkcs12: server.p12, password-env: TLS_PASSWORD}
        metrics: {token-env: METRICS_TOKEN}
        retention: {statement.: 365}
        """);
    ServerConfig read =
        ServerConfigFile.read(
            config, Map.of("TLS_PASSWORD", "changeit", "METRICS_TOKEN", "read me"));
    try (SluiceServer server = SluiceServer.start(read)) {
      HttpClient http = HttpClient.newBuilder().sslContext(trusting(file)).build();
      assertThat(server.address().getScheme()).isEqualTo("https");
      assertThat(get(http, server, "/healthz", "").statusCode()).isEqualTo(200);
      assertThat(get(http, server, "/readyz", "").statusCode())
          .as("no policy is in force")
          .isEqualTo(503);

      JsonNode described =
          JsonMapper.builder().build().readTree(get(http, server, "/openapi.json", "").body());
      TreeSet<String> paths = new TreeSet<>();
      described
          .get("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue()
                      .propertyNames()
                      .forEach(
                          method ->
                              paths.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      TreeSet<String> routes = new TreeSet<>();
      for (Route route : server.routes()) {
        routes.add(route.method().name() + " " + route.path());
      }
      assertThat(paths).isEqualTo(routes).isNotEmpty();

      assertThat(get(http, server, "/metrics", "").statusCode()).isEqualTo(403);
      assertThat(get(http, server, "/metrics", "Bearer wrong").statusCode()).isEqualTo(403);
      assertThat(get(http, server, "/metrics", "Bearer read me").body())
          .contains("sluice_log_entries ")
          .contains("route=\"/healthz\",status=\"200\"");
    }
  }

  @Test
  void aTakenPortIsAnsweredByTheNextOne() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
        SluiceServer server =
            SluiceServer.start(ServerConfig.inFolder(folder).withPort(taken.getLocalPort()))) {
      assertThat(server.port()).isNotEqualTo(taken.getLocalPort());
    }
  }

  private static HttpResponse<String> get(
      HttpClient http, SluiceServer server, String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static SSLContext trusting(Path file) throws Exception {
    KeyStore trusted = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore only = KeyStore.getInstance("PKCS12");
    only.load(null, null);
    only.setCertificateEntry("server", trusted.getCertificate("server"));
    managers.init(only);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
