package dev.sluice.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.app.shell.Preferences.ThemeChoice;
import dev.sluice.gateway.direct.DirectConnection;
import dev.sluice.gateway.direct.DirectConnections;
import dev.sluice.gateway.direct.DirectSecrets;
import dev.sluice.gateway.managed.ManagedSettings;
import dev.sluice.gateway.managed.ManagedSettingsFile;
import dev.sluice.governance.sql.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferencesTest {

  @TempDir Path folder;

  private LockedPreferences managed(String preferences) throws Exception {
    Path file = folder.resolve("managed.yaml");
    Files.writeString(file, "preferences: " + preferences + "\n");
    ManagedSettings settings = ManagedSettingsFile.read(file);
    return LockedPreferences.of(settings);
  }

  @Test
  void what_an_administrator_locked_cannot_be_changed_and_the_persons_own_choice_is_kept()
      throws Exception {
    Preferences mine = Preferences.load(folder);
    mine.themeProperty().set(ThemeChoice.LIGHT);
    mine.zoomProperty().set(125);

    Preferences locked = Preferences.load(folder, managed("{theme: dark}"));
    assertThat(locked.lockedBy("theme").orElse("")).endsWith("managed.yaml");
    assertThat(locked.lockedBy("zoom")).isEmpty();
    locked.themeProperty().set(ThemeChoice.CONTRAST);
    assertThat(locked.themeProperty().get()).isEqualTo(ThemeChoice.DARK);
    locked.zoomProperty().set(150);

    Preferences later = Preferences.load(folder);
    assertThat(later.themeProperty().get()).isEqualTo(ThemeChoice.LIGHT);
    assertThat(later.zoomProperty().get()).isEqualTo(150);
  }

  @Test
  void own_connections_are_allowed_unless_the_administrator_forbids_them() throws Exception {
    assertThat(Preferences.load(folder).ownConnectionsForbiddenBy()).isEmpty();
    assertThat(
            Preferences.load(folder, managed("{own-connections: allowed}"))
                .ownConnectionsForbiddenBy())
        .isEmpty();
    assertThat(
            Preferences.load(folder, managed("{own-connections: forbidden}"))
                .ownConnectionsForbiddenBy()
                .orElse(""))
        .endsWith("managed.yaml");
    assertThatThrownBy(() -> managed("{own-connections: no}")).hasMessageContaining("own-conn");

    // Those that were described before are not there either.
    Files.createDirectories(folder.resolve("state"));
    DirectConnections before = DirectConnections.in(folder.resolve("state"));
    before.save(
        new DirectConnection(
            "mine",
            Dialect.SQLITE,
            "",
            0,
            folder.resolve("mine.db").toString(),
            "",
            false,
            Optional.empty(),
            "development",
            Optional.empty()),
        DirectSecrets.NONE);
    Files.writeString(
        folder.resolve("forbidding.yaml"), "preferences: {own-connections: forbidden}\n");
    ManagedSettings forbidding = ManagedSettingsFile.read(folder.resolve("forbidding.yaml"));
    assertThat(DirectConnections.in(folder.resolve("state"), ManagedSettings.none()).list())
        .hasSize(1);
    assertThat(DirectConnections.in(folder.resolve("state"), forbidding).list()).isEmpty();
  }

  @Test
  void a_misspelt_lock_is_refused_instead_of_missing() {
    assertThatThrownBy(() -> managed("{tehme: dark}"))
        .hasMessageContaining("tehme")
        .hasMessageContaining("managed.yaml");
    assertThatThrownBy(() -> managed("{theme: pink}")).hasMessageContaining("pink");
    assertThatThrownBy(() -> managed("{zoom: 1000}")).hasMessageContaining("1000");
  }

  @Test
  void a_key_that_a_person_gave_a_command_is_in_force_and_comes_back() {
    Preferences preferences = Preferences.load(folder);
    preferences.key("statement.run", "F5");
    preferences.key("tab.new", "");

    CommandRegistry commands = new CommandRegistry(Preferences.load(folder).keys());
    Command run =
        commands.add("statement.run", "Run", List.of("Shortcut+Enter"), "fth-play", () -> {});
    Command tab = commands.add("tab.new", "New", List.of("Shortcut+T"), "fth-plus", () -> {});
    assertThat(run.keys()).containsExactly("F5");
    assertThat(tab.keys()).isEmpty();
    assertThat(commands.holding("F5")).contains(run);
    assertThat(commands.holding("Shortcut+Enter")).isEmpty();

    commands.unbind("statement.run");
    assertThat(commands.find("statement.run").orElseThrow().keys())
        .containsExactly("Shortcut+Enter");
  }

  @Test
  void a_home_that_cannot_be_written_leaves_the_preferences_of_this_window() throws Exception {
    Path blocked = folder.resolve("file-not-folder");
    Files.writeString(blocked, "");
    Preferences preferences = Preferences.load(blocked.resolve("state"));
    preferences.zoomProperty().set(175);
    assertThat(preferences.zoomProperty().get()).isEqualTo(175);
  }
}
