package dev.sluice.app.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.scene.input.KeyCombination;

/// Every command of one window, in the order it was added. FX thread only.
public final class CommandRegistry {

  private final Map<String, Command> commands = new LinkedHashMap<>();
  private final Map<String, List<String>> standard = new HashMap<>();
  private final Map<String, String> own;
  private Consumer<String> refused = reason -> {};

  public CommandRegistry() {
    this(Map.of());
  }

  /// @param own a person's keys, by command, in place of the command's; empty for none
  public CommandRegistry(Map<String, String> own) {
    this.own = Map.copyOf(own);
  }

  /// Where the reason goes when a disabled command is asked for by key or palette.
  public void onRefused(Consumer<String> listener) {
    refused = listener;
  }

  /// Adds a command.
  ///
  /// @throws IllegalStateException when the id is taken: two actions must not share a name
  public Command add(Command command) {
    if (commands.containsKey(command.id())) {
      throw new IllegalStateException("There is a command " + command.id() + " already.");
    }
    standard.put(command.id(), command.keys());
    Command kept =
        own.containsKey(command.id()) ? command.withKeys(keys(own.get(command.id()))) : command;
    commands.put(kept.id(), kept);
    return kept;
  }

  private static List<String> keys(String key) {
    return key.isBlank() ? List.of() : List.of(key);
  }

  /// The command that has a key now.
  public Optional<Command> holding(String key) {
    KeyCombination wanted = KeyCombination.valueOf(key);
    return commands.values().stream()
        .filter(
            command ->
                command.keys().stream().map(KeyCombination::valueOf).anyMatch(wanted::equals))
        .findFirst();
  }

  /// Gives a command another key, in effect at once.
  ///
  /// @param key as JavaFX writes it, empty for none
  public void rebind(String id, String key) {
    commands.computeIfPresent(id, (same, command) -> command.withKeys(keys(key)));
  }

  /// Gives a command the keys that it came with.
  public void unbind(String id) {
    commands.computeIfPresent(
        id, (same, command) -> command.withKeys(standard.getOrDefault(id, List.of())));
  }

  /// Whether a command has the keys that it came with.
  public boolean isStandard(Command command) {
    return command.keys().equals(standard.get(command.id()));
  }

  /// Adds a command that is always possible.
  public Command add(String id, String title, List<String> keys, String icon, Runnable action) {
    return add(id, title, keys, icon, new ReadOnlyStringWrapper(""), action);
  }

  public Command add(
      String id,
      String title,
      List<String> keys,
      String icon,
      ObservableStringValue whyDisabled,
      Runnable action) {
    return add(new Command(id, title, keys, icon, whyDisabled, action));
  }

  public Collection<Command> all() {
    return List.copyOf(commands.values());
  }

  public Optional<Command> find(String id) {
    return Optional.ofNullable(commands.get(id));
  }

  /// Does it, or says why not.
  ///
  /// @return whether it was done
  /// @throws IllegalArgumentException for an unknown id
  public boolean execute(String id) {
    Command command =
        find(id).orElseThrow(() -> new IllegalArgumentException("No command " + id + "."));
    if (!command.enabled()) {
      refused.accept(command.whyDisabled().get());
      return false;
    }
    command.action().run();
    return true;
  }

  /// Commands whose title holds all letters of `query` in order, best first: words that begin with
  /// it, then those that contain it, then the rest.
  public List<Command> search(String query) {
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    List<Command> found = new ArrayList<>();
    for (Command command : commands.values()) {
      if (rank(command, wanted) < 3) {
        found.add(command);
      }
    }
    found.sort(Comparator.comparingInt(command -> rank(command, wanted)));
    return found;
  }

  private static int rank(Command command, String wanted) {
    String title = command.title().toLowerCase(Locale.ROOT);
    if (title.startsWith(wanted)) {
      return 0;
    }
    if (title.contains(wanted)) {
      return 1;
    }
    return holdsInOrder(title, wanted) ? 2 : 3;
  }

  private static boolean holdsInOrder(String title, String wanted) {
    int from = 0;
    for (int i = 0; i < wanted.length(); i++) {
      from = title.indexOf(wanted.charAt(i), from);
      if (from < 0) {
        return false;
      }
      from++;
    }
    return true;
  }
}
