package dev.sluice.app.timeline;

import dev.sluice.app.fx.FilledLater;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.fx.UiExecutor;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.YieldingBar;
import dev.sluice.gateway.workspace.Integrity;
import dev.sluice.gateway.workspace.TimelinePage;
import dev.sluice.gateway.workspace.TimelinePage.Entry;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// My trail by days, with a detail beside it. Enter puts a statement back into an editor.
public final class TimelineView {

  private static final double NEAR_THE_END = 0.97;
  private static final double ROW_HEIGHT = 39;

  private final TimelineViewModel model;
  private final Messages messages;
  private final BiConsumer<String, String> onInsert;
  private final VBox root = new VBox();
  private final ListView<TimelineRow> list = new ListView<>();
  private final VBox detail = new VBox(12);
  private final TextField search = new TextField();
  private final HBox integrity = new HBox(8);
  private final Button verify;
  private final ReplayPane replay;
  private final FilledLater cells = new FilledLater();
  private long opened;
  private final Subscriptions subscriptions = new Subscriptions();

  /// @param onInsert connection and statement to put into an editor
  public TimelineView(
      TimelineViewModel model, Messages messages, BiConsumer<String, String> onInsert) {
    this.model = model;
    this.messages = messages;
    this.onInsert = onInsert;
    replay = new ReplayPane(model.replay(), messages, model.zone());
    list.setId(ControlIds.TIMELINE_LIST);
    list.setAccessibleText(messages.text("timeline.title"));
    list.getStyleClass().addAll("edge-to-edge", "timeline-list");
    list.setItems(model.rows());
    list.setCellFactory(view -> new Cell());
    list.setFixedCellSize(ROW_HEIGHT);
    list.setPlaceholder(Ui.label(messages.text("timeline.empty"), "muted"));
    list.skinProperty().addListener((observed, before, skin) -> followEnd());
    list.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            selected().ifPresent(this::insert);
          }
        });
    search.setId(ControlIds.TIMELINE_SEARCH);
    search.setPromptText(messages.text("timeline.search"));
    search.setAccessibleText(messages.text("timeline.search"));
    search.setPrefWidth(260);
    integrity.setId(ControlIds.TIMELINE_INTEGRITY);
    integrity.setAlignment(Pos.CENTER_LEFT);
    verify =
        Ui.button(
            ControlIds.TIMELINE_VERIFY,
            messages.text("timeline.verify"),
            "fth-shield",
            model::verify);
    detail.setId(ControlIds.TIMELINE_DETAIL);
    detail.getStyleClass().add("timeline-detail");
    search.setMinWidth(110);
    YieldingBar head =
        new YieldingBar(
                12,
                Ui.whole(messages.text("timeline.title"), "screen-title"),
                search,
                filters(),
                Ui.spacer(),
                integrity,
                verify)
            .thenWords(verify);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("screen-head");
    ScrollPane detailScroll = new ScrollPane(detail);
    detailScroll.setFitToWidth(true);
    detailScroll.getStyleClass().add("edge-to-edge");
    SplitPane split = new SplitPane(list, detailScroll);
    split.setDividerPositions(0.6);
    VBox.setVgrow(split, Priority.ALWAYS);
    root.getStyleClass().add("timeline");
    root.getChildren().addAll(head, split);
  }

  public Parent root() {
    return root;
  }

  public void focus() {
    UiExecutor.platform().execute(list::requestFocus);
  }

  public void attach() {
    search.textProperty().bindBidirectional(model.searchProperty());
    subscriptions.add(() -> search.textProperty().unbindBidirectional(model.searchProperty()));
    subscriptions.listen(list.getSelectionModel().selectedItemProperty(), item -> chosen());
    subscriptions.listen(
        model.replay().replayProperty(),
        found -> found.ifPresent(shown -> detail(TimelinePage.entry(shown.entry()))));
    replay.attach(subscriptions);
    subscriptions.bind(model.integrityProperty(), this::integrity);
    subscriptions.bind(
        model.verifyingProperty(),
        busy -> {
          verify.setDisable(busy);
          verify.setText(messages.text(busy ? "timeline.verifying" : "timeline.verify"));
        });
    subscriptions.bind(
        model.problemProperty(),
        problem ->
            list.setPlaceholder(
                problem
                    .map(found -> Ui.paragraph(Problems.wordsAndWayOut(found), "problem-words"))
                    .orElseGet(() -> Ui.label(messages.text("timeline.empty"), "muted"))));
    chosen();
    model.load();
  }

  public void detach() {
    subscriptions.clear();
  }

  private HBox filters() {
    ToggleGroup group = new ToggleGroup();
    HBox box = new HBox();
    List<TimelineViewModel.Filter> all = List.of(TimelineViewModel.Filter.values());
    for (TimelineViewModel.Filter filter : all) {
      ToggleButton button =
          new ToggleButton(
              messages.text("timeline.filter." + filter.name().toLowerCase(Locale.ROOT)));
      button.setToggleGroup(group);
      button.setMinWidth(HBox.USE_PREF_SIZE);
      button.setSelected(filter == TimelineViewModel.Filter.ALL);
      button
          .getStyleClass()
          .add(
              filter == all.getFirst()
                  ? "left-pill"
                  : filter == all.getLast() ? "right-pill" : "center-pill");
      button.setOnAction(
          event -> {
            button.setSelected(true);
            model.filterProperty().set(filter);
          });
      box.getChildren().add(button);
    }
    return box;
  }

  private void integrity(Optional<Integrity> found) {
    integrity.getChildren().clear();
    found.ifPresent(
        state -> {
          String style = state.verified() ? "verdict-allowed" : "verdict-blocked";
          Label words = Ui.label(state.message(), "strong", style);
          // A warning may be long: it is cut before the window is.
          words.setMinWidth(state.verified() ? HBox.USE_PREF_SIZE : 110);
          integrity
              .getChildren()
              .addAll(
                  Ui.icon(state.verified() ? "fth-check-circle" : "fth-alert-triangle", style),
                  words);
        });
  }

  private Optional<Entry> selected() {
    return list.getSelectionModel().getSelectedItem() instanceof TimelineRow.Item item
        ? Optional.of(item.entry())
        : Optional.empty();
  }

  private void insert(Entry entry) {
    if (!entry.statement().isEmpty()) {
      onInsert.accept(entry.connection(), entry.statement());
    }
  }

  private void chosen() {
    Optional<Entry> chosen = selected();
    if (chosen.isEmpty() && again()) {
      return;
    }
    if (chosen.isEmpty()) {
      model.replay().forget();
      detail.getChildren().setAll(Ui.paragraph(messages.text("timeline.choose"), "muted"));
      return;
    }
    if (chosen.get().sequence() != opened) {
      opened = chosen.get().sequence();
      detail(chosen.get());
      model.replay().open(opened);
    }
  }

  /// What was chosen stays chosen when the list grows.
  private boolean again() {
    for (int at = 0; at < model.rows().size(); at++) {
      if (model.rows().get(at) instanceof TimelineRow.Item item
          && item.entry().sequence() == opened) {
        int place = at;
        UiExecutor.platform().execute(() -> list.getSelectionModel().select(place));
        return true;
      }
    }
    opened = 0;
    return false;
  }

  private void detail(Entry entry) {
    detail.getChildren().clear();
    HBox head =
        new HBox(
            10,
            Ui.icon(TimelineCell.icon(entry), TimelineCell.style(entry)),
            Ui.label(entry.title(), "card-title"));
    head.setAlignment(Pos.CENTER_LEFT);
    detail.getChildren().add(head);
    String when =
        DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm:ss", messages.locale())
            .withZone(model.zone())
            .format(entry.at());
    detail
        .getChildren()
        .add(Ui.label("#" + messages.number(entry.sequence()) + "  ·  " + when, "muted"));
    if (!entry.detail().isEmpty()) {
      detail.getChildren().add(Ui.paragraph(entry.detail(), "card-reason"));
    }
    if (!entry.statement().isEmpty()) {
      detail.getChildren().add(Ui.paragraph(entry.statement(), "statement-box", "code"));
      Button insert =
          Ui.button(
              "timeline-insert",
              messages.text("timeline.insert"),
              "fth-corner-down-left",
              () -> insert(entry));
      detail.getChildren().add(insert);
    }
    detail
        .getChildren()
        .add(
            facts(
                Map.of(
                    "timeline.rule",
                    entry.rule(),
                    "timeline.connection",
                    entry.connection(),
                    "timeline.rows",
                    entry.rows() < 0 ? "" : messages.number(entry.rows()),
                    "timeline.time",
                    entry.milliseconds() < 0
                        ? ""
                        : messages.number(entry.milliseconds()) + " ms")));
    fact("timeline.touched", String.join(", ", entry.columnsTouched()));
    fact("timeline.masked", String.join(", ", entry.columnsMasked()));
    detail.getChildren().add(replay.root());
  }

  private FlowPane facts(Map<String, String> values) {
    FlowPane line = new FlowPane(18, 8);
    for (String key :
        List.of("timeline.rule", "timeline.connection", "timeline.rows", "timeline.time")) {
      String value = values.getOrDefault(key, "");
      if (!value.isEmpty()) {
        line.getChildren()
            .add(new VBox(3, Ui.label(messages.text(key), "field-label"), Ui.label(value, "code")));
      }
    }
    return line;
  }

  private void fact(String key, String value) {
    if (!value.isEmpty()) {
      detail
          .getChildren()
          .add(
              new VBox(
                  3, Ui.label(messages.text(key), "field-label"), Ui.paragraph(value, "code")));
    }
  }

  /// Older entries come by themselves as the end of the list comes near.
  private void followEnd() {
    if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
      flow.positionProperty()
          .addListener(
              (observed, before, position) -> {
                if (position.doubleValue() > NEAR_THE_END && list.isVisible()) {
                  UiExecutor.platform().execute(model::endSeen);
                }
              });
    }
  }

  private final class Cell extends ListCell<TimelineRow> {

    private @Nullable TimelineCell item;
    private boolean waits;

    @Override
    protected void updateItem(TimelineRow row, boolean empty) {
      super.updateItem(row, empty);
      setText(null);
      setAccessibleText(null);
      getStyleClass().remove("day-row");
      if (empty || row == null) {
        setGraphic(null);
        return;
      }
      switch (row) {
        case TimelineRow.Day day -> {
          getStyleClass().add("day-row");
          setGraphic(Ui.label(day(day.date()), "day-head"));
        }
        case TimelineRow.Item shown -> {
          setAccessibleText(TimelineCell.spoken(shown.entry(), messages, model.zone()));
          show(shown);
        }
        case TimelineRow.More more -> {
          Hyperlink link = new Hyperlink(messages.text("timeline.more"));
          link.setOnAction(event -> model.loadMore());
          setGraphic(link);
        }
      }
    }

    private void show(TimelineRow.Item shown) {
      if (item != null) {
        item.show(shown.entry());
        setGraphic(item);
      } else if (!waits) {
        waits = true;
        setGraphic(null);
        cells.fill(this::make);
      }
    }

    /// What it shows may be another row by now, or none.
    private void make() {
      waits = false;
      if (getItem() instanceof TimelineRow.Item shown) {
        item = new TimelineCell(messages, model.zone());
        show(shown);
      }
    }

    private String day(LocalDate date) {
      LocalDate today = LocalDate.now(model.zone());
      if (date.equals(today)) {
        return messages.text("timeline.today");
      }
      if (date.equals(today.minusDays(1))) {
        return messages.text("timeline.yesterday");
      }
      return DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", messages.locale()).format(date);
    }
  }
}
