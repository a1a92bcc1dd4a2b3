package dev.sluice.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.journal.Journal.JournalProblem;
import dev.sluice.governance.audit.AuditChain;
import dev.sluice.governance.audit.AuditEvent;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {

  @TempDir Path folder;

  private static AuditEvent event(String kind, String correlation) {
    return new AuditEvent(
        kind + "-" + correlation,
        kind,
        1,
        Instant.EPOCH,
        "local|ada",
        "person",
        correlation,
        Map.of("statement", "SELECT 1"));
  }

  @Test
  void whatWasAppendedIsChainedAndThereAfterReopening() throws Exception {
    Path file = folder.resolve("journal.db");
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      journal.append(event(Journal.INTENT, "a"));
      journal.append(event(Journal.OUTCOME, "a"));
    }
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(journal.append(event(Journal.INTENT, "b")).sequence()).isEqualTo(3);
      assertThat(journal.verify()).isInstanceOf(AuditChain.Verification.Intact.class);
      assertThat(journal.unknownOutcomes())
          .singleElement()
          .satisfies(open -> assertThat(open.correlation()).isEqualTo("b"));
    }
  }

  @Test
  void twoProcessesOnOneFileMakeOneChain() throws Exception {
    Path file = folder.resolve("journal.db");
    try (SqliteJournal one = SqliteJournal.open(file);
        SqliteJournal other = SqliteJournal.open(file)) {
      one.append(event(Journal.INTENT, "a"));
      other.append(event(Journal.INTENT, "b"));
      assertThat(one.append(event(Journal.OUTCOME, "a")).sequence()).isEqualTo(3);
      assertThat(other.verify()).isInstanceOf(AuditChain.Verification.Intact.class);
    }
  }

  @Test
  void whatIsWrittenCannotBeChangedThroughTheTable() throws Exception {
    Path file = folder.resolve("journal.db");
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      journal.append(event(Journal.INTENT, "a"));
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM journal"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute("UPDATE journal SET kind = 'x'"))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aChangedEntryIsFoundWithItsPlace() throws Exception {
    Path file = folder.resolve("journal.db");
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      for (String correlation : List.of("a", "b", "c")) {
        journal.append(event(Journal.INTENT, correlation));
      }
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
          Statement statement = connection.createStatement()) {
        statement.execute("DROP TRIGGER journal_no_update");
        statement.execute(
            "UPDATE journal SET canonical = replace(canonical, 'SELECT 1', 'SELECT 2') WHERE"
                + " sequence = 2");
      }
      assertThat(journal.verify())
          .isInstanceOfSatisfying(
              AuditChain.Verification.Broken.class,
              broken -> assertThat(broken.sequence()).isEqualTo(2));
    }
  }

  @Test
  void anUnwritableJournalIsAProblem() throws Exception {
    Path file = folder.resolve("journal.db");
    Files.writeString(file, "this is not a database, and it is long enough to be looked at");
    assertThatThrownBy(() -> SqliteJournal.open(file))
        .isInstanceOf(JournalProblem.class)
        .hasMessageContaining("nothing runs");
  }

  /// Appends until it is killed, and says each acknowledged number.
  public static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      try (SqliteJournal journal = SqliteJournal.open(Path.of(arguments[0]))) {
        for (int number = 0; ; number++) {
          journal.append(event(Journal.INTENT, "n" + number));
          System.out.println(number);
          System.out.flush();
          journal.append(event(Journal.OUTCOME, "n" + number));
        }
      }
    }
  }

  @Test
  void aKilledProcessLosesNothingItHadAcknowledged() throws Exception {
    Path file = folder.resolve("journal.db");
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = -1;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged = Integer.parseInt(line);
        if (acknowledged == 40) {
          writer.toHandle().destroyForcibly();
        }
      }
    }
    writer.waitFor();
    try (SqliteJournal journal = SqliteJournal.open(file)) {
      assertThat(journal.verify())
          .isInstanceOfSatisfying(
              AuditChain.Verification.Intact.class,
              intact -> assertThat(intact.last()).isPositive());
      int last = acknowledged;
      assertThat(journal.unknownOutcomes()).hasSizeLessThanOrEqualTo(1);
      assertThat(((AuditChain.Verification.Intact) journal.verify()).last())
          .isGreaterThanOrEqualTo(2L * last + 1);
    }
  }
}
