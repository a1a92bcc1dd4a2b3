package dev.sluice.app.approvals;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.Delegation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Who decides in my place while I am away.
final class DelegatePane extends VBox {

  private static final List<Integer> DAYS = List.of(1, 3, 7, 14, 28);

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final VBox form = new VBox(6);
  private final TextField account = new TextField();
  private final ComboBox<Integer> days = new ComboBox<>(FXCollections.observableArrayList(DAYS));
  private final Label state = Ui.paragraph("", "small");

  DelegatePane(Session session, Background background, Messages messages) {
    super(6);
    this.session = session;
    this.background = background;
    this.messages = messages;
    getStyleClass().add("live-tools");
    state.setId(UnmaskIds.DELEGATE_STATE);
    account.setId(UnmaskIds.DELEGATE_ACCOUNT);
    account.setPromptText(messages.text("delegate.account"));
    account.setAccessibleText(messages.text("delegate.account"));
    HBox.setHgrow(account, Priority.ALWAYS);
    days.setAccessibleText(messages.text("delegate.days"));
    days.getSelectionModel().select(Integer.valueOf(7));
    HBox fields = new HBox(6, account, days, Ui.whole(messages.text("delegate.unit"), "small"));
    fields.setAlignment(Pos.CENTER_LEFT);
    HBox buttons =
        new HBox(
            6,
            Ui.button(
                UnmaskIds.DELEGATE_SET, messages.text("delegate.set"), "fth-user-plus", this::set),
            Ui.button("delegate-clear", messages.text("delegate.clear"), "", () -> send("", 1)));
    form.getChildren().addAll(fields, buttons);
    var open =
        Ui.button(
            UnmaskIds.DELEGATE_OPEN,
            messages.text("delegate.open"),
            "fth-user-plus",
            () -> {
              Ui.shown(form, !form.isVisible());
              load();
            });
    open.getStyleClass().addAll("flat", "small");
    Ui.shown(form, false);
    Ui.shown(state, false);
    getChildren().addAll(open, state, form);
  }

  private void load() {
    background.call(
        () -> session.roads().requests().delegate(),
        this::show,
        failure -> say(Problems.wordsAndWayOut(failure)));
  }

  private void set() {
    send(account.getText().strip(), days.getValue());
  }

  private void send(String delegate, int wantedDays) {
    Instant now = Instant.now();
    background.call(
        () ->
            session
                .roads()
                .requests()
                .delegate(new Delegation(delegate, now, now.plus(Duration.ofDays(wantedDays)))),
        this::show,
        failure -> say(Problems.wordsAndWayOut(failure)));
  }

  private void show(Delegation known) {
    say(
        known.delegate().isEmpty()
            ? messages.text("delegate.none")
            : messages.text(
                "delegate.some",
                known.delegate().replaceFirst("^[^|]*\\|", ""),
                RequestWords.time(known.until(), messages)));
  }

  private void say(String words) {
    state.setText(words);
    Ui.shown(state, true);
  }
}
