package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Debounce;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.results.ResultViewModel.Phase;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Session;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.YieldingBar;
import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.catalog.ColumnRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.animation.AnimationTimer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One result: progress in words while it runs, then rows, a change, a refusal or a problem.
final class ResultView {

  /// Notes that are shown above the rows; of more it is said that there are.
  private static final int NOTES = 4;

  /// How many rows there are is read before anything else of the footer; only sentences are cut.
  private static final int SHORT_WORDS = 45;

  private static final double LEAST_WORDS = 60;

  private final ResultViewModel model;
  private final Session session;
  private final Background background;
  private final Messages messages;
  private final Notifications notifications;
  private final GridCopy copying;
  private final WaysOut waysOut;
  private final Exporter exporter;
  private final BorderPane root = new BorderPane();
  private final Subscriptions subscriptions = new Subscriptions();
  private final ResultGrid grid;
  private final MaskPanel maskPanel;
  private final ValuePanel valuePanel;
  private final TextField filter = new TextField();
  private final Label rowsLabel = Ui.label("", "code");
  private final Label selectionLabel = Ui.label("", "muted");
  private final Debounce filtering;
  private final Debounce summing;
  private final ToggleButton chart = new ToggleButton();
  private final ToggleButton transpose = new ToggleButton();
  private final TextField find = new TextField();
  private final ColumnActions columnActions;
  private final EditPanel editing;
  private final Label progressText = Ui.label("", "progress-text");
  private final AnimationTimer clock;
  private boolean finding;

  ResultView(
      ResultViewModel model,
      Session session,
      Background background,
      Messages messages,
      Notifications notifications,
      Exporter exporter,
      WaysOut waysOut) {
    this.model = model;
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.notifications = notifications;
    this.copying = new GridCopy(exporter, background, messages, notifications);
    this.exporter = exporter;
    this.waysOut = waysOut;
    grid = new ResultGrid(messages);
    maskPanel = new MaskPanel(messages, this::unmask, this::closePanel);
    valuePanel = new ValuePanel(messages, this::closePanel);
    filter.setId(ControlIds.RESULT_FILTER);
    filter.setPromptText(messages.text("grid.filter"));
    filter.setAccessibleText(messages.text("grid.filter"));
    filter.setPrefWidth(150);
    filter.setMinWidth(90);
    filter.getStyleClass().add("small");
    filtering = new Debounce(background, Duration.ofMillis(200));
    filter
        .textProperty()
        .addListener(
            (observed, before, now) ->
                filtering.request(
                    () ->
                        background.deliver(
                            () -> model.arrange(wish().filteredBy(filter.getText().strip())))));
    summing = new Debounce(background, Duration.ofMillis(120));
    columnActions = new ColumnActions(model, messages, this::unmask);
    find.setId(ControlIds.RESULT_FIND);
    find.setPromptText(messages.text("grid.find"));
    find.setAccessibleText(messages.text("grid.find"));
    Ui.hint(find, messages.text("grid.find.hint"));
    find.setPrefWidth(120);
    find.setMinWidth(70);
    find.getStyleClass().add("small");
    find.setOnKeyPressed(this::findKey);
    find.focusedProperty()
        .addListener((observed, before, now) -> finding = now || !find.getText().isEmpty());
    root.addEventHandler(KeyEvent.KEY_PRESSED, this::paneKey);
    toggle(chart, ControlIds.RESULT_CHART, "fth-bar-chart-2", "grid.chart");
    toggle(transpose, "result-transpose", "fth-corner-down-right", "grid.transpose");
    chart.setOnAction(event -> present());
    transpose.setOnAction(event -> present());
    rowsLabel.setId(ControlIds.RESULT_ROWS);
    rowsLabel
        .textProperty()
        .addListener((observed, before, now) -> rowsLabel.setMinWidth(leastWords(now)));
    progressText.setId(ControlIds.RESULT_STATE);
    grid.onSelection(this::selected);
    grid.onMaskedHeader(column -> openMasks());
    grid.onSort(this::sort);
    grid.onColumnMenu(
        (column, x, y) -> {
          if (!transpose.isSelected()) {
            columnActions.menu(column, () -> copyColumn(column)).show(grid, x, y);
          }
        });
    grid.onMoveColumn(
        (from, to) -> model.layOut(model.gridProperty().get().layout().move(from, to)));
    grid.onOpenValue(this::openValue);
    editing =
        new EditPanel(
            model,
            grid,
            session,
            background,
            messages,
            notifications,
            waysOut,
            new EditPanel.Host() {
              @Override
              public void present() {
                ResultView.this.present();
                edited();
              }

              @Override
              public void side(Node panel) {
                root.setRight(panel);
              }

              @Override
              public void closeSide() {
                closePanel();
              }
            });
    clock =
        new AnimationTimer() {
          private long last;

          @Override
          public void handle(long now) {
            if (now - last > 100_000_000L) {
              last = now;
              progress();
            }
          }
        };
  }

