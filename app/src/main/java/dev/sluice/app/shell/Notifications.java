package dev.sluice.app.shell;

import java.util.function.BiConsumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Short messages in the corner of the window. They never take the focus and never cover the
/// statement being written. FX thread only.
public final class Notifications {

  /// At most this many are shown; the oldest gives way.
  private static final int SHOWN = 4;

  private final ObservableList<Notice> notices = FXCollections.observableArrayList();
  private final BiConsumer<String, String> outside;

  public Notifications() {
    this((title, message) -> {});
  }

  /// @param outside tells somebody who does not look at the window, with a title and a sentence
  public Notifications(BiConsumer<String, String> outside) {
    this.outside = outside;
  }

  /// Says something outside of the window too, if the person is not looking at it. It may stand on
  /// a locked screen: nothing of a statement.
  public void callOutside(String title, String message) {
    outside.accept(title, message);
  }

  public enum Kind {
    INFORMATION,
    SUCCESS,
    WARNING,
    PROBLEM
  }

  /// One message.
  ///
  /// @param title a few words
  /// @param message one sentence, may be empty
  /// @param actionLabel empty when there is nothing to press
  public record Notice(
      Kind kind, String title, String message, String actionLabel, Runnable action) {}

  public void show(Kind kind, String title, String message) {
    show(new Notice(kind, title, message, "", () -> {}));
  }

  public void show(Notice notice) {
    notices.removeIf(
        shown -> shown.title().equals(notice.title()) && shown.message().equals(notice.message()));
    notices.add(notice);
    while (notices.size() > SHOWN) {
      notices.removeFirst();
    }
  }

  public void dismiss(Notice notice) {
    notices.remove(notice);
  }

  /// Takes away what leads to a place where the person is now.
  public void dismissLeadingTo(String actionLabel) {
    notices.removeIf(notice -> notice.actionLabel().equals(actionLabel));
  }

  /// Takes away what was said earlier about this, for it is not so any more.
  ///
  /// @param message of those notices
  public void dismissAbout(String message) {
    notices.removeIf(notice -> notice.message().equals(message));
  }

  public ObservableList<Notice> notices() {
    return notices;
  }
}
