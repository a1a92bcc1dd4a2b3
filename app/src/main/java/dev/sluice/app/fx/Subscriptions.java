package dev.sluice.app.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;

/// What a screen listens to, collected when it attaches and cleared when it detaches.
public final class Subscriptions {

  private final List<Runnable> undo = new ArrayList<>();

  /// Calls `action` with the present value and with each later one.
  public <T> void bind(ObservableValue<T> value, Consumer<? super T> action) {
    listen(value, action);
    action.accept(value.getValue());
  }

  /// Calls `action` with each later value.
  public <T> void listen(ObservableValue<T> value, Consumer<? super T> action) {
    ChangeListener<T> listener = (observed, before, now) -> action.accept(now);
    value.addListener(listener);
    undo.add(() -> value.removeListener(listener));
  }

  /// Remembers how to undo something.
  public void add(Runnable undoing) {
    undo.add(undoing);
  }

  public void clear() {
    undo.forEach(Runnable::run);
    undo.clear();
  }
}
