package dev.sluice.app.shell;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.governance.codec.wire.WriteFreeze;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// Says in every window that writes are frozen: who, why, and how long still.
public final class FreezeBanner extends HBox {

  public static final String ID = "freeze-banner";

  private final ObservableValue<List<WriteFreeze>> freezes;
  private final Clock clock;
  private final Messages messages;
  private final Label words = Ui.paragraph("", "strong");
  private final Timeline ticking =
      new Timeline(new KeyFrame(javafx.util.Duration.seconds(5), event -> show()));

  /// @param clock goes by the server's time
  public FreezeBanner(ObservableValue<List<WriteFreeze>> freezes, Clock clock, Messages messages) {
    super(10);
    this.freezes = freezes;
    this.clock = clock;
    this.messages = messages;
    ticking.setCycleCount(Timeline.INDEFINITE);
    setId(ID);
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("freeze-banner");
    HBox.setHgrow(words, javafx.scene.layout.Priority.ALWAYS);
    getChildren().addAll(Ui.icon("fth-pause-circle", "verdict-ask"), words);
    Ui.shown(this, false);
  }

  void attach(Subscriptions subscriptions) {
    subscriptions.bind(freezes, now -> show());
    subscriptions.add(ticking::stop);
  }

  private void show() {
    Instant now = clock.instant();
    List<WriteFreeze> holding =
        freezes.getValue().stream().filter(freeze -> now.isBefore(freeze.until())).toList();
    Ui.shown(this, !holding.isEmpty());
    if (holding.isEmpty()) {
      ticking.stop();
      return;
    }
    ticking.play();
    WriteFreeze freeze = holding.getFirst();
    words.setText(
        messages.text(
            freeze.connection().isEmpty() ? "freeze.banner.all" : "freeze.banner.one",
            freeze.byName(),
            freeze.reason(),
            Spans.until(Duration.between(now, freeze.until()), messages),
            freeze.connection()));
  }
}
