package dev.sluice.app.pairing;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.AgentList.Waiting;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Statements that wait for my word, the oldest first, each with what I can say.
final class WaitingCards extends VBox {

  private final AgentsViewModel model;
  private final Messages messages;
  private final BiConsumer<String, String> opener;
  private List<Waiting> shown = List.of();

  WaitingCards(AgentsViewModel model, Messages messages, BiConsumer<String, String> opener) {
    super(8);
    this.model = model;
    this.messages = messages;
    this.opener = opener;
    setId(PairingIds.WAITING);
    Ui.shown(this, false);
  }

  /// Cards that are there already stay: a button must not move away under the pointer.
  void show(List<Waiting> waiting) {
    if (!waiting.equals(shown)) {
      shown = List.copyOf(waiting);
      getChildren().setAll(waiting.stream().limit(3).map(this::card).toList());
    }
    Ui.shown(this, !waiting.isEmpty());
  }

  private VBox card(Waiting waiting) {
    boolean first = waiting.equals(shown.getFirst());
    Label title =
        Ui.paragraph(
            messages.text(
                "pairing.waits", waiting.connection(), Spans.clock(waiting.until(), messages)),
            "strong");
    Label statement = Ui.paragraph(waiting.statement(), "code");
    statement.setMaxHeight(140);
    Label masked =
        Ui.paragraph(
            waiting.columnsMasked().isEmpty()
                ? messages.text("pairing.masks.none")
                : messages.text("pairing.masks", String.join(", ", waiting.columnsMasked())),
            "muted",
            "small");
    Button confirm = button(PairingIds.CONFIRM, first, "pairing.confirm", "fth-check");
    confirm.getStyleClass().add("accent");
    confirm.setOnAction(event -> say(waiting, "confirm", () -> {}));
    Button decline = button(PairingIds.DECLINE, first, "pairing.decline", "fth-x");
    decline.setOnAction(event -> say(waiting, "decline", () -> {}));
    Button takeOver =
        button(PairingIds.TAKE_OVER_WAITING, first, "pairing.take-over", "fth-edit-2");
    takeOver.setTooltip(Ui.tooltip(messages.text("pairing.take-over.detail")));
    takeOver.setOnAction(
        event ->
            say(
                waiting,
                "take-over",
                () -> opener.accept(waiting.connection(), waiting.statement())));
    Label note = Ui.paragraph(messages.text("pairing.confirm.detail"), "muted", "small");
    HBox.setHgrow(note, javafx.scene.layout.Priority.ALWAYS);
    HBox buttons = new HBox(8, confirm, decline, takeOver, note);
    buttons.setAlignment(Pos.CENTER_LEFT);
    VBox card = new VBox(6, title, statement, masked, buttons);
    card.getStyleClass().addAll("note", "agents-waiting");
    return card;
  }

  /// Only the first card's buttons have ids: they are the ones that keys and tests mean.
  private Button button(String id, boolean first, String key, String icon) {
    return Ui.button(first ? id : "", messages.text(key), icon, () -> {});
  }

  private void say(Waiting waiting, String answer, Runnable then) {
    setDisable(true);
    model.answer(waiting, answer, then);
    setDisable(false);
  }
}
