package dev.sluice.app.oversight;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.LiveReport;
import dev.sluice.governance.codec.wire.LiveReport.Connected;
import dev.sluice.governance.codec.wire.LiveReport.SchemaStatement;
import dev.sluice.governance.codec.wire.LiveReport.Touched;
import dev.sluice.governance.codec.wire.LiveReport.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Tables behind the numbers: who is connected, what waits, which sensitive columns were read,
/// which schemas changed.
final class LiveDetails extends TabPane {

  private final LiveViewModel model;
  private final Messages messages;
  private final TableView<Connected> sessions;
  private final TableView<Waiting> waiting;
  private final TableView<Touched> touched;
  private final TableView<SchemaStatement> schema;
  private final TextField reason = new TextField();
  private Instant now = Instant.EPOCH;

  LiveDetails(LiveViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    setId(OversightIds.DETAILS);
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    getStyleClass().add("live-details");
    touched = table(OversightIds.TOUCHED, "live.touched", "live.touched.empty");
    touched
        .getColumns()
        .addAll(
            List.of(
                column("live.column.column", 200, Touched::column),
                column("live.column.connection", 90, Touched::connection),
                column("live.column.masked", 70, row -> messages.number(row.masked())),
                column("live.column.shown", 70, row -> messages.number(row.shown())),
                column("live.column.who", 180, row -> String.join(", ", row.people()))));
    sessions = table(OversightIds.SESSIONS, "live.sessions", "live.sessions.empty");
    sessions
        .getColumns()
        .addAll(
            List.of(
                column("live.column.name", 150, Connected::name),
                column("live.column.kind", 80, row -> messages.text("actor." + row.kind())),
                column("live.column.owner", 110, Connected::owner),
                column("live.column.since", 80, row -> age(row.signedInAt())),
                column("live.column.statements", 85, row -> messages.number(row.statements())),
                column("live.column.last", 80, row -> age(row.lastAt()))));
    waiting = table(OversightIds.WAITING, "live.waiting", "live.waiting.empty");
    waiting
        .getColumns()
        .addAll(
            List.of(
                column("live.column.asked-by", 130, Waiting::name),
                column("live.column.kind", 75, row -> messages.text("actor." + row.kind())),
                column("live.column.for", 90, row -> messages.text("live.right." + row.right())),
                column("live.column.connection", 80, Waiting::connection),
                column("live.column.age", 65, row -> age(row.since())),
                column("live.column.left", 75, row -> left(row.decideBy())),
                column("live.column.who-decides", 150, row -> String.join(", ", row.approvers()))));
    schema = table(OversightIds.SCHEMA, "live.schema", "live.schema.empty");
    schema
        .getColumns()
        .addAll(
            List.of(
                column("live.column.when", 80, row -> Spans.clock(row.at(), messages)),
                column("live.column.name", 110, SchemaStatement::name),
                column("live.column.connection", 75, SchemaStatement::connection),
                column("live.column.state", 90, row -> messages.text("live.state." + row.state())),
                column(
                    "live.column.statement", 240, row -> row.statement().replaceAll("\\s+", " ")),
                column("live.column.how", 150, this::road)));
    getTabs()
        .addAll(
            tab("live.touched", touched),
            tab("live.sessions", withEnding()),
            tab("live.waiting", waiting),
            tab("live.schema", schema));
  }

  private String road(SchemaStatement change) {
    String labels = String.join(", ", change.labels());
    String request =
        change.request().isEmpty()
            ? messages.text("live.schema.direct")
            : messages.text("live.schema.approved", change.request().substring(0, 8));
    return labels.isEmpty() ? request : labels + ", " + request;
  }

  private String age(Instant at) {
    return at.equals(Instant.EPOCH) ? "–" : Spans.age(Duration.between(at, now), messages);
  }

  private String left(Instant until) {
    return Spans.until(Duration.between(now, until), messages);
  }

  private Tab tab(String key, Node content) {
    return new Tab(messages.text(key), content);
  }

  private <T> TableView<T> table(String id, String name, String empty) {
    TableView<T> table = new TableView<>();
    table.setId(id);
    table.setAccessibleText(messages.text(name));
    table.setFixedCellSize(28);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(Ui.paragraph(messages.text(empty), "muted", "center"));
    table.getStyleClass().addAll("edge-to-edge", "live-table");
    return table;
  }

  private <T> TableColumn<T, String> column(String key, double width, Function<T, String> value) {
    TableColumn<T, String> column = new TableColumn<>(messages.text(key));
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
    column.setCellFactory(
        made ->
            new TableCell<>() {
              @Override
              protected void updateItem(String item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty ? null : item);
                setTooltip(empty || item == null || item.length() < 24 ? null : Ui.tooltip(item));
              }
            });
    column.setPrefWidth(width);
    column.setMinWidth(Math.min(width, 60));
    column.setSortable(false);
    column.setReorderable(false);
    return column;
  }

  private Node withEnding() {
    reason.setId(OversightIds.SESSION_REASON);
    reason.setPromptText(messages.text("live.session.reason"));
    reason.setAccessibleText(messages.text("live.session.reason"));
    HBox.setHgrow(reason, Priority.ALWAYS);
    Button end =
        Ui.button(
            OversightIds.SESSION_END, messages.text("live.session.end"), "fth-log-out", this::end);
    end.getStyleClass().addAll("danger", "button-outlined");
    end.disableProperty()
        .bind(
            sessions
                .getSelectionModel()
                .selectedItemProperty()
                .isNull()
                .or(reason.textProperty().isEmpty()));
    HBox tools = new HBox(8, reason, end);
    tools.setAlignment(Pos.CENTER_LEFT);
    tools.getStyleClass().add("live-tools");
    Ui.shown(tools, model.mayAct());
    VBox box = new VBox(sessions, tools);
    VBox.setVgrow(sessions, Priority.ALWAYS);
    return box;
  }

  private void end() {
    Connected chosen = sessions.getSelectionModel().getSelectedItem();
    if (chosen != null) {
      model.endSession(chosen.id(), reason.getText().strip(), reason::clear);
    }
  }

  void show(LiveReport report) {
    now = report.at();
    show(sessions, report.sessions(), Connected::id);
    show(waiting, report.waiting(), Waiting::id);
    show(touched, report.touched(), row -> row.connection() + row.column());
    show(schema, report.schemaStatements(), SchemaStatement::sequence);
    count(1, "live.sessions", report.sessions().size());
    count(2, "live.waiting", report.waiting().size());
    count(3, "live.schema", report.schemaStatements().size());
  }

  private void count(int tab, String key, int number) {
    String text = messages.text(key) + (number == 0 ? "" : " (" + number + ")");
    if (!getTabs().get(tab).getText().equals(text)) {
      getTabs().get(tab).setText(text);
    }
  }

  /// Takes new rows without losing the selection; equal ones are left as they are.
  private static <T> void show(TableView<T> table, List<T> rows, Function<T, Object> key) {
    if (table.getItems().equals(rows)) {
      table.refresh();
      return;
    }
    Optional<Object> chosen =
        Optional.ofNullable(table.getSelectionModel().getSelectedItem()).map(key);
    table.getItems().setAll(rows);
    chosen.ifPresent(
        wanted ->
            rows.stream()
                .filter(row -> key.apply(row).equals(wanted))
                .findFirst()
                .ifPresent(table.getSelectionModel()::select));
  }
}
