package dev.sluice.gateway.updates;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.gateway.managed.ManagedSettings.Updates;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateCheckTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final ProductVersion RUNNING = new ProductVersion(1, 4, 0);

  @TempDir Path folder;

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private KeyPair keys;
  private String published = "";

  @BeforeEach
  void publish() throws Exception {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/stable",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = published.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aNewerVersionIsNamedWithWhereToGetItAndRemembered() {
    published =
        manifest("stable", "1.5.0", "1.0.0", NOW.minusSeconds(60)).signed(keys.getPrivate());

    UpdateNotice expected =
        new UpdateNotice.Newer(
            new ProductVersion(1, 5, 0), URI.create("https://sluice.acme.test/get"));
    assertThat(check(settings(true, "")).ask(NOW)).isEqualTo(expected);
    server.stop(0);
    assertThat(check(settings(true, "")).known(NOW)).isEqualTo(expected);
  }

  @Test
  void theNewestVersionIsLeftInPeace() {
    published =
        manifest("stable", "1.4.0", "1.0.0", NOW.minusSeconds(60)).signed(keys.getPrivate());
    assertThat(check(settings(true, "")).ask(NOW)).isEqualTo(new UpdateNotice.Newest());
  }

  @Test
  void whatThePinnedKeyDidNotSignSaysNothingAndIsNotKept() throws Exception {
    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    UpdateManifest manifest = manifest("stable", "9.0.0", "9.0.0", NOW);
    String good = manifest.signed(keys.getPrivate());
    String[] parts = good.split("\\.");
    for (String wrong :
        new String[] {
          manifest.signed(other.getPrivate()),
          manifest("beta", "9.0.0", "9.0.0", NOW).signed(keys.getPrivate()),
          parts[0] + "." + parts[1] + ".",
          parts[0] + "." + parts[1].substring(1) + "." + parts[2],
          "{}",
          "x".repeat(70_000)
        }) {
      published = wrong;
      assertThat(check(settings(true, "")).ask(NOW)).isInstanceOf(UpdateNotice.Unknown.class);
      assertThat(folder.resolve("update.jws")).doesNotExist();
    }
    Files.writeString(folder.resolve("update.jws"), manifest.signed(other.getPrivate()));
    assertThat(check(settings(true, "")).known(NOW)).isInstanceOf(UpdateNotice.NotAsked.class);
  }

  @Test
  void anOlderManifestIsNotTakenAfterANewerOne() {
    published =
        manifest("stable", "1.6.0", "1.0.0", NOW.minusSeconds(60)).signed(keys.getPrivate());
    check(settings(true, "")).ask(NOW);
    published =
        manifest("stable", "1.4.0", "1.0.0", NOW.minusSeconds(600)).signed(keys.getPrivate());

    assertThat(check(settings(true, "")).ask(NOW)).isInstanceOf(UpdateNotice.Unknown.class);
    assertThat(check(settings(true, "")).known(NOW)).isInstanceOf(UpdateNotice.Newer.class);
  }

  @Test
  void aManifestThatRanOutSaysSo() {
    published =
        manifest("stable", "1.5.0", "1.0.0", NOW.minusSeconds(60)).signed(keys.getPrivate());
    assertThat(check(settings(true, "")).ask(NOW.plusSeconds(90 * 86_400)))
        .isInstanceOf(UpdateNotice.Unknown.class);
  }

  @Test
  void belowTheFloorOfTheChannelOrOfTheAdministratorItMayNotRun() {
    published =
        manifest("stable", "1.6.0", "1.5.0", NOW.minusSeconds(60)).signed(keys.getPrivate());
    assertThat(check(settings(true, "")).ask(NOW))
        .isEqualTo(
            new UpdateNotice.TooOld(
                new ProductVersion(1, 5, 0), "Get it at https://sluice.acme.test/get."));
    assertThat(check(settings(false, "1.4.1")).known(NOW)).isInstanceOf(UpdateNotice.TooOld.class);
    assertThat(check(settings(false, "1.4")).known(NOW)).isInstanceOf(UpdateNotice.NotAsked.class);
    assertThat(check(settings(false, "one")).known(NOW)).isInstanceOf(UpdateNotice.TooOld.class);
  }

  @Test
  void switchedOffNobodyIsAsked() {
    assertThat(check(settings(false, "")).ask(NOW)).isInstanceOf(UpdateNotice.NotAsked.class);
    assertThat(check(new Updates(true, "stable", Optional.empty(), "", "")).ask(NOW))
        .isInstanceOf(UpdateNotice.NotAsked.class);
    assertThat(asked).hasValue(0);
  }

  @Test
  void plainHttpToAnotherMachineIsNotAsked() {
    Updates elsewhere =
        new Updates(true, "stable", Optional.of(URI.create("http://192.0.2.1/m")), key(), "");
    assertThat(check(elsewhere).ask(NOW)).isInstanceOf(UpdateNotice.Unknown.class);
  }

  private UpdateCheck check(Updates settings) {
    return new UpdateCheck(settings, folder, RUNNING);
  }

  private Updates settings(boolean check, String floor) {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/stable");
    return new Updates(check, "stable", Optional.of(address), key(), floor);
  }

  private String key() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  private static UpdateManifest manifest(
      String channel, String version, String floor, Instant issued) {
    return new UpdateManifest(
        channel,
        ProductVersion.of(version).orElseThrow(),
        ProductVersion.of(floor).orElseThrow(),
        issued,
        issued.plusSeconds(30 * 86_400),
        URI.create("https://sluice.acme.test/get"));
  }
}
