package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.server.verify.LedgerVerifier;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerExportTest {

  @TempDir static Path folder;
  private static List<String> lines;
  private static String key;

  @BeforeAll
  static void export() throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      HttpServerClient analyst = server.signIn("analyst");
      for (int i = 0; i < 20; i++) {
        analyst.intent(TestServer.reading("SELECT id FROM orders WHERE id = " + i));
      }
      RawClient auditor = RawClient.signIn(server.server().address(), "auditor");
      HttpResponse<String> answer = auditor.send("GET", "/v1/log/export", "");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain("SELECT");
      lines = answer.body().lines().toList();
      key = server.server().info().logKey();
    }
  }

  @Test
  void anUntouchedExportHolds() throws Exception {
    LedgerVerifier.Report report = verify(lines, Optional.of(key));
    assertThat(report.message()).startsWith("Verified to #");
    assertThat(report.intact()).isTrue();
    assertThat(report.covered()).isEqualTo(report.entries()).isGreaterThan(20);
  }

  @Test
  void everyChangedMissingOrSwappedLineIsFound() throws Exception {
    for (int line = 0; line < lines.size(); line++) {
      List<String> missing = new ArrayList<>(lines);
      missing.remove(line);
      boolean spare = lines.get(line).contains("\"checkpoint\"") && line < lines.size() - 1;
      assertThat(verify(missing, Optional.of(key)).intact()).as("without " + line).isEqualTo(spare);

      List<String> changed = new ArrayList<>(lines);
      changed.set(line, changed.get(line).replaceFirst("[0-9](?=[^0-9]*$)", "x"));
      if (!changed.get(line).equals(lines.get(line))) {
        assertThat(verify(changed, Optional.of(key)).intact()).as("changed " + line).isFalse();
      }
      if (line > 0
          && lines.get(line).contains("\"entry\"")
          && lines.get(line - 1).contains("\"entry\"")) {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, line, line - 1);
        assertThat(verify(swapped, Optional.of(key)).intact()).as("swapped " + line).isFalse();
      }
    }
  }

  @Test
  void theKeyOfSomebodyElseIsNotTaken() throws Exception {
    String other = RawClient.publicKey(RawClient.newDevice());
    assertThat(verify(lines, Optional.of(other)).intact()).isFalse();
    assertThat(verify(lines, Optional.empty()).message()).contains("the export itself");
    assertThat(verify(List.of(), Optional.empty()).intact()).isFalse();
    assertThat(verify(List.of("{}", "nonsense"), Optional.empty()).intact()).isFalse();
  }

  private static LedgerVerifier.Report verify(List<String> export, Optional<String> pinned)
      throws Exception {
    Path file = folder.resolve("export.jsonl");
    Files.write(file, export);
    return LedgerVerifier.verify(file, pinned);
  }
}
