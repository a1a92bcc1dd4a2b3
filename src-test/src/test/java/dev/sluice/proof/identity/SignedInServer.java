package dev.sluice.proof.identity;

import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.Target;
import dev.sluice.server.directory.AccountSeed;
import dev.sluice.server.directory.IdentityConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A Sluice server that trusts given identity providers, with one small database.
public final class SignedInServer implements AutoCloseable {

  private static final String POLICY =
      """
      version: 1
      expires: 2099-12-31T00:00:00Z
      connections:
        - {name: notes, environment: development, owner: data-owners}
      rules:
        - id: read
          when: statement.reads_only
          effect: allow
          limits: {rows: 100, seconds: 10}
      """;

  private final SluiceServer server;
  private volatile Duration ahead = Duration.ZERO;

  private SignedInServer(Path folder, IdentityConfig identity) {
    InstantSource clock = () -> Instant.now().plus(ahead);
    this.server =
        SluiceServer.start(
            ServerConfig.inFolder(folder)
                .withTargets(
                    List.of(
                        Target.file(
                            ConnectionDefinition.file(
                                "notes", Dialect.SQLITE, folder.resolve("notes.db").toString()),
                            "development",
                            "data-owners")))
                .withPolicy(POLICY)
                .withAccounts(
                    List.of(
                        AccountSeed.person(
                            "local", "Lo Cal", "", Set.of(), Set.of("analyst"), "correct horse")))
                .withIdentity(identity)
                .withClock(clock));
  }

  public static SignedInServer start(Path folder, IdentityConfig identity) throws IOException {
    Files.createDirectories(folder);
    return new SignedInServer(folder, identity);
  }

  /// The providers of a configuration file's `identity` section, as the documentation shows it.
  public static IdentityConfig trusting(IdentityConfig.Provider... providers) {
    return IdentityConfig.localOnly().withProviders(List.of(providers));
  }

  /// The server's time, from now on ahead of everybody else's.
  public void goAhead(Duration by) {
    ahead = by;
  }

  public SluiceServer server() {
    return server;
  }

  public ServerTrust trust() {
    return ServerTrust.pin(server.address(), server.info());
  }

  public HttpResponse<String> post(String path, String type, String body) throws Exception {
    return send("POST", path, body, Map.of("Content-Type", type));
  }

  public HttpResponse<String> get(String path, Map<String, String> headers) throws Exception {
    return send("GET", path, "", headers);
  }

  private HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server.address() + path))
              .method(method, HttpRequest.BodyPublishers.ofString(body));
      headers.forEach(request::header);
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
