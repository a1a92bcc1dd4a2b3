package dev.sluice.cli;

import dev.sluice.server.ServerConfig;
import dev.sluice.server.ServerInit;
import dev.sluice.server.SluiceServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What the launcher's quick start is prepared with: a check of the statements on standard input,
/// then a server over an empty store, begun, asked and stopped. Run while the JVM records which
/// classes are used; never part of a command.
final class Training {

  private Training() {}

  public static void main(String[] arguments) throws Exception {
    int code = Main.commands().execute("check", "--batch");
    Path folder = Files.createTempDirectory("sluice-training");
    try {
      server(folder);
    } finally {
      delete(folder);
    }
    System.exit(code);
  }

  private static void server(Path folder) throws Exception {
    Path config = folder.resolve("server.yaml");
    Files.writeString(
        config,
        "http: {host: 127.0.0.1, port: 0}\nstore: {sqlite: server.db}\nkeys: server.keys\n");
    ServerInit.bootstrapToken(ServerConfig.load(config));
    try (SluiceServer server = SluiceServer.start(ServerConfig.load(config));
        HttpClient http = HttpClient.newHttpClient()) {
      for (String path : List.of("/healthz", "/readyz", "/v1/timeline")) {
        http.send(
            HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
            HttpResponse.BodyHandlers.discarding());
      }
    }
  }

  private static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
