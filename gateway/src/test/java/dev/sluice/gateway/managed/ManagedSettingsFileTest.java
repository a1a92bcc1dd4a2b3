package dev.sluice.gateway.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedSettingsFileTest {

  @TempDir Path folder;

  @Test
  void everythingAnAdministratorLaysDownIsRead() throws Exception {
    ManagedSettings settings =
        read(
            """
            server: https://sluice.acme.test
            trust-roots: [acme.pem, /etc/ssl/other.pem]
            keys: {policy: {k1: AAAA}, log-origin: sluice.acme.test/log, log: BBBB}
            preferences: {theme: dark, zoom: 125}
            updates: {check: false, floor: 1.2.0}
            """);

    assertThat(settings.server()).contains(URI.create("https://sluice.acme.test"));
    assertThat(settings.trustRoots())
        .containsExactly(folder.resolve("acme.pem"), Path.of("/etc/ssl/other.pem"));
    assertThat(settings.keys().orElseThrow().policy()).containsEntry("k1", "AAAA");
    assertThat(settings.preferences()).isEqualTo(Map.of("theme", "dark", "zoom", "125"));
    assertThat(settings.updates().check()).isFalse();
    assertThat(settings.updates().floor()).isEqualTo("1.2.0");
  }

  @Test
  void aMisspeltKeyStopsTheWholeFileAndIsNamed() {
    assertRefused("servr: https://a.test\n", "servr");
    assertRefused("updates: {chek: false}\n", "updates.chek");
    assertRefused("keys: {policy: {k: A}, log-origin: o, log: l, more: 1}\n", "keys.more");
  }

  @Test
  void whatIsNoSettingIsRefusedWithItsPlace() {
    assertRefused("server: [a]\n", "server must be one value");
    assertRefused("server: nowhere\n", "server must be an address");
    assertRefused("updates: {check: perhaps}\n", "updates.check must be true or false");
    assertRefused("updates: {manifest: 'https://a.test/m'}\n", "updates.key must be set");
    assertRefused("- a\n", "must be a mapping");
    assertRefused("a: b: c\n", ":1:");
    assertRefused("a: 1\na: 2\n", "this is not YAML");
  }

  @Test
  void anEmptyFileLaysNothingDown() throws Exception {
    assertThat(read("").server()).isEmpty();
  }

  @Test
  void aFileOfCertificatesThatHoldsNoneIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("root.pem"), "not a certificate");
    assertThatThrownBy(() -> TrustRoots.read(file))
        .isInstanceOf(TrustRoots.Unusable.class)
        .hasMessageContaining("root.pem");
    assertThatThrownBy(() -> TrustRoots.read(folder.resolve("none.pem")))
        .isInstanceOf(TrustRoots.Unusable.class)
        .hasMessageContaining("cannot be read");
  }

  private void assertRefused(String text, String part) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ManagedSettingsFile.Unreadable.class)
        .hasMessageContaining(part);
  }

  private ManagedSettings read(String text) throws Exception {
    return ManagedSettingsFile.read(Files.writeString(folder.resolve("managed.yaml"), text));
  }
}
