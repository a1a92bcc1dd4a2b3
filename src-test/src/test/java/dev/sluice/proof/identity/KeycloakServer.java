package dev.sluice.proof.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A real Keycloak, unpacked from Maven Central's archive and started for the tests that ask for it
/// first; it ends with the process. One realm, two people, and the clients of the tests.
public final class KeycloakServer {

  public static final String PASSWORD = "correct horse";
  static final String ADMIN = "admin";
  static final String ADMIN_PASSWORD = "admin of the tests";

  private static final String VERSION = "26.7.3";
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private static volatile KeycloakServer running;

  private final int port;
  private final Path log;

  private KeycloakServer(int port, Path log) {
    this.port = port;
    this.log = log;
  }

  /// The one of this process.
  public static synchronized KeycloakServer running() throws Exception {
    if (running == null) {
      running = start();
    }
    return running;
  }

  /// The realm's issuer.
  public String issuer() {
    return "http://127.0.0.1:" + port + "/realms/sluice";
  }

  public int port() {
    return port;
  }

  private static KeycloakServer start() throws Exception {
    // -Dsluice.test.jvm=-Dsluice.keycloak.port=N uses one that runs already, while writing tests.
    Integer own = Integer.getInteger("sluice.keycloak.port");
    if (own != null) {
      return new KeycloakServer(own, Path.of(""));
    }
    Path home = unpacked();
    int port = freePort();
    Path log = home.resolveSibling("keycloak.log");
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
    List<String> command = new ArrayList<>();
    command.addAll(
        windows
            ? List.of("cmd", "/c", home.resolve("bin/kc.bat").toString())
            : List.of("bash", home.resolve("bin/kc.sh").toString()));
    command.addAll(
        List.of(
            "start-dev",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--db=dev-mem",
            "--cache=local",
            "--import-realm"));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx400m");
    environment.put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
    KeycloakServer server = new KeycloakServer(port, log);
    server.await(process);
    return server;
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void await(Process process) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration"))
              .timeout(Duration.ofSeconds(5))
              .build();
      while (System.nanoTime() < until && process.isAlive()) {
        try {
          if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          // Not up yet.
        }
        Thread.sleep(500);
      }
    }
    end(process);
    throw new IllegalStateException("Keycloak did not start; see " + log + ".");
  }

  private static Path unpacked() throws IOException {
    Path folder = Path.of("target", "keycloak").toAbsolutePath();
    Path home = folder.resolve("keycloak-" + VERSION);
    if (!Files.exists(home.resolve("complete"))) {
      unpack(archive(), folder);
      Files.writeString(home.resolve("complete"), VERSION);
    }
    Path imported = home.resolve("data/import/sluice-realm.json");
    Files.createDirectories(imported.getParent());
    try (InputStream realm =
        Objects.requireNonNull(KeycloakServer.class.getResourceAsStream("realm.json"))) {
      Files.copy(realm, imported, StandardCopyOption.REPLACE_EXISTING);
    }
    return home;
  }

  private static void unpack(Path archive, Path folder) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("The archive leaves its folder.");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /// Where Maven keeps the archive; the build fetches it before the tests.
  private static Path archive() {
    Path repository =
        Path.of(
            System.getProperty(
                "sluice.repository", System.getProperty("user.home") + "/.m2/repository"));
    Path archive =
        repository.resolve(
            "org/keycloak/keycloak-quarkus-dist/"
                + VERSION
                + "/keycloak-quarkus-dist-"
                + VERSION
                + ".zip");
    if (!Files.exists(archive)) {
      throw new IllegalStateException(
          "Keycloak is not in the local repository. Fetch it once: mvn dependency:get"
              + " -Dartifact=org.keycloak:keycloak-quarkus-dist:"
              + VERSION
              + ":zip -Dtransitive=false");
    }
    return archive;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
