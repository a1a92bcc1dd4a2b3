package dev.sluice.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import org.junit.jupiter.api.Test;

class CommandRegistryTest {

  private final CommandRegistry registry = new CommandRegistry();
  private final List<String> log = new ArrayList<>();

  private void add(String id, String title) {
    registry.add(id, title, List.of(), "fth-x", () -> log.add(id));
  }

  @Test
  void a_disabled_command_says_why_and_does_nothing() {
    registry.onRefused(log::add);
    registry.add(
        "a", "A", List.of(), "fth-x", new SimpleStringProperty("Not now."), () -> log.add("ran"));

    assertThat(registry.execute("a")).isFalse();
    assertThat(log).containsExactly("Not now.");
  }

  @Test
  void one_id_is_one_action() {
    add("a", "A");

    assertThatThrownBy(() -> add("a", "B")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void the_search_puts_beginnings_first_and_finds_by_letters_in_order() {
    add("1", "Rerun");
    add("2", "Go to run");
    add("3", "Run script");
    add("4", "Remove username");
    add("5", "Other");

    assertThat(registry.search("run")).extracting(Command::id).containsExactly("3", "1", "2", "4");
  }
}
