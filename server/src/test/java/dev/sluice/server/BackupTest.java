package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.codec.wire.LogVerification;
import dev.sluice.server.store.StoreConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

  @TempDir Path folder;

  @Test
  void aCopyOfARunningServerTakesItsPlace() throws Exception {
    Path home = folder.resolve("home");
    Path copy = folder.resolve("copy");
    ServerConfig config =
        TestServer.config(home).withStore(new StoreConfig.Sqlite(home.resolve("sluice-server.db")));
    try (TestServer server = TestServer.start(home, usual -> config)) {
      server.signIn("analyst").intent(TestServer.reading("SELECT id FROM orders WHERE id = 1"));
      LogVerification copied = Backups.backup(config, copy);
      assertThat(copied.intact()).isTrue();
      assertThat(copied.upTo()).isPositive();
      assertThatThrownBy(() -> Backups.backup(config, copy)).hasMessageContaining("exists");
      server.signIn("analyst").intent(TestServer.reading("SELECT id FROM orders WHERE id = 2"));
    }
    assertThat(Backups.restore(config, copy).intact()).isTrue();
    try (TestServer server = TestServer.start(home, usual -> config)) {
      assertThat(
              server
                  .signIn("analyst")
                  .timeline(new TimelineQuery("orders", Long.MAX_VALUE, 10))
                  .entries())
          .singleElement()
          .satisfies(entry -> assertThat(entry.statement()).endsWith("= 1"));
      assertThat(server.signIn("auditor").verify().verified()).isTrue();
    }
    try (var files = Files.list(home)) {
      assertThat(files.filter(file -> file.toString().contains(".before-"))).isNotEmpty();
    }
  }
}
