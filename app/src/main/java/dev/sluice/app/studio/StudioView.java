package dev.sluice.app.studio;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Ui;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Versions and drafts at the left, the text in the middle, what it means at the right. Who writes
/// a policy proposes it; who publishes it is somebody else.
public final class StudioView {

  private final StudioViewModel model;
  private final Messages messages;
  private final VBox root = new VBox(10);
  private final Label title = Ui.label("", "screen-title");
  private final Label detail = Ui.paragraph("", "muted");
  private final Label message = Ui.paragraph("", "strong");
  private final CheckBox observe = new CheckBox();
  private final TextField comment = new TextField();
  private final Button propose;
  private final Button publish;
  private final Button discard;
  private final Button rollback;
  private final ListView<StudioViewModel.Line> versions = new ListView<>();
  private final PolicyEditor editor;
  private final ReviewPanes review;
  private final Subscriptions subscriptions = new Subscriptions();

  public StudioView(StudioViewModel model, Messages messages) {
    this.model = model;
    this.messages = messages;
    editor = new PolicyEditor(model, messages);
    review = new ReviewPanes(model, messages, editor::goToLine);
    title.setId(StudioIds.TITLE);
    message.setId(StudioIds.MESSAGE);
    observe.setId(StudioIds.OBSERVE);
    observe.setText(messages.text("studio.observe"));
    Ui.hint(observe, messages.text("studio.observe.detail"));
    observe.setOnAction(event -> model.observe(observe.isSelected()));
    observe.setMinWidth(CheckBox.USE_PREF_SIZE);
    comment.setId(StudioIds.COMMENT);
    comment.setPromptText(messages.text("studio.comment"));
    comment.setAccessibleText(messages.text("studio.comment"));
    HBox.setHgrow(comment, Priority.ALWAYS);
    propose =
        button(
            StudioIds.PROPOSE,
            "studio.propose",
            "fth-send",
            () -> model.propose(words(), comment::clear));
    propose.getStyleClass().add("accent");
    publish =
        button(
            StudioIds.PUBLISH,
            "studio.publish",
            "fth-check-circle",
            () -> model.publish(words(), comment::clear));
    publish.getStyleClass().add("success");
    discard = button(StudioIds.DISCARD, "studio.discard", "fth-trash-2", model::discard);
    rollback =
        button(
            StudioIds.ROLLBACK,
            "studio.rollback",
            "fth-rotate-ccw",
            () -> model.rollback(words(), comment::clear));
    HBox head = new HBox(12, title, Ui.spacer(), observe);
    head.setAlignment(Pos.CENTER_LEFT);
    HBox tools = new HBox(8, comment, propose, publish, rollback, discard);
    tools.setAlignment(Pos.CENTER_LEFT);
    versions.setId(StudioIds.VERSIONS);
    versions.setAccessibleText(messages.text("studio.versions"));
    versions.setItems(model.lines());
    versions.setCellFactory(view -> new Cell());
    versions.getStyleClass().addAll("edge-to-edge", "policy-versions");
    versions.setOnMouseClicked(event -> openSelected());
    versions.setOnKeyPressed(
        event -> {
          if (event.getCode() == javafx.scene.input.KeyCode.ENTER) {
            openSelected();
          }
        });
    versions.setPrefWidth(230);
    versions.setMinWidth(150);
    versions.setPlaceholder(Ui.paragraph(messages.text("studio.versions.none"), "muted", "center"));
    SplitPane panes = new SplitPane(versions, editor, review);
    panes.setDividerPositions(0.17, 0.62);
    SplitPane.setResizableWithParent(versions, false);
    panes.getStyleClass().add("live-split");
    VBox.setVgrow(panes, Priority.ALWAYS);
    root.getStyleClass().add("live");
    root.getChildren().addAll(head, detail, tools, message, panes);
  }

  private Button button(String id, String key, String icon, Runnable action) {
    return Ui.button(id, messages.text(key), icon, action);
  }

