package dev.sluice.app.timeline;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.YieldingBar;
import dev.sluice.gateway.workspace.TimelinePage.Entry;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;

/// One event of a timeline in a line. Made once for each place on the screen, then given one entry
/// after the other.
final class TimelineCell extends StackPane {

  private static final int ICON = 1;

  private final Messages messages;
  private final DateTimeFormatter clock;
  private final Label time = Ui.label("", "muted", "code", "small");
  private final Label title = Ui.label("", "strong");
  private final Label statement = Ui.label("");
  private final Label rule = Ui.label("", "rule-pill");
  private final Label rows = Ui.label("", "muted", "small");
  private final Label took = Ui.label("", "muted", "small");
  private final YieldingBar line;

  TimelineCell(Messages messages, ZoneId zone) {
    this.messages = messages;
    clock = clock(messages, zone);
    time.setMinWidth(64);
    title.setMinWidth(130);
    title.setPrefWidth(130);
    statement.setMinWidth(170);
    statement.setPrefWidth(20);
    statement.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(statement, Priority.ALWAYS);
    rule.setMinWidth(HBox.USE_PREF_SIZE);
    rule.setMaxWidth(200);
    rows.setMinWidth(HBox.USE_PREF_SIZE);
    took.setMinWidth(HBox.USE_PREF_SIZE);
    line = new YieldingBar(10, time, new HBox(), title, statement, rule, rows, took);
    line.setAlignment(Pos.CENTER_LEFT);
    // What was run is read first; the rule and the time stand in the entry's details too.
    yields(rule);
    yields(took);
    yields(rows);
    setPrefWidth(0);
    getChildren().add(line);
  }

  private static DateTimeFormatter clock(Messages messages, ZoneId zone) {
    return DateTimeFormatter.ofPattern("HH:mm:ss", messages.locale()).withZone(zone);
  }

  /// The line for those who hear it.
  static String spoken(Entry entry, Messages messages, ZoneId zone) {
    return clock(messages, zone).format(entry.at()) + " " + entry.title() + " " + entry.statement();
  }

  void show(Entry entry) {
    time.setText(clock.format(entry.at()));
    line.getChildren().set(ICON, Ui.icon(icon(entry), style(entry)));
    title.setText(entry.title());
    boolean silent = entry.statement().isEmpty();
    statement.setText(silent ? entry.detail() : entry.statement().replaceAll("\\s+", " "));
    statement.getStyleClass().removeAll("muted", "code");
    statement.getStyleClass().add(silent ? "muted" : "code");
    fill(rule, entry.rule());
    fill(rows, entry.rows() < 0 ? "" : messages.count("timeline.row-count", entry.rows()));
    fill(took, entry.milliseconds() < 0 ? "" : entry.milliseconds() + " ms");
  }

  private void yields(Label label) {
    line.then(() -> Ui.shown(label, false), () -> Ui.shown(label, !label.getText().isEmpty()));
  }

  private static void fill(Label label, String words) {
    label.setText(words);
    Ui.shown(label, !words.isEmpty());
  }

  static String icon(Entry entry) {
    return switch (entry.verdict()) {
      case "allow" -> entry.columnsMasked().isEmpty() ? "fth-check-circle" : "fth-eye-off";
      case "needs-approval" -> "fth-user-check";
      case "deny" -> "fth-shield";
      default -> "fth-activity";
    };
  }

  static String style(Entry entry) {
    return switch (entry.verdict()) {
      case "allow" -> entry.columnsMasked().isEmpty() ? "verdict-allowed" : "verdict-masked";
      case "needs-approval" -> "verdict-ask";
      case "deny" -> "verdict-blocked";
      default -> "muted-icon";
    };
  }
}
