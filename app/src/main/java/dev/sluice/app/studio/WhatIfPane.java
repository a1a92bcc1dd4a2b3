package dev.sluice.app.studio;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.WhatIfReport;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What the text would have done with what was run lately: newly blocked, newly exposed, by person.
final class WhatIfPane extends VBox {

  private static final List<Integer> DAYS = List.of(1, 7, 14, 30, 90);
  private static final int SHOWN = 60;

  private final StudioViewModel model;
  private final Messages messages;
  private final ComboBox<Integer> days = new ComboBox<>(FXCollections.observableArrayList(DAYS));
  private final ProgressBar progress = new ProgressBar();
  private final Label state = Ui.paragraph("", "muted");
  private final Button start;
  private final Button cancel;
  private final VBox found = new VBox(10);

  WhatIfPane(StudioViewModel model, Messages messages) {
    super(10);
    this.model = model;
    this.messages = messages;
    setId(StudioIds.WHAT_IF);
    getStyleClass().add("studio-pane");
    days.setId(StudioIds.WHAT_IF_DAYS);
    days.setAccessibleText(messages.text("studio.whatif.days"));
    days.getSelectionModel().select(Integer.valueOf(7));
    state.setId(StudioIds.WHAT_IF_STATE);
    start =
        Ui.button(
            StudioIds.WHAT_IF_START,
            messages.text("studio.whatif.start"),
            "fth-play",
            () -> model.startWhatIf(days.getValue()));
    cancel =
        Ui.button(StudioIds.WHAT_IF_CANCEL, messages.text("cancel"), "fth-x", model::cancelWhatIf);
    HBox tools =
        new HBox(
            8,
            Ui.whole(messages.text("studio.whatif.last")),
            days,
            Ui.whole(messages.text("studio.whatif.unit")),
            Ui.spacer(),
            start,
            cancel);
    tools.setAlignment(Pos.CENTER_LEFT);
    progress.setMaxWidth(Double.MAX_VALUE);
    ScrollPane scroll = new ScrollPane(found);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(tools, progress, state, scroll);
  }

  void attach(Subscriptions subscriptions) {
    subscriptions.bind(model.whatIfProperty(), this::show);
  }

  private void show(Optional<WhatIfReport> report) {
    boolean running = report.filter(now -> now.state().equals("running")).isPresent();
    Ui.shown(progress, running);
    Ui.shown(cancel, running);
    Ui.shown(start, !running);
    found.getChildren().clear();
    if (report.isEmpty()) {
      state.setText(messages.text("studio.whatif.intro"));
      return;
    }
    WhatIfReport now = report.get();
    progress.setProgress(now.total() == 0 ? -1 : (double) now.read() / now.total());
    state.setText(words(now));
    if (now.statements() > 0) {
      found.getChildren().add(numbers(now));
    }
    if (!now.people().isEmpty()) {
      found.getChildren().add(Ui.label(messages.text("studio.whatif.people"), "field-label"));
      now.people().stream().limit(20).map(this::person).forEach(found.getChildren()::add);
    }
    if (!now.findings().isEmpty()) {
      found.getChildren().add(Ui.label(messages.text("studio.whatif.findings"), "field-label"));
      now.findings().stream().limit(SHOWN).map(this::finding).forEach(found.getChildren()::add);
      if (now.findings().size() > SHOWN) {
        found
            .getChildren()
            .add(
                Ui.paragraph(
                    messages.text("studio.whatif.more", now.findings().size() - SHOWN), "muted"));
      }
    }
  }

  private String words(WhatIfReport now) {
    return switch (now.state()) {
      case "running" ->
          messages.text(
              "studio.whatif.running", messages.number(now.read()), messages.number(now.total()));
      case "cancelled" ->
          messages.text("studio.whatif.cancelled", messages.number(now.statements()));
      case "failed" -> messages.text("studio.whatif.failed");
      default ->
          now.statements() == 0
              ? messages.text("studio.whatif.nothing")
              : messages.text(
                  "studio.whatif.done",
                  messages.number(now.statements()),
                  messages.number(now.distinct()),
                  String.format(messages.locale(), "%.1f", now.milliseconds() / 1000.0),
                  messages.number(now.notReplayed()));
    };
  }

  private FlowPane numbers(WhatIfReport now) {
    FlowPane tiles = new FlowPane(8, 8);
    tiles
        .getChildren()
        .addAll(
            tile("studio.whatif.blocked", now.newlyBlocked(), "verdict-blocked"),
            tile("studio.whatif.asking", now.newlyAsking(), "verdict-ask"),
            tile("studio.whatif.allowed", now.newlyAllowed(), "verdict-allowed"),
            tile("studio.whatif.exposed", now.newlyExposed(), "verdict-blocked"));
    return tiles;
  }

  private VBox tile(String key, long number, String style) {
    Label value = Ui.whole(messages.number(number), "tile-number", number == 0 ? "muted" : style);
    VBox tile = new VBox(value, Ui.whole(messages.text(key), "small"));
    tile.getStyleClass().add("tile");
    return tile;
  }

  private Node person(WhatIfReport.Person person) {
    String name = person.person().replaceFirst("^[^|]*\\|", "");
    HBox line =
        new HBox(
            8,
            Ui.icon("fth-user", "muted-icon"),
            Ui.label(name, "strong"),
            Ui.label(
                messages.text(
                    "studio.whatif.person",
                    messages.number(person.blocked()),
                    messages.number(person.asking()),
                    messages.number(person.allowed()),
                    messages.number(person.exposed())),
                "small"));
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }

  private Node finding(WhatIfReport.Finding finding) {
    String columns =
        finding.columns().isEmpty()
            ? ""
            : " " + messages.text("studio.whatif.columns", String.join(", ", finding.columns()));
    VBox box =
        new VBox(
            3,
            new HBox(
                8,
                Ui.icon(icon(finding.kind()), style(finding.kind())),
                Ui.whole(messages.text("studio.whatif.kind." + finding.kind()), "strong"),
                Ui.label(
                    messages.count("studio.whatif.times", finding.times())
                        + ", "
                        + finding.person().replaceFirst("^[^|]*\\|", "")
                        + ", "
                        + finding.connection(),
                    "muted",
                    "small")),
            Ui.paragraph(finding.statement().replaceAll("\\s+", " "), "code", "small"),
            Ui.paragraph(finding.reason() + columns, "small"));
    box.getStyleClass().add("studio-finding");
    return box;
  }

  private static String icon(String kind) {
    return switch (kind) {
      case "exposed" -> "fth-eye";
      case "allowed" -> "fth-check";
      case "asking" -> "fth-user-check";
      default -> "fth-shield";
    };
  }

  private static String style(String kind) {
    return switch (kind) {
      case "allowed" -> "verdict-allowed";
      case "asking" -> "verdict-ask";
      default -> "verdict-blocked";
    };
  }
}
