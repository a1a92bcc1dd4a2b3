package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.TransactionState;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;

/// Says whether statements stand for themselves or a transaction is open, for how long, and offers
/// to end it. One that idles is warned about: others may wait for what it holds.
public final class TransactionPill {

  static final Duration IDLE = Duration.ofSeconds(60);

  private final ResultsViewModel model;
  private final Messages messages;
  private final Clock clock;
  private final HBox bar = new HBox(8);
  private final ToggleButton manual = new ToggleButton();
  private final Label words = Ui.label("", "transaction-words");
  private final Button commit;
  private final Button rollback;
  private final Timeline ticking;
  private final Subscriptions subscriptions = new Subscriptions();
  private TransactionState state = TransactionState.NONE;
  private long changedAt;

  public TransactionPill(
      ResultsViewModel model, Messages messages, Clock clock, Runnable onCommit, Runnable onBack) {
    this.model = model;
    this.messages = messages;
    this.clock = clock;
    bar.setId(ControlIds.TRANSACTION_PILL);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("transaction-bar");
    manual.setId(ControlIds.TRANSACTION_MODE);
    manual.getStyleClass().addAll("small", "transaction-mode");
    Ui.hint(manual, messages.text("transaction.mode.hint"));
    commit = end(ControlIds.TRANSACTION_COMMIT, "commit", "fth-check", "Shortcut+Alt+K", onCommit);
    rollback =
        end(
            ControlIds.TRANSACTION_ROLLBACK,
            "rollback",
            "fth-rotate-ccw",
            "Shortcut+Alt+R",
            onBack);
    bar.getChildren()
        .addAll(
            Ui.icon("fth-git-commit", "transaction-icon"), words, Ui.spacer(), commit, rollback);
    ticking = new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), event -> show()));
    ticking.setCycleCount(Animation.INDEFINITE);
  }

  private Button end(String id, String word, String icon, String key, Runnable action) {
    Button button = Ui.button(id, messages.text("transaction." + word), icon, action);
    Ui.hint(button, Ui.keyWords(key));
    button.getStyleClass().add("small");
    return button;
  }

  /// Chooses who ends transactions.
  public ToggleButton mode() {
    return manual;
  }

  /// The open transaction; not shown without one.
  public HBox bar() {
    return bar;
  }

  public void attach() {
    manual.selectedProperty().bindBidirectional(model.manualProperty());
    subscriptions.add(() -> manual.selectedProperty().unbindBidirectional(model.manualProperty()));
    subscriptions.bind(
        model.manualProperty(),
        now -> {
          String word = messages.text(now ? "transaction.manual" : "transaction.auto");
          manual.setText(word);
          manual.setAccessibleText(word);
        });
    subscriptions.bind(
        model.transactionProperty(),
        now -> {
          state = now;
          changedAt = clock.millis();
          if (now.isHeld()) {
            ticking.play();
          } else {
            ticking.stop();
          }
          show();
        });
    subscriptions.bind(
        model.runningProperty(),
        running -> {
          changedAt = clock.millis();
          commit.setDisable(running || state.kind() != TransactionState.Kind.OPEN);
          rollback.setDisable(running);
        });
    subscriptions.add(ticking::stop);
  }

  public void detach() {
    subscriptions.clear();
  }

  private void show() {
    boolean held = state.isHeld();
    Ui.shown(commit, held);
    Ui.shown(rollback, held);
    Ui.shown(bar, state.kind() != TransactionState.Kind.NONE);
    boolean running = model.runningProperty().get();
    commit.setDisable(running || state.kind() != TransactionState.Kind.OPEN);
    Duration idle = Duration.ofMillis(clock.millis() - changedAt);
    boolean idles = held && !running && idle.compareTo(IDLE) >= 0;
    bar.getStyleClass().removeAll("transaction-open", "transaction-idle", "transaction-failed");
    switch (state.kind()) {
      case NONE -> words.setText("");
      case OPEN -> {
        bar.getStyleClass().add(idles ? "transaction-idle" : "transaction-open");
        words.setText(
            idles
                ? messages.text(
                    "transaction.idle", age(), messages.count("duration.minutes", idle.toMinutes()))
                : messages.text(
                    "transaction.open",
                    age(),
                    messages.count("transaction.statements", state.statements())));
      }
      case FAILED, LOST -> {
        bar.getStyleClass().add("transaction-failed");
        words.setText(messages.text("transaction." + state.kind().name().toLowerCase(Locale.ROOT)));
      }
    }
    words.setAccessibleText(words.getText());
  }

  private String age() {
    long seconds = Math.max(0, Duration.between(state.since(), clock.instant()).toSeconds());
    return String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60);
  }
}
