package dev.sluice.app.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedQueriesTest {

  @TempDir Path folder;

  @Test
  void what_is_kept_comes_back_exactly_and_favourites_come_first() throws Exception {
    SavedQuery plain = new SavedQuery("", "a count", "shop", false, "SELECT count(*)\nFROM orders");
    SavedQuery other = new SavedQuery("Reports", "Umsätze", "", true, "-- mine\r\nSELECT 'ü'\n");
    SavedQueries store = new SavedQueries(folder.resolve("queries"));
    assertThat(store.all()).isEmpty();
    store.keep(plain);
    store.keep(other);

    assertThat(new SavedQueries(folder.resolve("queries")).all()).containsExactly(other, plain);
    assertThat(other.matches("report ü")).isTrue();
    assertThat(other.matches("report orders")).isFalse();

    store.remove(other);
    assertThat(store.all()).containsExactly(plain);
    assertThat(folder.resolve("queries").resolve("Reports")).doesNotExist();
  }

  @Test
  void a_script_that_another_program_put_there_is_listed_as_it_is() throws Exception {
    Files.createDirectories(folder.resolve("Team"));
    Files.writeString(folder.resolve("Team").resolve("by hand.sql"), "SELECT 1");

    assertThat(new SavedQueries(folder).all())
        .containsExactly(new SavedQuery("Team", "by hand", "", false, "SELECT 1"));
  }

  @Test
  void no_name_leads_out_of_the_folder() {
    SavedQueries store = new SavedQueries(folder);
    for (String name : List.of("../x", "a/b", "a\\b", "..", ".x", "", " ", "x.", "a\nb", "c:d")) {
      assertThat(SavedQuery.whyNot("", name)).as(name).isNotEmpty();
      assertThatThrownBy(() -> store.keep(new SavedQuery("", name, "", false, "SELECT 1")))
          .isInstanceOf(IllegalArgumentException.class);
      if (!name.isBlank()) {
        assertThat(SavedQuery.whyNot(name, "good")).as(name).isNotEmpty();
      }
    }
  }
}
