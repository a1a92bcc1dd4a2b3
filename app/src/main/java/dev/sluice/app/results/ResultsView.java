package dev.sluice.app.results;

import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The result pane of a tab: for a script, a strip with each statement's outcome; below it the
/// result that is looked at.
public final class ResultsView {

  private static final int SNIPPET = 28;

  private final ResultsViewModel model;
  private final WindowContext context;
  private final WaysOut waysOut;
  private final Exporter exporter;
  private final BorderPane root = new BorderPane();
  private final HBox strip = new HBox(6);
  private final ScrollPane stripScroll = new ScrollPane(strip);
  private final Subscriptions subscriptions = new Subscriptions();
  private final Map<ResultViewModel, ToggleButton> chips = new HashMap<>();
  private Optional<ResultView> shown = Optional.empty();
  private Optional<ComparePane> comparison = Optional.empty();

  public ResultsView(ResultsViewModel model, WindowContext context, WaysOut waysOut) {
    root.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    this.model = model;
    this.context = context;
    this.waysOut = waysOut;
    this.exporter = new Exporter(context.background(), context.messages(), context.notifications());
    root.setId(ControlIds.RESULT_PANE);
    root.getStyleClass().add("result-pane");
    strip.getStyleClass().add("result-strip");
    stripScroll.setFitToHeight(true);
    stripScroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    stripScroll.getStyleClass().add("edge-to-edge");
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    ListChangeListener<ResultViewModel> listener = change -> chips();
    model.results().addListener(listener);
    subscriptions.add(() -> model.results().removeListener(listener));
    ListChangeListener<ExportJob> exports = change -> exports();
    exporter.jobs().addListener(exports);
    subscriptions.add(() -> exporter.jobs().removeListener(exports));
    exports();
    subscriptions.bind(model.shownProperty(), this::show);
    chips();
  }

  public void detach() {
    subscriptions.clear();
    shown.ifPresent(ResultView::detach);
    shown = Optional.empty();
    comparison = Optional.empty();
  }

  private void key(KeyEvent event) {
    boolean key =
        event.getCode() == KeyCode.COPY
            || (event.isShortcutDown()
                && !event.isShiftDown()
                && !event.isAltDown()
                && (event.getCode() == KeyCode.C || event.getCode() == KeyCode.INSERT));
    if (key && event.getTarget() instanceof ResultGrid) {
      copy();
      event.consume();
    }
  }

  /// Copies what is selected in the grid, as a spreadsheet takes it.
  private void copy() {
    shown.ifPresent(view -> view.copy(CopyFormat.TSV));
    comparison.ifPresent(
        pane ->
            new GridCopy(
                    exporter, context.background(), context.messages(), context.notifications())
                .copy(CopyFormat.TSV, pane.grid(), pane.results()));
  }

  /// Compares the two results that are pinned, or the pinned one with the one that is shown. Says
  /// what to pin when that is not two.
  public void compare() {
    List<ResultViewModel> two = model.compared();
    if (two.size() != 2) {
      context
          .notifications()
          .show(
              Notifications.Kind.INFORMATION,
              context.messages().text("compare.pin"),
              context.messages().text("compare.pin.detail"));
      return;
    }
    ComparePane pane =
        new ComparePane(
            two.getFirst(),
            two.getLast(),
            context.background(),
            context.messages(),
            () -> show(model.shownProperty().get()));
    shown.ifPresent(ResultView::detach);
    shown = Optional.empty();
    comparison = Optional.of(pane);
    chips.values().forEach(chip -> chip.setSelected(false));
    root.setCenter(pane);
    pane.grid().requestFocus();
  }

  /// Goes to the next difference of the comparison that is shown, or to the one before.
  public void nextDifference(boolean forward) {
    comparison.ifPresentOrElse(pane -> pane.step(forward), this::compare);
  }

  private void show(Optional<ResultViewModel> result) {
    comparison = Optional.empty();
    shown.ifPresent(ResultView::detach);
    shown =
        result.map(
            found ->
                new ResultView(
                    found,
                    context.session(),
                    context.background(),
                    context.messages(),
                    context.notifications(),
                    exporter,
                    waysOut));
    shown.ifPresentOrElse(
        view -> {
          root.setCenter(view.root());
          view.attach();
        },
        () -> root.setCenter(nothingYet()));
    chips.forEach((key, chip) -> chip.setSelected(result.filter(key::equals).isPresent()));
  }

