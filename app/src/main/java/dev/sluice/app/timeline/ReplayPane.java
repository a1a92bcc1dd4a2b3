package dev.sluice.app.timeline;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.Replay;
import dev.sluice.governance.codec.wire.Shown;
import dev.sluice.governance.codec.wire.Timeline;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What was decided and shown then, who can see it, and the session it stood in, step by step.
final class ReplayPane {

  private final ReplayViewModel model;
  private final Messages messages;
  private final DateTimeFormatter time;
  private final VBox root = new VBox(12);
  private final VBox content = new VBox(12);
  private final VBox session = new VBox(4);
  private final Slider scrubber = new Slider();
  private final Label step = Ui.label("", "muted", "small");
  private final Label message = Ui.paragraph("", "strong");
  private final Button notMe;
  private final VBox report = new VBox(8);
  private boolean placing;

  ReplayPane(ReplayViewModel model, Messages messages, ZoneId zone) {
    this.model = model;
    this.messages = messages;
    time = DateTimeFormatter.ofPattern("HH:mm:ss", messages.locale()).withZone(zone);
    scrubber.setId(ReplayIds.SCRUBBER);
    scrubber.setAccessibleText(messages.text("replay.session"));
    scrubber.setBlockIncrement(1);
    scrubber.setMajorTickUnit(1);
    scrubber.setMinorTickCount(0);
    scrubber.setSnapToTicks(true);
    HBox.setHgrow(scrubber, Priority.ALWAYS);
    scrubber
        .valueProperty()
        .addListener(
            (observed, before, now) -> {
              if (!placing) {
                model.goTo((int) Math.round(now.doubleValue()) - 1);
              }
            });
    step.setId(ReplayIds.STEP);
    step.setWrapText(true);
    HBox line =
        new HBox(
            6,
            Ui.iconButton(
                ReplayIds.BACK,
                "fth-chevron-left",
                messages.text("replay.back"),
                () -> model.goTo(model.step() - 1)),
            scrubber,
            Ui.iconButton(
                ReplayIds.FORWARD,
                "fth-chevron-right",
                messages.text("replay.forward"),
                () -> model.goTo(model.step() + 1)));
    line.setAlignment(Pos.CENTER_LEFT);
    session
        .getChildren()
        .addAll(Ui.label(messages.text("replay.session"), "field-label"), line, step);
    message.setId(ReplayIds.MESSAGE);
    notMe =
        Ui.button(
            ReplayIds.NOT_ME,
            messages.text("replay.not-me"),
            "fth-user-x",
            () -> Ui.shown(report, !report.isVisible()));
    fillReport();
    root.setId(ReplayIds.PANE);
    root.getChildren().addAll(content, session, notMe, report, message);
  }

  Node root() {
    return root;
  }

  void attach(Subscriptions subscriptions) {
    subscriptions.bind(model.replayProperty(), this::show);
    subscriptions.bind(
        model.messageProperty(),
        words -> {
          message.setText(words);
          Ui.shown(message, !words.isEmpty());
          if (!words.isEmpty()) {
            Ui.shown(report, false);
          }
        });
  }

  private void fillReport() {
    TextField comment = new TextField();
    comment.setId(ReplayIds.NOT_ME_COMMENT);
    comment.setPromptText(messages.text("replay.not-me.comment"));
    comment.setAccessibleText(messages.text("replay.not-me.comment"));
    CheckBox end = new CheckBox(messages.text("replay.not-me.end"));
    end.setId(ReplayIds.NOT_ME_END);
    end.setWrapText(true);
    Button confirm =
        Ui.button(
            ReplayIds.NOT_ME_CONFIRM,
            messages.text("replay.not-me.confirm"),
            "fth-alert-triangle",
            () -> model.disown(comment.getText(), end.isSelected()));
    confirm.getStyleClass().add("danger");
    report
        .getChildren()
        .addAll(Ui.paragraph(messages.text("replay.not-me.words")), comment, end, confirm);
    report.getStyleClass().add("danger-panel");
  }

  private void show(Optional<Replay> found) {
    content.getChildren().clear();
    Ui.shown(report, false);
    Ui.shown(notMe, found.isPresent());
    Ui.shown(session, found.filter(replay -> replay.session().size() > 1).isPresent());
    found.ifPresent(this::fill);
  }

