package dev.sluice.app.shell;

import javafx.beans.value.ObservableStringValue;

/// One thing a person can do. Menus, buttons, the palette, keys and help all come from it.
///
/// @param id stable, such as `statement.run`
/// @param title in the person's language
/// @param keys key combinations as JavaFX writes them (`Shortcut+Enter`), first one shown; may be
///     empty
/// @param icon Ikonli literal
/// @param whyDisabled one sentence when it cannot be done now, else empty
/// @param action what it does, on the FX thread
public record Command(
    String id,
    String title,
    java.util.List<String> keys,
    String icon,
    ObservableStringValue whyDisabled,
    Runnable action) {
  public Command {
    keys = java.util.List.copyOf(keys);
  }

  public boolean enabled() {
    return whyDisabled.get().isEmpty();
  }

  Command withKeys(java.util.List<String> others) {
    return new Command(id, title, others, icon, whyDisabled, action);
  }
}
