package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.editor.TabJournal.SavedTab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabJournalTest {

  @TempDir Path base;

  private static SavedTab tab(String id, int order, String text) {
    return new SavedTab(id, order, "Query " + order, "shop", 3, text);
  }

  @Test
  void what_was_written_comes_back_exactly_and_in_order() throws IOException {
    SavedTab odd = tab("b", 1, "\n\nSELECT 'ä€\uD83D\uDE00';\r\n-- end=\n\n");
    SavedTab first = tab("a", 0, "");
    try (TabJournal journal = TabJournal.open(base)) {
      journal.write(odd);
      journal.write(first);
    }
    try (TabJournal journal = TabJournal.open(base)) {
      assertThat(journal.read()).containsExactly(first, odd);
    }
  }

  @Test
  void a_killed_process_loses_nothing_and_leaves_no_lock() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                base.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(writer.getInputStream().read()).isEqualTo('w');
    writer.destroyForcibly();
    assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();

    try (TabJournal journal = TabJournal.open(base)) {
      assertThat(journal.read()).containsExactly(tab("killed", 0, "SELECT 'kept'"));
    }
  }

  @Test
  void a_second_window_has_its_own_place() throws IOException {
    try (TabJournal one = TabJournal.open(base);
        TabJournal other = TabJournal.open(base)) {
      one.write(tab("a", 0, "SELECT 1"));

      assertThat(other.read()).isEmpty();
    }
  }

  @Test
  void only_the_owner_can_read_the_files() throws IOException {
    try (TabJournal journal = TabJournal.open(base)) {
      journal.write(tab("a", 0, "SELECT 1"));
      try (var files = Files.walk(base)) {
        Path file = files.filter(path -> path.toString().endsWith("a.sql-tab")).findFirst().get();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void a_damaged_file_is_skipped_and_stays() throws IOException {
    try (TabJournal journal = TabJournal.open(base)) {
      journal.write(tab("a", 0, "SELECT 1"));
      Path damaged = base.resolve("window-1").resolve("z.sql-tab");
      Files.write(damaged, new byte[] {(byte) 0xff, 0, 1});

      assertThat(journal.read()).hasSize(1);
      assertThat(damaged).exists();
    }
  }

  @Test
  void a_removed_tab_does_not_come_back() throws IOException {
    try (TabJournal journal = TabJournal.open(base)) {
      journal.write(tab("a", 0, "SELECT 1"));
      journal.remove("a");

      assertThat(journal.read()).isEqualTo(List.of());
    }
  }

  /// Writes a tab, says so and waits to be killed.
  public static final class Writer {
    public static void main(String[] arguments) throws Exception {
      TabJournal journal = TabJournal.open(Path.of(arguments[0]));
      journal.write(tab("killed", 0, "SELECT 'kept'"));
      System.out.print('w');
      System.out.flush();
      Thread.sleep(600_000);
      journal.close();
    }
  }

  @Test
  void values_of_placeholders_come_back_exactly() throws IOException {
    var parameters =
        java.util.Map.of(
            "from", new Parameters.Value(Parameters.Kind.DATE, "2026-01-31"),
            "x=y", new Parameters.Value(Parameters.Kind.TEXT, "a\nb = ü:c"));
    try (TabJournal journal = TabJournal.open(base)) {
      journal.write(
          new TabJournal.SavedTab(
              "id", 0, "t", "shop", 3, "SELECT :from", parameters, "/a b=c.sql", "0123"));
    }
    try (TabJournal journal = TabJournal.open(base)) {
      assertThat(journal.read().getFirst().parameters()).isEqualTo(parameters);
      assertThat(journal.read().getFirst().text()).isEqualTo("SELECT :from");
      assertThat(journal.read().getFirst().file()).isEqualTo("/a b=c.sql");
      assertThat(journal.read().getFirst().digest()).isEqualTo("0123");
    }
  }
}