  private void fill(Replay replay) {
    boolean statement = replay.policyVersion() >= 0;
    if (statement) {
      section(
          ReplayIds.DECIDED,
          "replay.decided",
          Ui.paragraph(
              messages.text(
                      "replay.decided.by",
                      replay.entry().rule().isEmpty() ? "—" : replay.entry().rule(),
                      replay.policyVersion())
                  + (replay.reason().isEmpty() ? "" : "\n" + replay.reason())));
    }
    if (replay.entry().kind().equals("statement.intent")) {
      section(
          ReplayIds.SHOWN,
          "replay.shown",
          replay
              .shown()
              .<Node>map(shown -> table(shown, replay.entry().rows()))
              .orElseGet(() -> Ui.paragraph(messages.text("replay.shown.none"), "muted")));
    }
    if (replay.chain().size() > 1) {
      VBox chain = new VBox(6);
      replay.chain().forEach(entry -> chain.getChildren().add(link(entry)));
      section(ReplayIds.CHAIN, "replay.chain", chain);
    }
    VBox readers = new VBox(6);
    replay
        .readers()
        .forEach(
            reader ->
                readers
                    .getChildren()
                    .add(
                        new VBox(
                            Ui.label(reader.who(), "strong"),
                            Ui.paragraph(reader.why(), "muted", "small"))));
    if (replay.readers().isEmpty()) {
      readers.getChildren().add(Ui.paragraph(messages.text("replay.readers.none"), "muted"));
    }
    section(ReplayIds.READERS, "replay.readers", readers);
    place();
  }

  private void place() {
    int steps = model.steps().size();
    int here = model.step();
    placing = true;
    scrubber.setMin(1);
    scrubber.setMax(Math.max(2, steps));
    scrubber.setValue(here + 1.0);
    placing = false;
    if (here >= 0) {
      Timeline.Entry entry = model.steps().get(here);
      step.setText(
          messages.text("replay.step", here + 1, steps, time.format(entry.at()), entry.title()));
    }
  }

  private VBox link(Timeline.Entry entry) {
    VBox link = new VBox(Ui.paragraph(time.format(entry.at()) + "  " + entry.title()));
    if (!entry.detail().isEmpty()) {
      link.getChildren().add(Ui.paragraph(entry.detail(), "muted", "small"));
    }
    return link;
  }

  private Node table(Shown shown, long rows) {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("replay-table");
    for (int at = 0; at < shown.columns().size(); at++) {
      Shown.Column column = shown.columns().get(at);
      HBox head = new HBox(5, Ui.whole(column.label(), "strong", "small"));
      if (!column.state().equals("plain")) {
        head.getChildren().add(Ui.icon("fth-eye-off", "verdict-masked"));
        head.setAccessibleText(
            column.label() + ", " + messages.text("replay.column." + column.state()));
      }
      head.getStyleClass().add("replay-cell");
      grid.add(head, at, 0);
      for (int row = 0; row < shown.rows().size(); row++) {
        String value = shown.rows().get(row).get(at);
        Label cell =
            column.state().equals("left-out")
                ? Ui.whole(messages.text("replay.left-out"), "muted", "small")
                : value == null
                    ? Ui.whole("NULL", "muted", "small")
                    : Ui.whole(value, "code", "small");
        cell.getStyleClass().add("replay-cell");
        if (column.state().equals("masked")) {
          cell.getStyleClass().add("replay-masked");
        }
        cell.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        grid.add(cell, at, row + 1);
      }
    }
    ScrollPane scroll = new ScrollPane(grid);
    scroll.getStyleClass().add("edge-to-edge");
    scroll.setMaxHeight(240);
    scroll.setMinHeight(Math.min(240, 34 + shown.rows().size() * 24.0));
    VBox box = new VBox(4, scroll);
    if (rows > shown.rows().size()) {
      box.getChildren()
          .add(
              Ui.paragraph(
                  messages.text(
                      "replay.shown.part",
                      messages.number(shown.rows().size()),
                      messages.number(rows)),
                  "muted",
                  "small"));
    }
    return box;
  }

  private void section(String id, String key, Node node) {
    VBox box = new VBox(4, Ui.label(messages.text(key), "field-label"), node);
    box.setId(id);
    content.getChildren().add(box);
  }
}
