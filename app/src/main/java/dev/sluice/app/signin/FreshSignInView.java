package dev.sluice.app.signin;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A card over the window, while something waits for the person to show again who they are. Takes
/// the keyboard, and gives it back to where it was.
public final class FreshSignInView {

  private final FreshSignInViewModel model;
  private final Messages messages;
  private final Consumer<Boolean> onAsked;
  private final StackPane root = new StackPane();
  private final Subscriptions subscriptions = new Subscriptions();
  private @Nullable Node before;

  /// @param onAsked hears whether the rest of the window must wait
  public FreshSignInView(FreshSignInViewModel model, Messages messages, Consumer<Boolean> onAsked) {
    this.model = model;
    this.onAsked = onAsked;
    this.messages = messages;
    root.setId(ControlIds.FRESH_SIGN_IN);
    root.getStyleClass().add("fresh-sign-in");
    root.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            model.cancel();
          }
        });
    Ui.shown(root, false);
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    subscriptions.bind(
        model.questionProperty(),
        question -> {
          boolean asked = question.isPresent();
          if (asked && !root.isVisible() && root.getScene() != null) {
            before = root.getScene().getFocusOwner();
          }
          root.getChildren().clear();
          Ui.shown(root, asked);
          onAsked.accept(asked);
          question.ifPresent(this::show);
          if (!asked && before != null) {
            before.requestFocus();
            before = null;
          }
        });
  }

  /// What waits is given up.
  public void detach() {
    model.cancel();
    subscriptions.clear();
  }

  private void show(FreshSignInViewModel.Question question) {
    Button cancel =
        Ui.button(
            ControlIds.FRESH_SIGN_IN_CANCEL, messages.text("signin.cancel"), "", model::cancel);
    VBox card =
        new VBox(
            12,
            Ui.label(messages.text("signin.fresh.title"), "card-title"),
            Ui.paragraph(messages.text("signin.fresh.why"), "muted"));
    card.getStyleClass().addAll("card", "sign-in-card");
    card.setMaxWidth(400);
    card.setMaxHeight(StackPane.USE_PREF_SIZE);
    root.getChildren().add(card);
    switch (question) {
      case FreshSignInViewModel.Password asked -> password(card, asked, cancel);
      case FreshSignInViewModel.InBrowser waiting -> inBrowser(card, waiting, cancel);
    }
  }

  private void password(VBox card, FreshSignInViewModel.Password asked, Button cancel) {
    PasswordField password = new PasswordField();
    password.setId(ControlIds.FRESH_SIGN_IN_PASSWORD);
    Label label = Ui.label(messages.text("signin.fresh.password", asked.account()), "field-label");
    label.setLabelFor(password);
    password.setAccessibleText(label.getText());
    Runnable submit =
        () -> {
          char[] secret = password.getText().toCharArray();
          password.clear();
          model.submit(secret);
        };
    password.setOnAction(event -> submit.run());
    Button confirm =
        Ui.button(
            ControlIds.FRESH_SIGN_IN_SUBMIT, messages.text("signin.fresh.submit"), "", submit);
    confirm.getStyleClass().add("accent");
    card.getChildren().add(new VBox(4, label, password));
    asked
        .refused()
        .ifPresent(
            problem -> {
              VBox words = new VBox(2, Ui.paragraph(Problems.words(problem), "problem-words"));
              words.setId(ControlIds.FRESH_SIGN_IN_PROBLEM);
              words.getStyleClass().add("sign-in-problem");
              card.getChildren().add(words);
            });
    card.getChildren().add(buttons(cancel, confirm));
    password.requestFocus();
  }

  private void inBrowser(VBox card, FreshSignInViewModel.InBrowser waiting, Button cancel) {
    String words = waiting.opened() ? "signin.waiting" : "signin.waiting.no-browser";
    Button copy =
        Ui.button(
            ControlIds.SIGN_IN_COPY_LINK,
            messages.text("signin.copy-link"),
            "fth-copy",
            () -> copy(waiting.address().toString()));
    card.getChildren().addAll(Ui.paragraph(messages.text(words)), buttons(cancel, copy));
    cancel.requestFocus();
  }

  private static HBox buttons(Button... buttons) {
    HBox row = new HBox(8, buttons);
    row.setAlignment(Pos.CENTER_RIGHT);
    return row;
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
