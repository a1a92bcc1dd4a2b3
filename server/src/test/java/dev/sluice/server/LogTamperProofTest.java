package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.server.ledger.LedgerExport;
import dev.sluice.server.store.StoreConfig;
import dev.sluice.server.verify.ExportReading;
import dev.sluice.server.verify.LedgerVerifier;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /// Every place is tried on a reading that has come as far as the line before it: what came before
  /// is the same for all changes of that place.
  private void locateAll(int events, int step) throws Exception {
    ServerKeys keys = ServerKeys.generate();
    String key = Base64.getEncoder().encodeToString(keys.log().getPublic().getEncoded());
    List<String> lines = export(keys, key, events, "log.db");
    List<String> fork = export(keys, key, events, "fork.db");
    ExportReading reading = new ExportReading(Optional.of(key), List.of());
    ExportReading ofFork = new ExportReading(Optional.of(key), List.of());
    long tried = 0;
    for (int place = 0; place < lines.size(); place++) {
      String line = lines.get(place);
      boolean entries =
          place > 0
              && place < lines.size() - 2
              && line.contains("\"entry\"")
              && lines.get(place + 1).contains("\"entry\"");
      if (entries && place % step == 0) {
        tried += changed(reading, lines, fork, place);
      }
      assertThat(reading.take(line)).as(line).isEmpty();
      assertThat(ofFork.take(fork.get(place))).isEmpty();
    }
    assertThat(reading.end().intact()).isTrue();
    // A whole other history is consistent in itself: who has seen a checkpoint of this one knows.
    assertThat(ofFork.end().intact()).isTrue();
    Path one = write("one.jsonl", lines);
    Path other = write("other.jsonl", fork);
    LedgerVerifier.Report forked = LedgerVerifier.verify(other, Optional.of(key), one);
    assertThat(forked.intact()).isFalse();
    // Somewhere before the first checkpoint that both have.
    assertThat(forked.firstBroken()).isEqualTo(1);
    assertThat(forked.lastBroken()).isBetween(1L, (long) events);
    assertThat(LedgerVerifier.verify(one, Optional.of(key), one).intact()).isTrue();

    // Another history under this one's last checkpoint, and the first half of this one.
    List<String> mixed = new ArrayList<>(fork);
    mixed.set(mixed.size() - 1, lines.getLast());
    LedgerVerifier.Report under =
        LedgerVerifier.verify(write("mixed.jsonl", mixed), Optional.of(key));
    assertThat(under.intact()).isFalse();
    assertThat(under.firstBroken()).isEqualTo(under.covered() + 1);
    assertThat(under.lastBroken()).isEqualTo(events);
    int half = lines.size() - 1;
    while (!lines.get(half - 1).contains("\"checkpoint\"")) {
      half--;
    }
    Path cut = write("cut.jsonl", lines.subList(0, half));
    assertThat(LedgerVerifier.verify(cut, Optional.of(key)).intact()).isTrue();
    LedgerVerifier.Report shorter = LedgerVerifier.verify(cut, Optional.of(key), one);
    assertThat(shorter.intact()).isFalse();
    assertThat(shorter.firstBroken()).isEqualTo(shorter.entries() + 1);
    System.out.printf(
        Locale.ROOT, "%,d changes of a log of %,d entries, each located%n", tried, events);
    if (step == 1) {
      ProofPage.write(
          "log-tampering.md",
          List.of(
              "# Changes of a log",
              "",
              "Of an exported log every entry was, in turn, changed in one character, deleted,"
                  + " swapped with the next, doubled, replaced by the entry of another log with the"
                  + " same key, and made the last line; every hundredth was changed and the hashes"
                  + " of all entries after it made to fit.",
              "",
              "| figure | value |",
              "|---|---|",
              "| entries | " + events + " |",
              "| changes tried | " + tried + " |",
              "| found, and the entry named | " + tried + " |",
              "",
              "Of a change whose later hashes were made to fit, the next checkpoint does not hold:"
                  + " it names the entries since the one before. An export that was cut off at a"
                  + " checkpoint, or replaced as a whole by another history under the same key,"
                  + " agrees with itself; `sluice verify --seen EARLIER` finds both.",
              "",
              "Repeat: `mvn -Pproof -pl server -am verify -Dtest=LogTamperProofTest"
                  + " -Dsurefire.failIfNoSpecifiedTests=false`."));
    }
  }

  /// @return how many changes were tried
  private static int changed(ExportReading before, List<String> lines, List<String> fork, int place)
      throws Exception {
    String line = lines.get(place);
    String next = lines.get(place + 1);
    long sequence = sequence(line);
    int body = line.indexOf("\\\"body\\\":\\\"") + 40;
    char flipped = line.charAt(body) == 'A' ? 'B' : 'A';
    located(before, sequence, line.substring(0, body) + flipped + line.substring(body + 1), next);
    located(before, sequence, next);
    located(before, sequence, next, line);
    located(before, sequence + 1, line, line);
    // A first entry of another log continues nothing, so it is the second that does not fit it.
    located(before, Math.max(sequence, 2), fork.get(place), next);
    // Cut off in the middle, nothing vouches for the end.
    ExportReading cut = before.copy();
    assertThat(cut.take(line)).isEmpty();
    LedgerVerifier.Report end = cut.end();
    assertThat(end.intact()).isFalse();
    assertThat(end.firstBroken()).isEqualTo(end.covered() + 1);
    assertThat(end.lastBroken()).isEqualTo(sequence);
    return 6 + (sequence % 100 == 50 ? rewritten(before, lines, place) : 0);
  }

  /// An entry that was changed, with the hashes of all entries after it made to fit.
  private static int rewritten(ExportReading before, List<String> lines, int place)
      throws Exception {
    ExportReading reading = before.copy();
    String previous = field(lines.get(place), "previous");
    for (int at = place; at < lines.size(); at++) {
      String line = lines.get(at);
      if (!line.contains("\"entry\"")) {
        LedgerVerifier.Report report = reading.take(line).orElseThrow();
        assertThat(report.firstBroken()).isEqualTo(report.covered() + 1);
        assertThat(report.firstBroken()).isLessThanOrEqualTo(sequence(lines.get(place)));
        assertThat(report.lastBroken()).isGreaterThanOrEqualTo(sequence(lines.get(place)));
        return 1;
      }
      Map<String, Object> fields = new TreeMap<>(fields(line));
      if (at == place) {
        fields.put("envelope", fields.get("envelope") + " ");
      }
      fields.put("previous", previous);
      previous =
          AuditChain.link(sequence(line), previous, String.valueOf(fields.get("envelope"))).hash();
      fields.put("hash", previous);
      assertThat(reading.take(JsonCodec.write(fields))).isEmpty();
    }
    throw new AssertionError("no checkpoint after line " + place);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(String line) throws Exception {
    return JsonCodec.read(line, Map.class);
  }

  private static String field(String line, String name) throws Exception {
    return String.valueOf(fields(line).get(name));
  }

  private static void located(ExportReading before, long expected, String... lines) {
    ExportReading reading = before.copy();
    for (String line : lines) {
      Optional<LedgerVerifier.Report> report = reading.take(line);
      if (report.isPresent()) {
        assertThat(report.get().firstBroken()).isEqualTo(expected);
        assertThat(report.get().lastBroken()).isEqualTo(expected);
        return;
      }
    }
    throw new AssertionError("not found: " + expected);
  }

  private Path write(String name, List<String> lines) throws Exception {
    return Files.write(folder.resolve(name), lines);
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
