package dev.sluice.app.pairing;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.AgentActivity;
import dev.sluice.governance.codec.wire.AgentActivity.Rows;
import dev.sluice.governance.codec.wire.Timeline.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What an agent did, line by line, and below it the chosen line: its statement, why it was decided
/// so, and the first rows as the agent got them.
final class ActivityPane extends SplitPane {

  private final Messages messages;
  private final BiConsumer<String, String> opener;
  private final TableView<Entry> table = new TableView<>();
  private final TableView<List<String>> rows = new TableView<>();
  private final TextArea statement = new TextArea();
  private final Label about = Ui.paragraph("", "muted");
  private final Button takeOver;
  private AgentActivity activity = new AgentActivity(List.of(), List.of());
  private String shownRows = "";
  private boolean followsNewest = true;
  private boolean taking;

  ActivityPane(Messages messages, BiConsumer<String, String> opener) {
    this.messages = messages;
    this.opener = opener;
    table.setId(PairingIds.ACTIVITY);
    table.setAccessibleText(messages.text("pairing.activity"));
    table.setFixedCellSize(28);
    table.setPlaceholder(Ui.paragraph(messages.text("pairing.activity.none"), "muted", "center"));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.getStyleClass().addAll("edge-to-edge", "live-table");
    table
        .getColumns()
        .addAll(
            List.of(
                column("pairing.column.when", 90, entry -> Spans.clock(entry.at(), messages)),
                column("pairing.column.what", 230, Entry::title),
                column("pairing.column.connection", 110, Entry::connection),
                column("pairing.column.rows", 70, entry -> number(entry.rows())),
                column("pairing.column.milliseconds", 70, entry -> number(entry.milliseconds())),
                column(
                    "pairing.column.statement",
                    420,
                    entry -> entry.statement().replaceAll("\\s+", " "))));
    table
        .getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (observed, before, now) -> {
              if (now != null && !taking) {
                followsNewest = now.equals(table.getItems().getFirst());
                show(now);
              }
            });
    statement.setId(PairingIds.STATEMENT);
    statement.setAccessibleText(messages.text("pairing.column.statement"));
    statement.setEditable(false);
    statement.setWrapText(true);
    statement.setPrefRowCount(3);
    statement.getStyleClass().add("code");
    rows.setId(PairingIds.ROWS);
    rows.setAccessibleText(messages.text("pairing.rows"));
    rows.setFixedCellSize(26);
    rows.getStyleClass().addAll("edge-to-edge", "live-table");
    rows.setPlaceholder(Ui.paragraph(messages.text("pairing.rows.none"), "muted", "center"));
    takeOver =
        Ui.button(
            PairingIds.TAKE_OVER, messages.text("pairing.take-over"), "fth-edit-2", this::takeOver);
    takeOver.setTooltip(Ui.tooltip(messages.text("pairing.take-over.detail")));
    HBox.setHgrow(about, Priority.ALWAYS);
    HBox line = new HBox(10, about, takeOver);
    line.setAlignment(Pos.CENTER_LEFT);
    VBox.setVgrow(rows, Priority.ALWAYS);
    VBox below = new VBox(8, line, statement, rows);
    below.getStyleClass().add("agents-below");
    setOrientation(Orientation.VERTICAL);
    setDividerPositions(0.45);
    getItems().addAll(table, below);
    Ui.shown(takeOver, false);
  }

  private String number(long value) {
    return value < 0 ? "" : messages.number(value);
  }

  private TableColumn<Entry, String> column(
      String key, double width, Function<Entry, String> value) {
    TableColumn<Entry, String> column = new TableColumn<>(messages.text(key));
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
    column.setPrefWidth(width);
    column.setMinWidth(Math.min(width, 60));
    // What is left over belongs to the statement.
    column.setMaxWidth(width > 400 ? Double.MAX_VALUE : width);
    column.setSortable(false);
    column.setReorderable(false);
    return column;
  }

  void show(Optional<AgentActivity> fresh) {
    activity = fresh.orElseGet(() -> new AgentActivity(List.of(), List.of()));
    Entry chosen = table.getSelectionModel().getSelectedItem();
    taking = true;
    if (!table.getItems().equals(activity.entries())) {
      table.getItems().setAll(activity.entries());
    }
    if (activity.entries().isEmpty()) {
      taking = false;
      show(null, List.of());
      return;
    }
    int wanted = 0;
    for (int at = 0; chosen != null && !followsNewest && at < activity.entries().size(); at++) {
      if (activity.entries().get(at).sequence() == chosen.sequence()) {
        wanted = at;
      }
    }
    table.getSelectionModel().clearAndSelect(wanted);
    taking = false;
    show(activity.entries().get(wanted));
  }

  private void show(Entry entry) {
    Optional<Rows> found =
        activity.rows().stream()
            .filter(each -> each.correlation().equals(entry.correlation()))
            .findFirst();
    show(entry, found.stream().toList());
  }

  private void show(@org.jspecify.annotations.Nullable Entry entry, List<Rows> result) {
    boolean sql = entry != null && !entry.statement().isEmpty();
    about.setText(entry == null ? "" : words(entry));
    statement.setText(entry == null ? "" : entry.statement());
    Ui.shown(statement, sql);
    Ui.shown(takeOver, sql && entry != null && !entry.connection().isEmpty());
    String key = result.stream().map(Rows::correlation).findFirst().orElse("");
    if (!key.equals(shownRows)) {
      shownRows = key;
      rows.getColumns().clear();
      rows.getItems().clear();
      result.forEach(this::fill);
    }
  }

  private void fill(Rows result) {
    for (int at = 0; at < result.columns().size(); at++) {
      int place = at;
      TableColumn<List<String>, String> column = new TableColumn<>(result.columns().get(at));
      column.setCellValueFactory(row -> new ReadOnlyStringWrapper(row.getValue().get(place)));
      column.setSortable(false);
      column.setPrefWidth(150);
      rows.getColumns().add(column);
    }
    rows.getItems().setAll(result.first());
  }

  private String words(Entry entry) {
    String masked =
        entry.columnsMasked().isEmpty()
            ? ""
            : " " + messages.text("pairing.masks", String.join(", ", entry.columnsMasked()));
    boolean told = entry.rule().isEmpty() || entry.detail().contains(entry.rule());
    String rule = told ? "" : " (" + entry.rule() + ")";
    return (entry.title() + rule + ". " + entry.detail() + masked).strip();
  }

  private void takeOver() {
    Entry entry = table.getSelectionModel().getSelectedItem();
    if (entry != null) {
      opener.accept(entry.connection(), entry.statement());
    }
  }
}
