package dev.sluice.app.results.imports;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.results.imports.ImportJob.Checked;
import dev.sluice.app.results.imports.ImportViewModel.Choice;
import dev.sluice.app.results.imports.ImportViewModel.Draft;
import dev.sluice.app.results.imports.ImportViewModel.Stage;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.catalog.CatalogColumn;
import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/// Beside the query: a file that is to become rows of one table.
final class ImportPane extends BorderPane {

  private static final int SHOWN_COLUMNS = 40;
  private static final int SHOWN_ROWS = 20;

  private final ImportViewModel model;
  private final Messages messages;
  private final Subscriptions subscriptions = new Subscriptions();
  private final VBox body = new VBox(10);
  private final Label findings = Ui.paragraph("", "strong");
  private final Label trouble = Ui.paragraph("", "problem-words");
  private final ListView<String> bad = new ListView<>();
  private final CheckBox leaveOut = new CheckBox();
  private final ProgressBar progress = new ProgressBar();
  private final Button send;
  private final Button cancel;
  private Optional<Draft> shown = Optional.empty();

  ImportPane(ImportViewModel model, Messages messages, Runnable onClose) {
    this.model = model;
    this.messages = messages;
    setId(ImportIds.PANE);
    getStyleClass().add("table-pane");
    setMinWidth(320);
    setPrefWidth(470);
    HBox head =
        new HBox(
            8,
            Ui.icon("fth-upload", "muted-icon"),
            Ui.label(messages.text("import.title", model.table().ref().name()), "panel-title"),
            Ui.label(model.connection().context().name(), "muted", "small"),
            Ui.spacer(),
            Ui.button(ImportIds.CHOOSE, messages.text("import.choose"), "fth-folder", this::choose),
            Ui.iconButton("import-close", "fth-x", messages.text("close"), onClose));
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("table-head");
    findings.setId(ImportIds.FINDINGS);
    trouble.setId(ImportIds.PROBLEM);
    bad.setId(ImportIds.BAD);
    bad.setAccessibleText(messages.text("import.bad.name-of-list"));
    bad.setPrefHeight(110);
    bad.getStyleClass().add("dense");
    leaveOut.setId(ImportIds.LEAVE_OUT);
    leaveOut.setWrapText(true);
    send = Ui.button(ImportIds.SEND, messages.text("import.send"), "fth-upload", model::send);
    send.getStyleClass().add("accent");
    cancel = Ui.button(ImportIds.CANCEL, messages.text("cancel"), "fth-x-square", model::cancel);
    progress.setAccessibleText(messages.text("import.progress"));
    HBox actions = new HBox(8, progress, Ui.spacer(), cancel, send);
    actions.setAlignment(Pos.CENTER_LEFT);
    VBox foot = new VBox(8, findings, bad, leaveOut, trouble, actions);
    foot.getStyleClass().add("table-body");
    body.getStyleClass().add("table-body");
    setTop(head);
    setCenter(body);
    setBottom(foot);
    subscriptions.bind(model.draftProperty(), this::draw);
    subscriptions.bind(model.stageProperty(), stage -> state());
    subscriptions.bind(model.checkedProperty(), found -> found(found));
    subscriptions.bind(model.rowsProperty(), rows -> state());
    subscriptions.bind(model.problemProperty(), words -> state());
    subscriptions.listen(leaveOut.selectedProperty(), on -> state());
  }

  /// Gives up what is under way.
  void close() {
    model.cancel();
    subscriptions.clear();
  }

  void open(Path file) {
    model.open(file);
  }

