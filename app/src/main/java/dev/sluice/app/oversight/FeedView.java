package dev.sluice.app.oversight;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import dev.sluice.governance.codec.wire.LiveReport.FeedEntry;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// What happens, newest first, one line each. Cells are reused, so a busy server costs no more than
/// what is visible.
final class FeedView extends VBox {

  private static final double LINE = 26;

  private final LiveViewModel model;
  private final Messages messages;
  private final ToggleButton pause = new ToggleButton();
  private final Label state = Ui.label("", "muted", "small");

  FeedView(LiveViewModel model, Messages messages) {
    super(6);
    this.model = model;
    this.messages = messages;
    TextField filter = new TextField();
    filter.setId(OversightIds.FEED_FILTER);
    filter.setPromptText(messages.text("live.feed.filter"));
    filter.setAccessibleText(messages.text("live.feed.filter"));
    filter.textProperty().bindBidirectional(model.filterProperty());
    HBox.setHgrow(filter, Priority.SOMETIMES);
    filter.setMinWidth(180);
    filter.setPrefWidth(300);
    filter.setMaxWidth(300);
    pause.setId(OversightIds.FEED_PAUSE);
    pause.setMinWidth(Region.USE_PREF_SIZE);
    pause.selectedProperty().bindBidirectional(model.pausedProperty());
    state.setId(OversightIds.FEED_STATE);
    HBox tools =
        new HBox(
            8,
            Ui.whole(messages.text("live.feed"), "section-title"),
            state,
            Ui.spacer(),
            filter,
            pause);
    tools.setAlignment(Pos.CENTER_LEFT);
    ListView<FeedEntry> list = new ListView<>(model.feed());
    list.setId(OversightIds.FEED);
    list.setAccessibleText(messages.text("live.feed"));
    list.setFixedCellSize(LINE);
    list.setCellFactory(view -> new Cell());
    list.getStyleClass().addAll("edge-to-edge", "live-list");
    list.setPlaceholder(Ui.label(messages.text("live.feed.empty"), "muted"));
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().addAll(tools, list);
    getStyleClass().add("live-box");
  }

  void attach(Subscriptions subscriptions) {
    subscriptions.bind(model.pausedProperty(), paused -> showState());
    subscriptions.listen(model.heldProperty(), held -> showState());
  }

  private void showState() {
    boolean paused = model.pausedProperty().get();
    pause.setText(messages.text(paused ? "live.feed.go-on" : "live.feed.pause"));
    pause.setGraphic(Ui.icon(paused ? "fth-play" : "fth-pause"));
    state.setText(paused ? messages.count("live.feed.held", model.heldProperty().get()) : "");
  }

  private static String icon(FeedEntry entry) {
    return switch (entry.verdict()) {
      case "allow" -> entry.maskedColumns() > 0 ? "fth-eye-off" : "fth-check";
      case "needs-approval" -> "fth-user-check";
      case "deny" -> "fth-shield";
      default -> "fth-circle";
    };
  }

  private static String style(FeedEntry entry) {
    return switch (entry.verdict()) {
      case "allow" -> entry.maskedColumns() > 0 ? "verdict-masked" : "verdict-allowed";
      case "needs-approval" -> "verdict-ask";
      case "deny" -> "verdict-blocked";
      default -> "muted-icon";
    };
  }

  private final class Cell extends ListCell<FeedEntry> {
    private final Label time = Ui.label("", "muted", "code", "small");
    private final FontIcon icon = Ui.icon("fth-circle");
    private final Label what = Ui.label("", "small");
    private final Label who = Ui.label("", "strong", "small");
    private final Label kind = Ui.label("", "kind-pill");
    private final Label statement = Ui.label("", "code", "small", "muted");
    private final HBox line = new HBox(8, time, icon, who, kind, what, statement);

    Cell() {
      time.setMinWidth(62);
      what.setMinWidth(Region.USE_PREF_SIZE);
      who.setMinWidth(Region.USE_PREF_SIZE);
      kind.setMinWidth(Region.USE_PREF_SIZE);
      statement.setMinWidth(0);
      HBox.setHgrow(statement, Priority.ALWAYS);
      line.setAlignment(Pos.CENTER_LEFT);
      line.setMinWidth(0);
      line.setPrefWidth(0);
    }

    @Override
    protected void updateItem(FeedEntry item, boolean empty) {
      super.updateItem(item, empty);
      setText(null);
      if (empty || item == null) {
        setGraphic(null);
        setTooltip(null);
        return;
      }
      time.setText(Spans.clock(item.at(), messages));
      icon.setIconLiteral(icon(item));
      icon.getStyleClass().setAll("ikonli-font-icon", style(item));
      who.setText(item.name().isEmpty() ? messages.text("live.server") : item.name());
      boolean program = item.actor().equals("agent") || item.actor().equals("pipeline");
      Ui.shown(kind, program);
      kind.setText(program ? messages.text("actor." + item.actor()) : "");
      kind.getStyleClass().setAll("label", "kind-pill", "kind-" + item.actor());
      String masked =
          item.maskedColumns() > 0
              ? ", " + messages.count("live.masked-columns", item.maskedColumns())
              : "";
      what.setText(item.title() + masked);
      statement.setText(
          (item.connection().isEmpty() ? "" : item.connection() + "  ")
              + (item.statement().isEmpty() ? item.detail() : item.statement())
                  .replaceAll("\\s+", " "));
      setGraphic(line);
      setAccessibleText(who.getText() + ", " + what.getText() + ", " + statement.getText());
    }
  }
}