  Node root() {
    return root;
  }

  void attach() {
    subscriptions.bind(
        model.gridProperty(),
        shown -> {
          present();
          progress();
        });
    subscriptions.bind(
        model.rowsProperty(),
        count -> {
          grid.rowsChanged();
          progress();
        });
    subscriptions.bind(model.phaseProperty(), this::phase);
    subscriptions.listen(model.cancellingProperty(), now -> progress());
    subscriptions.add(clock::stop);
  }

  void detach() {
    subscriptions.clear();
  }

  ResultGrid grid() {
    return grid;
  }

  private void toggle(ToggleButton button, String id, String icon, String key) {
    button.setId(id);
    button.setGraphic(Ui.icon(icon));
    Ui.hint(button, messages.text(key));
    button.setAccessibleText(messages.text(key));
    button.getStyleClass().addAll("small", "flat");
  }

  /// Shows the rows as a grid, on their side, or as a chart.
  private void present() {
    GridModel shown = model.gridProperty().get();
    if (transpose.isSelected() && shown.rows() > 0) {
      int first = Math.max(0, grid.shows(shown) ? grid.selection().firstRow() : 0);
      grid.show(
          Transposed.of(
              shown,
              first,
              Transposed.MOST_ROWS,
              messages.text("grid.column"),
              messages.text("grid.row")));
    } else {
      grid.show(editing.edits().map(shown::staged).orElse(shown));
    }
    if (root.getBottom() != null) {
      boolean charted = chart.isSelected() && shown.rows() > 0;
      Node center = charted ? new ChartPanel(shown, background, messages) : grid;
      if (charted || root.getCenter() != grid) {
        root.setCenter(center);
      }
    }
  }

  /// While rows are changed, they are rows, not a chart, and stay where they are.
  private void edited() {
    boolean active = editing.edits().isPresent();
    transpose.setDisable(active);
    chart.setDisable(active);
    if (root.getBottom() != null) {
      root.setBottom(active ? new VBox(editing.bar(), footer()) : footer());
    }
  }