  private void choose() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.text("import.choose"));
    chooser
        .getExtensionFilters()
        .add(
            new FileChooser.ExtensionFilter(
                messages.text("import.files"),
                "*.csv",
                "*.tsv",
                "*.xlsx",
                "*.json",
                "*.ndjson",
                "*.jsonl"));
    File chosen = chooser.showOpenDialog(getScene().getWindow());
    if (chosen != null) {
      model.open(chosen.toPath());
    }
  }

  private void draw(Optional<Draft> draft) {
    boolean sameFile =
        shown.isPresent() && draft.isPresent() && shown.get().sample() == draft.get().sample();
    shown = draft;
    if (draft.isEmpty()) {
      body.getChildren().setAll(Ui.paragraph(messages.text("import.hint"), "muted"));
      return;
    }
    ScrollPane columns = new ScrollPane(mapping(draft.get()));
    columns.setFitToWidth(true);
    columns.getStyleClass().add("edge-to-edge");
    VBox.setVgrow(columns, Priority.ALWAYS);
    Node rows = sameFile ? body.getChildren().getLast() : preview(draft.get());
    body.getChildren().setAll(reading(draft.get()), columns, rows);
  }

  private Node reading(Draft draft) {
    FlowPane line = new FlowPane(8, 6);
    line.setRowValignment(javafx.geometry.VPos.CENTER);
    line.getChildren().add(Ui.whole(String.valueOf(draft.file().path().getFileName()), "strong"));
    switch (draft.file().format()) {
      case CSV -> {
        ChoiceBox<Character> separator =
            choice(
                ImportIds.SEPARATOR,
                "import.separator",
                List.of(',', ';', '\t', '|'),
                draft.file().separator(),
                each -> each == '\t' ? messages.text("import.tabulator") : String.valueOf(each));
        separator.setOnAction(
            event -> model.reread(file -> file.withSeparator(separator.getValue())));
        ChoiceBox<Charset> charset =
            choice(
                ImportIds.CHARSET,
                "import.charset",
                List.of(
                    StandardCharsets.UTF_8,
                    Charset.forName("windows-1252"),
                    StandardCharsets.ISO_8859_1),
                draft.file().charset(),
                Charset::displayName);
        charset.setOnAction(event -> model.reread(file -> file.withCharset(charset.getValue())));
        line.getChildren().addAll(separator, charset);
      }
      case XLSX -> {
        List<String> names = draft.sample().sheets();
        ChoiceBox<Integer> sheet =
            choice(
                ImportIds.SHEET,
                "import.sheet",
                IntStream.range(0, names.size()).boxed().toList(),
                draft.file().sheet(),
                names::get);
        sheet.setOnAction(event -> model.reread(file -> file.withSheet(sheet.getValue())));
        line.getChildren().add(sheet);
      }
      case JSON -> {}
    }
    CheckBox empty = new CheckBox(messages.text("import.empty-null"));
    empty.setId(ImportIds.EMPTY_NULL);
    empty.setSelected(draft.emptyIsNull());
    empty.setOnAction(event -> model.emptyIsNull(empty.isSelected()));
    line.getChildren().add(empty);
    return line;
  }

  private <T> ChoiceBox<T> choice(
      String id, String key, List<T> items, T value, java.util.function.Function<T, String> words) {
    ChoiceBox<T> box = new ChoiceBox<>();
    box.setId(id);
    box.setAccessibleText(messages.text(key));
    Ui.hint(box, messages.text(key));
    box.setConverter(Ui.words(words));
    box.getItems().setAll(items);
    box.setValue(value);
    return box;
  }

  private Node mapping(Draft draft) {
    GridPane grid = new GridPane(10, 6);
    for (double share : new double[] {30, 28, 22, 20}) {
      ColumnConstraints column = new ColumnConstraints();
      column.setPercentWidth(share);
      grid.getColumnConstraints().add(column);
    }
    grid.addRow(
        0,
        Ui.label(messages.text("import.into"), "muted", "small"),
        Ui.label(messages.text("import.from"), "muted", "small"),
        Ui.label(messages.text("import.as"), "muted", "small"),
        Ui.label(messages.text("import.first"), "muted", "small"));
    List<CatalogColumn> columns = model.table().columns();
    for (int at = 0; at < columns.size(); at++) {
      grid.addRow(at + 1, line(draft, columns.get(at), at));
    }
    return grid;
  }

  private Node[] line(Draft draft, CatalogColumn column, int at) {
    Choice chosen = draft.choices().get(at);
    VBox name =
        new VBox(Ui.label(column.name(), "strong"), Ui.label(column.type(), "muted", "small"));
    List<String> names = draft.sample().columns();
    ChoiceBox<Integer> source =
        choice(
            "import-source-" + at,
            "import.from",
            Stream.concat(Stream.of(-1), IntStream.range(0, names.size()).boxed()).toList(),
            chosen.source().orElse(-1),
            place -> place < 0 ? messages.text("import.leave") : names.get(place));
    source.setMaxWidth(Double.MAX_VALUE);
    source.setAccessibleText(messages.text("import.from-for", column.name()));
    source.setOnAction(
        event -> model.source(at, Optional.of(source.getValue()).filter(place -> place >= 0)));
    ChoiceBox<ReadAs> as =
        choice(
            "import-as-" + at,
            "import.as",
            ReadAs.choices(ImportPlan.kind(column, model.dialect())),
            chosen.as(),
            each -> messages.text("import.as." + each.name().toLowerCase(java.util.Locale.ROOT)));
    as.setMaxWidth(Double.MAX_VALUE);
    as.setAccessibleText(messages.text("import.as-for", column.name()));
    as.setDisable(chosen.source().isEmpty());
    as.setOnAction(event -> model.as(at, as.getValue()));
    Label first =
        Ui.label(
            chosen
                .source()
                .flatMap(
                    place ->
                        draft.sample().rows().stream()
                            .flatMap(row -> row.value(place).stream())
                            .filter(text -> !text.isEmpty())
                            .findFirst())
                .map(text -> text.length() > 60 ? text.substring(0, 60) + "…" : text)
                .orElse(""),
            "code",
            "small");
    return new Node[] {name, source, as, first};
  }

  private Node preview(Draft draft) {
    TableView<ImportRow> table = new TableView<>();
    table.setId(ImportIds.PREVIEW);
    table.setAccessibleText(messages.text("import.preview"));
    table.getStyleClass().addAll("dense", "edge-to-edge");
    table.setPrefHeight(150);
    table.setMinHeight(90);
    table.getColumns().add(column("#", 50, row -> String.valueOf(row.line())));
    for (int at = 0; at < Math.min(SHOWN_COLUMNS, draft.sample().columns().size()); at++) {
      int place = at;
      table
          .getColumns()
          .add(
              column(
                  draft.sample().columns().get(at),
                  110,
                  row ->
                      row.value(place)
                          .map(text -> text.length() > 200 ? text.substring(0, 200) + "…" : text)
                          .orElse("NULL")));
    }
    table.getItems().setAll(draft.sample().rows().stream().limit(SHOWN_ROWS).toList());
    return table;
  }

  private static TableColumn<ImportRow, String> column(
      String name, double width, java.util.function.Function<ImportRow, String> value) {
    TableColumn<ImportRow, String> column = new TableColumn<>(name);
    column.setPrefWidth(width);
    column.setSortable(false);
    column.setCellValueFactory(
        cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())).getReadOnlyProperty());
    return column;
  }

  private void found(Optional<Checked> checked) {
    leaveOut.setSelected(false);
    bad.getItems()
        .setAll(
            checked.stream()
                .flatMap(found -> found.bad().stream())
                .map(
                    each ->
                        messages.text(
                            "import.bad.line", messages.number(each.line()), model.words(each)))
                .toList());
    state();
  }

  private void state() {
    Stage stage = model.stageProperty().get();
    Optional<Checked> checked = model.checkedProperty().get();
    boolean busy = stage == Stage.CHECKING || stage == Stage.SENDING || stage == Stage.READING;
    long badRows = checked.map(Checked::badRows).orElse(0L);
    findings.setText(findings(stage, checked));
    Ui.shown(bad, badRows > 0);
    Ui.shown(leaveOut, badRows > 0);
    if (badRows > 0) {
      leaveOut.setText(
          messages.text(
              "import.leave-out",
              messages.number(badRows),
              model
                  .draftProperty()
                  .get()
                  .map(draft -> LeftOut.target(draft.file().path()).getFileName().toString())
                  .orElse("")));
    }
    leaveOut.setDisable(busy);
    trouble.setText(model.problemProperty().get());
    Ui.shown(trouble, !model.problemProperty().get().isEmpty());
    Ui.shown(progress, busy);
    Ui.shown(cancel, busy);
    long all = checked.map(Checked::good).orElse(0L);
    progress.setProgress(
        stage == Stage.SENDING && all > 0
            ? (double) model.rowsProperty().get() / all
            : ProgressBar.INDETERMINATE_PROGRESS);
    body.setDisable(stage == Stage.SENDING);
    send.setDisable(
        stage != Stage.READY
            || checked.map(Checked::good).orElse(0L) == 0
            || (badRows > 0 && !leaveOut.isSelected()));
  }

  private String findings(Stage stage, Optional<Checked> checked) {
    String rows = messages.number(model.rowsProperty().get());
    return switch (stage) {
      case NO_FILE -> "";
      case READING -> messages.text("import.reading");
      case CHECKING -> messages.text("import.checking", rows);
      case SENDING ->
          messages.text(
              "import.sending", rows, messages.number(checked.map(Checked::good).orElse(0L)));
      case READY ->
          messages.count("import.ready", checked.map(Checked::good).orElse(0L))
              + checked
                  .map(Checked::badRows)
                  .filter(count -> count > 0)
                  .map(count -> " " + messages.count("import.not-ready", count))
                  .orElse("");
    };
  }
}