  private String words() {
    return comment.getText().strip();
  }

  private void openSelected() {
    StudioViewModel.Line line = versions.getSelectionModel().getSelectedItem();
    if (line != null) {
      model.open(line);
    }
  }

  public Parent root() {
    return root;
  }

  public void attach() {
    editor.attach(subscriptions);
    review.attach(subscriptions);
    subscriptions.bind(model.sourceProperty(), source -> show());
    subscriptions.listen(model.readProperty(), reading -> show());
    subscriptions.listen(model.busyProperty(), busy -> show());
    subscriptions.listen(model.textProperty(), text -> observe.setSelected(model.observes()));
    subscriptions.bind(
        model.messageProperty(),
        words -> {
          message.setText(words);
          Ui.shown(message, !words.isEmpty());
        });
  }

  public void detach() {
    subscriptions.clear();
    model.close();
  }

  private void show() {
    Optional<StudioViewModel.Source> source = model.sourceProperty().get();
    boolean readable = model.readProperty().get().readable() && !model.busyProperty().get();
    boolean mayPropose = true;
    boolean mayPublish = false;
    boolean mayRollBack = false;
    switch (source.orElse(null)) {
      case StudioViewModel.Source.Version from -> {
        title.setText(
            messages.text(
                from.inForce() ? "studio.title.in-force" : "studio.title.version", from.number()));
        detail.setText(messages.text("studio.detail.version"));
        mayRollBack = !from.inForce();
      }
      case StudioViewModel.Source.Draft from -> {
        title.setText(messages.text("studio.title.draft", from.draft().version()));
        detail.setText(
            messages.text(
                from.mine() ? "studio.detail.mine" : "studio.detail.other",
                from.draft().authorName(),
                from.draft().comment().isEmpty() ? "–" : from.draft().comment()));
        mayPropose = from.mine();
        mayPublish = true;
      }
      case null -> {
        title.setText(messages.text("studio.title"));
        detail.setText(messages.text("studio.detail.version"));
      }
    }
    Ui.shown(propose, mayPropose);
    Ui.shown(publish, mayPublish);
    Ui.shown(discard, mayPublish);
    Ui.shown(rollback, mayRollBack);
    propose.setDisable(!readable);
    publish.setDisable(model.busyProperty().get());
  }

  private final class Cell extends ListCell<StudioViewModel.Line> {
    @Override
    protected void updateItem(StudioViewModel.Line item, boolean empty) {
      super.updateItem(item, empty);
      setText(null);
      setGraphic(empty || item == null ? null : line(item));
    }

    private Node line(StudioViewModel.Line item) {
      return switch (item) {
        case StudioViewModel.Line.Draft draft ->
            box(
                "fth-edit-3",
                "verdict-ask",
                messages.text("studio.list.draft", draft.draft().version()),
                messages.text(
                    draft.mine() ? "studio.list.mine" : "studio.list.other",
                    draft.draft().authorName()),
                draft.draft().comment());
        case StudioViewModel.Line.Version version ->
            box(
                version.inForce() ? "fth-check-circle" : "fth-clock",
                version.inForce() ? "verdict-allowed" : "muted-icon",
                messages.text(
                    version.inForce() ? "studio.list.in-force" : "studio.list.version",
                    version.version().version()),
                Spans.clock(version.version().publishedAt(), messages)
                    + ", "
                    + version.version().publishedBy().replaceFirst("^[^|]*\\|", ""),
                version.version().comment());
      };
    }

    private Node box(String icon, String style, String head, String who, String comment) {
      HBox first = new HBox(7, Ui.icon(icon, style), Ui.label(head, "strong"));
      first.setAlignment(Pos.CENTER_LEFT);
      VBox box = new VBox(2, first, Ui.label(who, "muted", "small"));
      if (!comment.isBlank()) {
        box.getChildren().add(Ui.label(comment, "small"));
      }
      box.setMinWidth(0);
      box.setPrefWidth(0);
      return box;
    }
  }
}
