package dev.sluice.app.shell;

import dev.sluice.app.fx.Messages;
import java.util.HashMap;
import java.util.Map;
import javafx.animation.PauseTransition;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The notifications in the lower right corner. They go by themselves, except problems, and never
/// take the focus.
final class Toasts extends VBox {

  private static final Duration SHOWN = Duration.seconds(9);

  private final Notifications notifications;
  private final Messages messages;
  private final Map<Notifications.Notice, HBox> shown = new HashMap<>();

  Toasts(Notifications notifications, Messages messages) {
    this.notifications = notifications;
    this.messages = messages;
    getStyleClass().add("toasts");
    setSpacing(8);
    setAlignment(Pos.BOTTOM_RIGHT);
    setPickOnBounds(false);
    setMaxWidth(380);
    notifications
        .notices()
        .addListener((ListChangeListener<Notifications.Notice>) change -> update());
  }

  private void update() {
    shown.keySet().retainAll(notifications.notices());
    for (Notifications.Notice notice : notifications.notices()) {
      shown.computeIfAbsent(notice, this::toast);
    }
    getChildren().setAll(notifications.notices().stream().map(shown::get).toList());
  }

  private HBox toast(Notifications.Notice notice) {
    VBox words = new VBox(2, Ui.paragraph(notice.title(), "strong"));
    if (!notice.message().isEmpty()) {
      words.getChildren().add(Ui.paragraph(notice.message(), "muted"));
    }
    if (!notice.actionLabel().isEmpty()) {
      Hyperlink action = new Hyperlink(notice.actionLabel());
      action.setFocusTraversable(false);
      action.setOnAction(
          event -> {
            notifications.dismiss(notice);
            notice.action().run();
          });
      words.getChildren().add(action);
    }
    HBox.setHgrow(words, Priority.ALWAYS);
    var close =
        Ui.iconButton(
            "toast-close", "fth-x", messages.text("close"), () -> notifications.dismiss(notice));
    close.setFocusTraversable(false);
    HBox toast = new HBox(10, Ui.icon(icon(notice.kind()), style(notice.kind())), words, close);
    toast.setId(ControlIds.TOAST);
    toast.getStyleClass().addAll("toast", "toast-" + style(notice.kind()));
    toast.setAlignment(Pos.TOP_LEFT);
    toast.setAccessibleText(notice.title() + ". " + notice.message());
    if (notice.kind() != Notifications.Kind.PROBLEM) {
      PauseTransition pause = new PauseTransition(SHOWN);
      pause.setOnFinished(event -> notifications.dismiss(notice));
      pause.play();
    }
    return toast;
  }

  private static String icon(Notifications.Kind kind) {
    return switch (kind) {
      case INFORMATION -> "fth-info";
      case SUCCESS -> "fth-check-circle";
      case WARNING -> "fth-alert-circle";
      case PROBLEM -> "fth-alert-triangle";
    };
  }

  private static String style(Notifications.Kind kind) {
    return switch (kind) {
      case INFORMATION -> "notice-information";
      case SUCCESS -> "verdict-allowed";
      case WARNING -> "verdict-ask";
      case PROBLEM -> "verdict-blocked";
    };
  }
}