  /// One line for each file that is being written, with a way to stop it.
  private void exports() {
    VBox lines = new VBox(4);
    lines.setId(ControlIds.EXPORT_PROGRESS);
    lines.getStyleClass().add("export-lines");
    for (ExportJob job : exporter.jobs()) {
      ProgressBar bar = new ProgressBar();
      bar.progressProperty().bind(job.writtenProperty().divide(Math.max(1.0, job.rows())));
      bar.setPrefWidth(180);
      HBox line =
          new HBox(
              10,
              Ui.label(
                  context.messages().text("export.writing", job.target().getFileName()), "small"),
              bar,
              Ui.button(
                  "export-cancel", context.messages().text("cancel"), "fth-x-square", job::cancel));
      line.setAlignment(Pos.CENTER_LEFT);
      lines.getChildren().add(line);
    }
    root.setBottom(lines.getChildren().isEmpty() ? null : lines);
  }

  private VBox nothingYet() {
    var messages = context.messages();
    VBox box =
        new VBox(
            10,
            Ui.icon("fth-terminal", "big-icon", "muted-icon"),
            Ui.label(messages.text("results.empty"), "card-title"),
            Ui.label(
                messages.text("results.empty.detail", Ui.keyWords("Shortcut+Enter")), "muted"));
    box.setAlignment(Pos.CENTER);
    box.getStyleClass().add("result-center");
    return box;
  }

  private void chips() {
    strip.getChildren().clear();
    chips.clear();
    for (ResultViewModel result : model.results()) {
      HBox box = chipBox(result);
      chips.put(result, (ToggleButton) box.getChildren().getFirst());
      strip.getChildren().add(box);
    }
    if (model.results().size() > 1) {
      var button =
          Ui.button(
              ControlIds.RESULT_COMPARE,
              context.messages().text("compare.button"),
              "fth-columns",
              this::compare);
      button.getStyleClass().addAll("small", "flat");
      Ui.hint(
          button,
          context.messages().text("compare.pin.detail") + "  " + Ui.keyWords("Shortcut+Alt+D"));
      strip.getChildren().add(button);
    }
    root.setTop(model.results().isEmpty() ? null : stripScroll);
  }

  private HBox chipBox(ResultViewModel result) {
    ToggleButton pin = new ToggleButton();
    pin.setGraphic(Ui.icon("fth-map-pin"));
    pin.getStyleClass().addAll("small", "flat", "chip-pin");
    Ui.hint(pin, context.messages().text("result.pin"));
    pin.setAccessibleText(context.messages().text("result.pin"));
    pin.selectedProperty().bindBidirectional(result.pinnedProperty());
    var close =
        Ui.iconButton(
            "result-close",
            "fth-x",
            context.messages().text("result.close"),
            () -> model.remove(result));
    close.getStyleClass().addAll("small", "chip-close");
    HBox box = new HBox(chip(result), pin, close);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private ToggleButton chip(ResultViewModel result) {
    String text = result.statement().text().replaceAll("\\s+", " ");
    ToggleButton chip = new ToggleButton(Ui.oneLine(text, SNIPPET));
    chip.getStyleClass().addAll("small", "result-chip");
    chip.setSelected(model.shownProperty().get().filter(result::equals).isPresent());
    chip.setOnAction(
        event -> {
          chip.setSelected(true);
          if (comparison.isPresent()
              && model.shownProperty().get().filter(result::equals).isPresent()) {
            show(Optional.of(result));
          }
          model.shownProperty().set(Optional.of(result));
        });
    subscriptions.bind(
        result.phaseProperty(),
        phase -> {
          chip.setGraphic(Ui.icon(icon(result, phase), style(result, phase)));
          chip.setAccessibleText(result.stateText() + ": " + text);
          Ui.hint(chip, result.stateText() + " · " + result.elapsed().toMillis() + " ms");
        });
    return chip;
  }

  private static String icon(ResultViewModel result, ResultViewModel.Phase phase) {
    return switch (phase) {
      case DECIDING, QUEUED, RUNNING, STREAMING -> "fth-loader";
      case DONE -> "fth-check-circle";
      case REFUSED -> result.needsApproval() ? "fth-user-check" : "fth-shield";
      case FAILED -> "fth-alert-triangle";
      case CANCELLED -> "fth-x-square";
    };
  }

  private static String style(ResultViewModel result, ResultViewModel.Phase phase) {
    return switch (phase) {
      case DECIDING, QUEUED, RUNNING, STREAMING, CANCELLED -> "muted-icon";
      case DONE -> "verdict-allowed";
      case REFUSED -> result.needsApproval() ? "verdict-ask" : "verdict-blocked";
      case FAILED -> "verdict-ask";
    };
  }
}
