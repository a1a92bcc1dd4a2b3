package dev.sluice.app.oversight;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.WriteFreeze;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The live dashboard: numbers, verdicts over the last hour, what is behind the numbers, and what
/// happens, line by line.
public final class LiveView {

  private final LiveViewModel model;
  private final Messages messages;
  private final VBox root = new VBox(10);
  private final Label since = Ui.label("", "muted");
  private final LiveTiles tiles;
  private final VerdictChart chart;
  private final LiveDetails details;
  private final FeedView feed;
  private final FreezePanel freezing;
  private final VBox frozen = new VBox(6);
  private final Label problem = Ui.paragraph("", "problem-words");
  private final Subscriptions subscriptions = new Subscriptions();
  private List<WriteFreeze> shownFreezes = List.of();

  public LiveView(LiveViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    tiles = new LiveTiles(messages);
    chart = new VerdictChart(messages);
    details = new LiveDetails(model, messages);
    feed = new FeedView(model, messages);
    freezing = new FreezePanel(model, messages);
    problem.setId(OversightIds.PROBLEM);
    Button freeze =
        Ui.button(
            OversightIds.FREEZE_OPEN,
            messages.text("live.freeze.open"),
            "fth-pause-circle",
            () -> freezing.show(!freezing.isVisible()));
    freeze.getStyleClass().addAll("danger", "button-outlined");
    Ui.shown(freeze, model.mayAct());
    HBox head =
        new HBox(
            12, Ui.whole(messages.text("live.title"), "screen-title"), since, Ui.spacer(), freeze);
    head.setAlignment(Pos.CENTER_LEFT);
    VBox charted = new VBox(4, Ui.label(messages.text("live.chart"), "section-title"), chart);
    charted.getStyleClass().add("live-box");
    VBox.setVgrow(chart, Priority.ALWAYS);
    SplitPane upper = new SplitPane(charted, details);
    upper.setDividerPositions(0.5);
    SplitPane whole = new SplitPane(upper, feed);
    whole.setOrientation(javafx.geometry.Orientation.VERTICAL);
    whole.setDividerPositions(0.52);
    whole.getStyleClass().add("live-split");
    VBox.setVgrow(whole, Priority.ALWAYS);
    root.getStyleClass().add("live");
    root.getChildren().addAll(head, freezing, frozen, problem, tiles, whole);
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    feed.attach(subscriptions);
    subscriptions.bind(model.reportProperty(), this::show);
    subscriptions.bind(model.problemProperty(), text -> showWords(text, "problem-words"));
    subscriptions.listen(model.doneProperty(), text -> showWords(text, "strong"));
  }

  private void showWords(String text, String style) {
    problem.getStyleClass().removeAll("problem-words", "strong");
    problem.getStyleClass().add(style);
    problem.setText(text);
    Ui.shown(problem, !text.isEmpty());
  }

  public void detach() {
    model.rest();
    subscriptions.clear();
  }

  private void show(Optional<LiveReport> report) {
    report.ifPresent(
        now -> {
          since.setText(
              messages.text(
                  "live.since",
                  Spans.clock(now.since(), messages),
                  Spans.clock(now.at(), messages)));
          tiles.show(now);
          chart.show(now);
          details.show(now);
          if (!now.freezes().equals(shownFreezes)) {
            shownFreezes = now.freezes();
            frozen
                .getChildren()
                .setAll(now.freezes().stream().map(each -> frozen(each, now)).toList());
          }
        });
    Ui.shown(frozen, !frozen.getChildren().isEmpty());
  }

  private HBox frozen(WriteFreeze freeze, LiveReport now) {
    String where =
        freeze.connection().isEmpty()
            ? messages.text("live.freeze.everywhere")
            : freeze.connection();
    Label words =
        Ui.paragraph(
            messages.text(
                "live.frozen",
                where,
                freeze.byName(),
                freeze.reason(),
                Spans.until(Duration.between(now.at(), freeze.until()), messages)));
    HBox.setHgrow(words, Priority.ALWAYS);
    Button lift =
        Ui.button(
            OversightIds.FREEZE_LIFT,
            messages.text("live.freeze.lift"),
            "fth-play-circle",
            () -> model.lift(freeze.id()));
    Ui.shown(lift, model.mayAct());
    HBox line = new HBox(10, Ui.icon("fth-pause-circle", "verdict-ask"), words, lift);
    line.setId(OversightIds.FREEZE_BANNER + "-" + freeze.id());
    line.setAlignment(Pos.CENTER_LEFT);
    line.getStyleClass().add("note");
    return line;
  }
}