  private void paneKey(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.F && root.getBottom() != null) {
      finding = true;
      Ui.shown(find, true);
      find.requestFocus();
      find.selectAll();
      event.consume();
    }
  }

  private void findKey(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      find(!event.isShiftDown());
      event.consume();
    } else if (event.getCode() == KeyCode.ESCAPE) {
      grid.requestFocus();
      event.consume();
    }
  }

  private void find(boolean forward) {
    GridModel shown = grid.model();
    GridSelection at = grid.selection();
    int row = at.isEmpty() ? 0 : at.row();
    int column = at.isEmpty() ? -1 : at.column();
    background.call(
        () -> GridSearch.find(shown, find.getText(), row, column, forward),
        hit ->
            hit.ifPresentOrElse(
                found -> {
                  if (grid.shows(shown)) {
                    grid.reveal(found.row(), found.column());
                  }
                },
                () -> find.setPromptText(messages.text("find.none"))),
        problem -> {});
  }

  private void copyColumn(int column) {
    GridModel shown = model.gridProperty().get();
    GridSelection chosen = grid.selection();
    boolean some = chosen.cells() > 1 && chosen.holds(chosen.row(), column);
    copy(
        CopyFormat.IN_LIST,
        some
            ? new GridSelection(chosen.firstRow(), column, chosen.lastRow(), column)
            : new GridSelection(0, column, shown.rows() - 1, column));
  }

  private void phase(Phase phase) {
    if (phase.isFinal()) {
      clock.stop();
    } else {
      clock.start();
    }
    switch (phase) {
      case DECIDING, QUEUED, RUNNING -> waiting();
      case STREAMING -> rows();
      case DONE -> done();
      case REFUSED -> model.refused().ifPresent(this::refused);
      case FAILED -> model.problem().ifPresent(this::failed);
      case CANCELLED -> cancelled();
    }
  }

  private void waiting() {
    ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    bar.setPrefWidth(220);
    bar.getStyleClass().add("small");
    Button cancel =
        Ui.button("result-cancel", messages.text("run.cancel"), "fth-x-square", model::cancel);
    VBox box = new VBox(14, bar, progressText, cancel);
    box.getStyleClass().add("result-center");
    box.setAlignment(Pos.CENTER);
    root.setTop(null);
    root.setBottom(null);
    root.setRight(null);
    root.setCenter(box);
    progress();
  }

  private void rows() {
    if (root.getCenter() != grid) {
      root.setCenter(grid);
      root.setTop(banners());
      root.setBottom(footer());
    }
    progress();
  }

  private void done() {
    if (model.completed().map(done -> done.updateCount() >= 0).orElse(false)) {
      changed();
      return;
    }
    rows();
    root.setTop(banners());
    grid.rowsChanged();
    plan();
    progress();
  }

  /// An explained statement is a tree first; its rows are one press away.
  private void plan() {
    if (!PlanReader.isQuestion(model.statement().text())) {
      return;
    }
    GridModel answer = model.gridProperty().get();
    background.call(
        () -> PlanReader.read(model.connection().context().engine(), answer),
        plan ->
            plan.ifPresent(
                found -> {
                  PlanView view = new PlanView(found, messages);
                  if (root.getBottom() != null) {
                    root.setCenter(view);
                  }
                }),
        problem -> {});
  }

  /// What the reader of the rows must know: what is masked, what is hidden, what the database said.
  private @Nullable Node banners() {
    VBox banners = new VBox();
    maskBanner().ifPresent(banners.getChildren()::add);
    List<String> notes = model.completed().map(RunEvent.Completed::warnings).orElse(List.of());
    if (!notes.isEmpty()) {
      banners.getChildren().add(notes(notes));
    }
    return banners.getChildren().isEmpty() ? null : banners;
  }

  private Node notes(List<String> notes) {
    VBox lines = new VBox(2);
    notes.stream().limit(NOTES).forEach(note -> lines.getChildren().add(Ui.paragraph(note)));
    if (notes.size() > NOTES) {
      lines
          .getChildren()
          .add(Ui.label(messages.text("run.notes.more", notes.size() - NOTES), "muted"));
    }
    HBox.setHgrow(lines, Priority.ALWAYS);
    HBox banner = new HBox(8, Ui.icon("fth-info"), lines);
    banner.setId(ControlIds.RESULT_NOTES);
    banner.getStyleClass().add("note-banner");
    return banner;
  }

  private Optional<Node> maskBanner() {
    int masked = model.maskedColumns().size();
    if (masked == 0) {
      return Optional.empty();
    }
    Hyperlink why = new Hyperlink(messages.text("mask.why"));
    why.setId(ControlIds.MASK_WHY);
    why.setOnAction(event -> openMasks());
    String names =
        model.maskedColumns().stream()
            .map(RunEvent.ResultColumn::label)
            .limit(6)
            .collect(Collectors.joining(", "));
    Label columns = Ui.label(names + (masked > 6 ? ", …" : ""), "muted", "code");
    columns.setMinWidth(30);
    Label words = Ui.label(messages.count("mask.banner", masked), "banner-words");
    words.setMinWidth(HBox.USE_PREF_SIZE);
    HBox banner =
        new HBox(8, Ui.icon("fth-eye-off", "verdict-masked"), words, columns, Ui.spacer(), why);
    banner.setId(ControlIds.MASK_BANNER);
    banner.getStyleClass().add("mask-banner");
    banner.setAlignment(Pos.CENTER_LEFT);
    return Optional.of(banner);
  }

  private static double leastWords(String words) {
    return words.length() <= SHORT_WORDS ? HBox.USE_PREF_SIZE : LEAST_WORDS;
  }

  private HBox footer() {
    MenuButton copy = new MenuButton(messages.text("grid.copy"), Ui.icon("fth-copy"));
    copy.setId(ControlIds.COPY_AS);
    copy.setMinWidth(HBox.USE_PREF_SIZE);
    copy.getStyleClass().add("flat");
    for (CopyFormat format : CopyFormat.values()) {
      MenuItem item =
          new MenuItem(
              messages.text(
                  "grid.copy."
                      + format.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')));
      item.setOnAction(event -> copy(format));
      copy.getItems().add(item);
    }
    MenuButton export = new MenuButton(messages.text("grid.export"), Ui.icon("fth-download"));
    export.setId(ControlIds.EXPORT_CSV);
    export.setMinWidth(HBox.USE_PREF_SIZE);
    export.getStyleClass().add("flat");
    for (ExportFormat format : ExportFormat.values()) {
      MenuItem item = new MenuItem(messages.text(format.key()));
      item.setOnAction(event -> exporter.toFile(model, format, root.getScene().getWindow()));
      export.getItems().add(item);
    }
    YieldingBar footer =
        new YieldingBar(
            8,
            rowsLabel,
            selectionLabel,
            Ui.spacer(),
            find,
            filter,
            editing.toggle(),
            transpose,
            chart,
            copy,
            export);
    selectionLabel.setMinWidth(60);
    // The words about the rows come first; Ctrl+F brings the field back.
    footer
        .thenWhole(find, () -> finding)
        .thenWords(copy)
        .thenWords(export)
        .thenWhole(selectionLabel, () -> false)
        .thenWhole(filter, () -> filter.isFocused() || !filter.getText().isEmpty())
        .then(
            () -> rowsLabel.setMinWidth(LEAST_WORDS),
            () -> rowsLabel.setMinWidth(leastWords(rowsLabel.getText())));
    footer.getStyleClass().add("result-footer");
    footer.setAlignment(Pos.CENTER_LEFT);
    return footer;
  }

  private void progress() {
    String seconds = String.format(messages.locale(), "%.1f", model.elapsed().toMillis() / 1000.0);
    long count = model.rowsProperty().get();
    String words = model.stateText();
    if (!model.phaseProperty().get().isFinal()) {
      progressText.setText(
          messages.text(
              count > 0 ? "run.progress.rows" : "run.progress",
              words,
              seconds,
              messages.number(count)));
      rowsLabel.setText(progressText.getText());
    } else {
      GridModel shown = model.gridProperty().get();
      String found =
          !shown.wish().filters()
              ? words
              : messages.text("grid.found", messages.number(shown.rows()), words);
      boolean now = model.restoredFrom().isEmpty();
      rowsLabel.setText(found + model.completed().filter(done -> now).map(this::timing).orElse(""));
    }
  }

  private String timing(RunEvent.Completed done) {
    return " · " + messages.text("run.timing", done.firstRow().toMillis(), done.total().toMillis());
  }

  private void changed() {
    VBox box = new VBox(10);
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("result-center");
    Label words = Ui.label(model.stateText(), "card-title");
    words.setId(ControlIds.RESULT_ROWS);
    box.getChildren().addAll(Ui.icon("fth-check-circle", "big-icon", "verdict-allowed"), words);
    model
        .completed()
        .ifPresent(
            done -> {
              box.getChildren()
                  .add(Ui.label(messages.text("run.took", done.total().toMillis()), "muted"));
              done.warnings()
                  .forEach(warning -> box.getChildren().add(Ui.paragraph(warning, "muted")));
            });
    plain(box);
  }

  private void refused(RunEvent.Refused refused) {
    plain(new RefusalCard(messages, waysOut).build(model, refused));
  }

  private void failed(WorkspaceProblem problem) {
    VBox card = new VBox(10);
    card.setId(ControlIds.PROBLEM_CARD);
    card.getStyleClass().addAll("card", "card-problem");
    Label title =
        Ui.label(
            messages.text(
                "card.problem." + problem.blame().name().toLowerCase(java.util.Locale.ROOT)),
            "card-title");
    HBox head =
        new HBox(
            12,
            Ui.icon("fth-alert-triangle", "card-icon"),
            title,
            Ui.spacer(),
            Ui.label(problem.code(), "rule-pill"));
    head.setAlignment(Pos.CENTER_LEFT);
    card.getChildren()
        .addAll(
            head,
            Ui.paragraph(Problems.words(problem), "card-reason"),
            Ui.paragraph("→ " + problem.wayOut(), "advice"),
            Ui.paragraph(messages.text("card.problem.kept"), "muted", "small"));
    long kept = model.rowsProperty().get();
    VBox frame = new VBox(card);
    frame.getStyleClass().add("card-frame");
    if (kept > 0) {
      root.setCenter(grid);
      root.setTop(frame);
      root.setBottom(footer());
      progress();
    } else {
      plain(frame);
    }
  }

  private void cancelled() {
    if (model.rowsProperty().get() > 0) {
      rows();
      return;
    }
    VBox box =
        new VBox(
            10,
            Ui.icon("fth-x-square", "big-icon", "muted-icon"),
            Ui.label(messages.text("run.cancelled"), "card-title"),
            Ui.label(messages.text("run.cancelled.detail"), "muted"));
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("result-center");
    plain(box);
  }

  private void plain(Node node) {
    root.setTop(null);
    root.setBottom(null);
    root.setRight(null);
    root.setCenter(node);
  }

  private void openMasks() {
    String connection = model.connection().context().name();
    maskPanel.show(model.gridProperty().get().all(), Map.of());
    root.setRight(maskPanel);
    background.call(
        () -> session.workspace().columnGovernance(connection),
        columns -> {
          Map<ColumnRef, ColumnGovernance> byRef = new LinkedHashMap<>();
          columns.forEach(column -> byRef.put(column.column(), column));
          maskPanel.show(model.gridProperty().get().all(), byRef);
        },
        problem ->
            notifications.show(
                Notifications.Kind.PROBLEM, Problems.words(problem), problem.wayOut()));
  }

  private void unmask(java.util.Set<ColumnRef> columns) {
    waysOut.unmask(model, columns);
  }

  private void closePanel() {
    root.setRight(null);
  }

  private RowOrder.Wish wish() {
    return model.gridProperty().get().wish();
  }

  /// First up, then down, then as it came.
  private void sort(int column) {
    if (transpose.isSelected()) {
      return;
    }
    int ordinal = model.gridProperty().get().ordinal(column);
    boolean same = wish().column() == ordinal;
    model.arrange(
        same && wish().descending() ? wish().sortedBy(-1, false) : wish().sortedBy(ordinal, same));
  }

  private void openValue() {
    GridSelection at = grid.selection();
    if (!at.isEmpty()) {
      valuePanel.show(grid.model(), at.row(), at.column());
      root.setRight(valuePanel);
    }
  }

  private void selected(GridSelection selection) {
    if (root.getRight() == valuePanel && !selection.isEmpty()) {
      valuePanel.show(grid.model(), selection.row(), selection.column());
    }
    if (selection.cells() < 2) {
      summing.cancel();
      selectionLabel.setText("");
      Ui.shown(rowsLabel, true);
      Ui.shown(selectionLabel, false);
      return;
    }
    String size =
        messages.text(
            "grid.selected",
            messages.number(selection.lastRow() - selection.firstRow() + 1L),
            messages.number(selection.lastColumn() - selection.firstColumn() + 1L));
    selectionLabel.setText(size);
    Ui.shown(rowsLabel, false);
    Ui.shown(selectionLabel, true);
    if (selection.cells() > SelectionStatistics.LIMIT) {
      return;
    }
    GridModel shown = grid.model();
    summing.request(
        () -> {
          SelectionStatistics sums = SelectionStatistics.of(shown, selection);
          background.deliver(
              () -> {
                if (grid.selection().equals(selection) && grid.shows(shown)) {
                  selectionLabel.setText(size + words(sums));
                  Ui.hint(selectionLabel, size + words(sums));
                }
              });
        });
  }

  private String words(SelectionStatistics sums) {
    StringBuilder words = new StringBuilder();
    if (sums.numbers() > 0) {
      words
          .append("  ·  ")
          .append(messages.text("statistics.sum", number(sums.sum())))
          .append("  ·  ")
          .append(messages.text("statistics.mean", number(sums.mean().orElse(BigDecimal.ZERO))));
      if (sums.least().isPresent() && sums.most().isPresent()) {
        words
            .append("  ·  ")
            .append(
                messages.text(
                    "statistics.range", number(sums.least().get()), number(sums.most().get())));
      }
    }
    if (sums.missing() > 0) {
      words
          .append("  ·  ")
          .append(messages.text("statistics.null", messages.number(sums.missing())));
    }
    if (sums.masked() > 0) {
      words.append("  ·  ").append(messages.count("statistics.masked", sums.masked()));
    }
    return words.toString();
  }

  private static String number(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0).toPlainString() : plain.toPlainString();
  }

  /// Copies the selection, or everything when nothing is selected.
  void copy(CopyFormat format) {
    copying.copy(format, grid, List.of(model));
  }

  private void copy(CopyFormat format, GridSelection range) {
    copying.copy(format, grid.model(), range, List.of(model));
  }
}
