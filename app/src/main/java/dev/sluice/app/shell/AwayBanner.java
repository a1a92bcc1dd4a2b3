package dev.sluice.app.shell;

import dev.sluice.app.fx.Messages;
import java.time.Instant;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// Says on every screen that shows what the server knows that it cannot be reached, and since when:
/// an empty list there means that nothing is known, not that there is nothing.
final class AwayBanner extends HBox {

  /// Screens that show nothing of the server's; the editor says it where a statement is refused.
  private static final Set<String> OF_THEIR_OWN = Set.of("query", "direct", "settings");

  private final Messages messages;
  private final Label words = Ui.paragraph("", "strong");
  private Instant since = Instant.EPOCH;
  private boolean away;

  AwayBanner(Messages messages) {
    super(10);
    this.messages = messages;
    setId(ControlIds.AWAY_BANNER);
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("freeze-banner");
    HBox.setHgrow(words, Priority.ALWAYS);
    getChildren().addAll(Ui.icon("fth-wifi-off", "verdict-ask"), words);
    Ui.shown(this, false);
  }

  /// @return whether it is there again after it was away
  boolean link(boolean online) {
    boolean back = online && away;
    if (!online && !away) {
      since = Instant.now();
    }
    away = !online;
    return back;
  }

  /// @param content is marked while its screen cannot know what the server knows
  void show(String screen, Node content) {
    boolean unknown = away && !OF_THEIR_OWN.contains(screen);
    Ui.shown(this, unknown);
    content.getStyleClass().remove("away");
    if (unknown) {
      content.getStyleClass().add("away");
    }
    words.setText(messages.text("away.banner", Spans.clock(since, messages)));
  }
}
