package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Two results compared: a line that counts, the key to choose, and a grid of the differences. Esc
/// closes.
final class ComparePane extends BorderPane {

  private final ResultViewModel first;
  private final ResultViewModel second;
  private final Background background;
  private final Messages messages;
  private final Runnable onClose;
  private final ResultGrid grid;
  private final Label counts = Ui.label("", "banner-words");
  private final Label notes = Ui.paragraph("", "muted", "small");
  private final MenuButton key = new MenuButton("", Ui.icon("fth-key"));
  private final CheckBox everything = new CheckBox();
  private long asked;

  ComparePane(
      ResultViewModel first,
      ResultViewModel second,
      Background background,
      Messages messages,
      Runnable onClose) {
    this.first = first;
    this.second = second;
    this.background = background;
    this.messages = messages;
    this.onClose = onClose;
    grid = new ResultGrid(messages);
    setId(ControlIds.COMPARE_PANE);
    counts.setId(ControlIds.COMPARE_COUNTS);
    notes.setId(ControlIds.COMPARE_NOTES);
    key.setId(ControlIds.COMPARE_KEY);
    key.getStyleClass().addAll("small", "flat");
    key.setMinWidth(HBox.USE_PREF_SIZE);
    Ui.hint(key, messages.text("compare.key.hint"));
    everything.setId(ControlIds.COMPARE_ALL);
    everything.setText(messages.text("compare.all"));
    Button next =
        Ui.iconButton(
            "compare-next", "fth-arrow-down", messages.text("compare.next"), () -> step(true));
    Button before =
        Ui.iconButton(
            "compare-previous",
            "fth-arrow-up",
            messages.text("compare.previous"),
            () -> step(false));
    Button close = Ui.iconButton("compare-close", "fth-x", messages.text("compare.close"), onClose);
    HBox head =
        new HBox(
            8,
            Ui.icon("fth-columns", "muted-icon"),
            counts,
            Ui.spacer(),
            key,
            everything,
            before,
            next,
            close);
    head.setAlignment(Pos.CENTER_LEFT);
    FlowPane sides =
        new FlowPane(16, 2, side("compare.first", first), side("compare.second", second));
    VBox top = new VBox(4, head, sides, notes);
    top.getStyleClass().add("compare-head");
    setTop(top);
    setCenter(grid);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    compare(Set.of());
  }

  private Label side(String word, ResultViewModel result) {
    return Ui.label(
        messages.text(word, Ui.oneLine(result.statement().text(), 70)), "muted", "small");
  }

  ResultGrid grid() {
    return grid;
  }

  /// What can be copied from here is limited as in each of the two results.
  List<ResultViewModel> results() {
    return List.of(first, second);
  }

  private void compare(Set<Integer> chosen) {
    long now = ++asked;
    GridModel here = first.gridProperty().get();
    GridModel there = second.gridProperty().get();
    counts.setText(messages.text("compare.working"));
    background.call(
        () -> chosen.isEmpty() ? Comparison.of(here, there) : Comparison.of(here, there, chosen),
        found -> {
          if (now == asked) {
            shown(found);
          }
        },
        problem -> counts.setText(problem.getMessage()));
  }

  private void shown(Comparison found) {
    counts.setText(
        found.labels().isEmpty()
            ? messages.text("compare.nothing")
            : messages.text(
                "compare.counts",
                messages.number(found.added()),
                messages.number(found.removed()),
                messages.number(found.changed()),
                messages.number(found.same())));
    notes.setText(String.join(" ", notes(found)));
    Ui.shown(notes, !notes.getText().isEmpty());
    keys(found);
    everything.setOnAction(event -> rows(found));
    rows(found);
  }

  private void rows(Comparison found) {
    boolean all = everything.isSelected();
    Comparison.Words words =
        new Comparison.Words(
            messages.text("compare.change"),
            messages.text("compare.added"),
            messages.text("compare.removed"),
            messages.text("compare.changed"),
            messages.text("compare.same"),
            messages.text("grid.empty"));
    background.call(
        () -> found.grid(all, words),
        model -> {
          grid.show(model);
          if (model.rows() > 0) {
            grid.reveal(0, 0);
          }
          grid.requestFocus();
        },
        problem -> counts.setText(problem.getMessage()));
  }

  private List<String> notes(Comparison found) {
    List<String> notes = new ArrayList<>();
    if (!found.masked().isEmpty()) {
      notes.add(messages.text("compare.masked", String.join(", ", found.masked())));
    }
    if (!found.onlyInOne().isEmpty()) {
      notes.add(messages.text("compare.only-in-one", String.join(", ", found.onlyInOne())));
    }
    if (found.sharingKeys() > 0) {
      notes.add(messages.text("compare.sharing", messages.number(found.sharingKeys())));
    }
    boolean cut =
        results().stream()
            .anyMatch(each -> each.completed().map(end -> end.truncated()).orElse(true));
    if (cut) {
      notes.add(messages.text("compare.cut"));
    }
    return notes;
  }

  private void keys(Comparison found) {
    List<String> labels = found.labels();
    key.setText(
        messages.text(
            "compare.key",
            found.key().size() == labels.size() && labels.size() > 1
                ? messages.text("compare.key.all")
                : found.key().stream().map(labels::get).collect(Collectors.joining(", "))));
    key.getItems().clear();
    for (int at = 0; at < labels.size(); at++) {
      int column = at;
      CheckMenuItem item = new CheckMenuItem(labels.get(at));
      item.setSelected(found.key().contains(at));
      item.setDisable(found.isMasked(at));
      item.setOnAction(
          event -> {
            Set<Integer> chosen = new TreeSet<>(found.key());
            if (!chosen.remove(column)) {
              chosen.add(column);
            }
            compare(chosen);
          });
      key.getItems().add(item);
    }
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.ESCAPE) {
      onClose.run();
      event.consume();
    }
  }

  /// Goes to the next cell that differs, or to the next row that only one of them has.
  void step(boolean forward) {
    GridModel model = grid.model();
    int width = model.width();
    long cells = (long) model.rows() * width;
    if (cells == 0) {
      return;
    }
    GridSelection at = grid.selection();
    long from = at.isEmpty() ? 0 : (long) at.row() * width + at.column();
    for (long step = 1; step <= cells; step++) {
      long cell = Math.floorMod(forward ? from + step : from - step, cells);
      int row = (int) (cell / width);
      int column = (int) (cell % width);
      boolean whole =
          column == 0
              && (model.state(row) == RowEdits.State.ADDED
                  || model.state(row) == RowEdits.State.DELETED);
      if (whole || model.isMarked(row, column)) {
        grid.reveal(row, column);
        return;
      }
    }
  }
}
