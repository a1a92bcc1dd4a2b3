package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.audit.AuditEvent;
import dev.sluice.server.store.StoreConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer is killed (SIGKILL) again and again, at moments nobody chose.
class KillTest {

  @TempDir Path folder;

  @Test
  void noAcknowledgedEventIsLostWhenTheServerIsKilled() throws Exception {
    killAgainAndAgain(new StoreConfig.Sqlite(folder.resolve("log.db")), 2);
    killAgainAndAgain(TestServer.freshPostgreSqlStore(), 2);
  }

  @Test
  @Tag("proof")
  void noAcknowledgedEventIsLostHoweverOftenTheServerIsKilled() throws Exception {
    killAgainAndAgain(new StoreConfig.Sqlite(folder.resolve("log.db")), 100);
    killAgainAndAgain(TestServer.freshPostgreSqlStore(), 100);
  }

  private void killAgainAndAgain(StoreConfig store, int times) throws Exception {
    Random moments = new Random(times);
    Map<String, Long> acknowledged = new HashMap<>();
    Path keys = folder.resolve("keys-" + (store instanceof StoreConfig.Sqlite));
    for (int time = 0; time < times; time++) {
      Map<String, Long> now = killed(store, keys, 40 + moments.nextInt(400));
      assertThat(now).isNotEmpty();
      acknowledged.putAll(now);
      try (BareLog.Bench again = new BareLog.Bench(store, ServerKeys.loadOrCreate(keys))) {
        again.ledger.checkEnd();
        assertThat(again.ledger.verify().intact()).isTrue();
        acknowledged.forEach(
            (id, sequence) -> {
              Optional<AuditEvent> event =
                  again.store.read(handle -> again.ledger.event(handle, sequence));
              assertThat(event)
                  .as(id)
                  .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(id));
            });
      }
    }
  }

  /// Receipts that were given before the end.
  private static Map<String, Long> killed(StoreConfig store, Path keys, int after)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledWriter.class.getName()));
    switch (store) {
      case StoreConfig.Sqlite file -> command.addAll(List.of("sqlite", file.file().toString()));
      case StoreConfig.PostgreSql server -> command.addAll(List.of("postgresql", server.url()));
    }
    command.add(keys.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Map<String, Long> receipts = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words.length == 2 && words[0].length() == 32 && !words[1].isEmpty()) {
          receipts.put(words[0], Long.parseLong(words[1]));
        }
        if (receipts.size() == after) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return receipts;
  }
}
