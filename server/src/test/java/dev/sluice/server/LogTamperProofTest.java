package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.ledger.LedgerExport;
import dev.sluice.server.store.StoreConfig;
import dev.sluice.server.verify.LedgerVerifier;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Flips, deletions, swaps, insertions, truncations and forks of an exported log, each located.
class LogTamperProofTest {

  @TempDir Path folder;

  @Test
  void aSampleOfChangesOfALogIsLocated() throws Exception {
    locateAll(600, 60);
  }

  @Test
  @Tag("proof")
  void everyChangeOfALogOfTenThousandIsLocated() throws Exception {
    locateAll(10_000, 1);
  }

  private void locateAll(int events, int step) throws Exception {
    ServerKeys keys = ServerKeys.generate();
    String key = Base64.getEncoder().encodeToString(keys.log().getPublic().getEncoded());
    List<String> lines = export(keys, key, events, "log.db");
    List<String> fork = export(keys, key, events, "fork.db");
    assertThat(check(lines, key).intact()).isTrue();
    for (int place = 1; place < lines.size() - 2; place += step) {
      String line = lines.get(place);
      if (!line.contains("\"entry\"") || !lines.get(place + 1).contains("\"entry\"")) {
        continue;
      }
      int at = place;
      long sequence = sequence(line);
      int body = line.indexOf("\\\"body\\\":\\\"") + 40;
      char flipped = line.charAt(body) == 'A' ? 'B' : 'A';
      locate(
          lines,
          key,
          copy -> copy.set(at, line.substring(0, body) + flipped + line.substring(body + 1)),
          sequence);
      locate(lines, key, copy -> copy.remove(at), sequence);
      locate(lines, key, copy -> java.util.Collections.swap(copy, at, at + 1), sequence);
      locate(lines, key, copy -> copy.add(at, copy.get(at)), sequence + 1);
      // A first entry of another log continues nothing, so it is the second that does not fit it.
      locate(lines, key, copy -> copy.set(at, fork.get(at)), Math.max(sequence, 2));
      // Cut off in the middle, nothing vouches for the end.
      assertThat(check(lines.subList(0, at + 1), key).intact()).isFalse();
    }
    // A whole other history is consistent in itself: who has seen a checkpoint of this one knows.
    assertThat(check(fork, key).intact()).isTrue();
    List<String> mixed = new ArrayList<>(fork);
    mixed.set(mixed.size() - 1, lines.getLast());
    assertThat(check(mixed, key).intact()).isFalse();
  }

  private void locate(List<String> lines, String key, Consumer<List<String>> tamper, long expected)
      throws Exception {
    List<String> copy = new ArrayList<>(lines);
    tamper.accept(copy);
    LedgerVerifier.Report report = check(copy, key);
    assertThat(report.intact()).isFalse();
    assertThat(report.firstBroken()).isEqualTo(expected);
  }

  private LedgerVerifier.Report check(List<String> lines, String key) throws Exception {
    Path file = folder.resolve("export.jsonl");
    Files.write(file, lines);
    return LedgerVerifier.verify(file, Optional.of(key));
  }

  private List<String> export(ServerKeys keys, String key, int events, String name)
      throws Exception {
    try (BareLog.Bench bench =
        new BareLog.Bench(new StoreConfig.Sqlite(folder.resolve(name)), keys)) {
      BareLog.ingest(bench, events / 2);
      bench.ledger.keepCheckpoint();
      BareLog.ingest(bench, events - events / 2);
      StringWriter out = new StringWriter();
      new LedgerExport(bench.store, bench.ledger, key).write(out);
      return out.toString().lines().toList();
    }
  }

  private static long sequence(String line) {
    int at = line.indexOf("\"sequence\":") + 11;
    return Long.parseLong(line.substring(at, line.indexOf(',', at)));
  }
}
