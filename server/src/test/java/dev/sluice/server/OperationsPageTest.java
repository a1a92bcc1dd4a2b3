package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.server.export.Sink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The configuration that docs/operations.md shows is read as it says.
class OperationsPageTest {

  @TempDir Path folder;

  private static String shown() throws Exception {
    String page =
        Files.readString(Path.of(System.getProperty("sluice.root"), "docs", "operations.md"));
    int begin = page.indexOf("```yaml\n") + 8;
    return page.substring(begin, page.indexOf("```", begin));
  }

  private ServerConfig read(String yaml) throws Exception {
    Path file = folder.resolve("server.yaml");
    // No certificate is at hand here; another test starts a server with one.
    Files.writeString(file, yaml.replaceAll("(?m)^tls: .*$", ""));
    Map<String, String> environment = new HashMap<>();
    for (String name : new String[] {"METRICS_TOKEN", "SOAR_SECRET"}) {
      environment.put(name, "secret of " + name);
    }
    environment.put("SLACK_URL", "https://hooks.slack.test/services/x");
    return ServerConfigFile.read(file, environment);
  }

  @Test
  void theConfigurationShownIsRead() throws Exception {
    Operations operations = read(shown()).operations();
    assertThat(operations.sinks())
        .extracting(Sink::name)
        .containsExactly("lake", "siem", "team", "soar");
    assertThat(operations.kept()).containsEntry("statement.", Duration.ofDays(365));
    assertThat(operations.metricsToken()).contains("secret of METRICS_TOKEN");
    assertThat(operations.eraseWithTwo()).isTrue();
    assertThat(operations.toString() + operations.sinks()).doesNotContain("secret of", "hooks.");
  }

  @Test
  void whatIsWrongIsNamedWithItsPlace() throws Exception {
    String shown = shown();
    assertThatThrownBy(() -> read(shown.replace("session.: 90", "session.: soon")))
        .hasMessageContaining("session.");
    assertThatThrownBy(() -> read(shown.replace("format: slack", "format: pigeon")))
        .hasMessageContaining("generic, slack or teams");
    assertThatThrownBy(() -> read(shown.replace("https://soar", "http://soar")))
        .hasMessageContaining("an https address");
    assertThatThrownBy(() -> read(shown.replace("name: soar", "name: team")))
        .hasMessageContaining("there twice");
    assertThatThrownBy(() -> read(shown.replace("two-persons", "two-people")))
        .hasMessageContaining("two-people");
  }

  @Test
  void aCertificateThatCannotBeUsedIsSaidPlainly() throws Exception {
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);
    Path file = folder.resolve("empty.p12");
    try (var out = Files.newOutputStream(file)) {
      empty.store(out, "changeit".toCharArray());
    }
    assertThatThrownBy(() -> Tls.pkcs12(file, "changeit"))
        .hasMessageContaining("there is no private key in it");
    assertThatThrownBy(() -> Tls.pkcs12(file, "wrong")).hasMessageContaining("password");
    assertThatThrownBy(() -> Tls.pem(file, file)).hasMessageContaining("PEM");
  }
}
