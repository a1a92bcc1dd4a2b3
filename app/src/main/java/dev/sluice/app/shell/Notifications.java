package dev.sluice.app.shell;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Short messages in the corner of the window. They never take the focus and never cover the
/// statement being written. FX thread only.
public final class Notifications {

  /// At most this many are shown; the oldest gives way.
  private static final int SHOWN = 4;

  private final ObservableList<Notice> notices = FXCollections.observableArrayList();

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
