package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.governance.codec.JsonCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the server's keys may come from, and what its log says.
class KeysAndLogTest {

  @TempDir Path folder;

  @Test
  void keysFromTheEnvironmentAreThoseOfTheFileAndNoFileIsMade() throws Exception {
    ServerKeys made = ServerKeys.loadOrCreate(folder.resolve("first.keys"));
    String held = Files.readString(folder.resolve("first.keys"));
    ServerConfig config = read("keys-from: {env: KEYS}", Map.of("KEYS", held));

    assertThat(config.keys().policyKeyId()).isEqualTo(made.policyKeyId());
    assertThat(config.keys().seal()).isEqualTo(made.seal());
    assertThat(folder.resolve("sluice-server.keys")).doesNotExist();
    assertThat(config.operations().toString()).doesNotContain("seal");

    assertThatThrownBy(() -> read("keys-from: {env: KEYS}", Map.of("KEYS", "{}")))
        .hasMessageContaining("does not hold what a key file holds")
        .hasMessageNotContaining("Exception");
    assertThatThrownBy(() -> read("keys-from: {env: KEYS}", Map.of())).hasMessageContaining("KEYS");
    assertThatThrownBy(() -> read("keys: here\nkeys-from: {env: KEYS}", Map.of("KEYS", held)))
        .hasMessageContaining("not both");
  }

  @Test
  void aServerWorksWithKeysThatTheKeytoolMade() throws Exception {
    Path file = folder.resolve("keys.p12");
    for (String pair : List.of("policy", "log")) {
      keytool(file, "-genkeypair", "-keyalg", "Ed25519", "-alias", pair, "-dname", "CN=" + pair);
    }
    assertThatThrownBy(() -> ServerKeys.pkcs12(file, "changeit"))
        .hasMessageContaining("by the name seal");
    keytool(file, "-genseckey", "-keyalg", "AES", "-keysize", "256", "-alias", "seal");
    assertThatThrownBy(() -> ServerKeys.pkcs12(file, "wrong")).hasMessageContaining("password");

    ServerConfig config =
        read("keys-from: {pkcs12: keys.p12, password-env: P}", Map.of("P", "changeit"));
    try (TestServer server =
        TestServer.start(folder, standard -> standard.withOperations(config.operations()))) {
      assertThat(server.signIn("analyst").verify().verified()).isTrue();
      assertThat(server.server().info().policyKeys().getFirst().id())
          .isEqualTo(config.keys().policyKeyId());
    }
    assertThat(folder.resolve("sluice-server.keys")).doesNotExist();
  }

  @Test
  void aLineOfTheJsonLogHasNoMessageOfAnErrorOrOfALibrary() throws Exception {
    LogRecord ours = new LogRecord(Level.SEVERE, "A commit of {0} writes failed");
    ours.setLoggerName("dev.sluice.server.store.WriteQueue");
    ours.setParameters(new Object[] {7});
    ours.setThrown(new IllegalStateException("ana@acme.test", new RuntimeException("900-11-1")));
    Map<?, ?> line = JsonCodec.read(new JsonLog().format(ours), Map.class);
    assertThat(line.get("message")).isEqualTo("A commit of 7 writes failed");
    assertThat(line.get("errors").toString())
        .contains("java.lang.IllegalStateException", "KeysAndLogTest")
        .doesNotContain("ana@acme.test", "900-11");

    LogRecord library = new LogRecord(Level.WARNING, "row was ana@acme.test");
    library.setLoggerName("org.postgresql.Driver");
    assertThat(new JsonLog().format(library))
        .contains("org.postgresql.Driver")
        .doesNotContain("ana")
        .endsWith("}\n");
    assertThat(read("log: {format: json}", Map.of()).operations().jsonLog()).isTrue();
  }

  private ServerConfig read(String yaml, Map<String, String> environment) throws Exception {
    Path file = folder.resolve("server.yaml");
    Files.writeString(file, yaml);
    return ServerConfigFile.read(file, environment);
  }

  private static void keytool(Path file, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", "changeit"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }
}
