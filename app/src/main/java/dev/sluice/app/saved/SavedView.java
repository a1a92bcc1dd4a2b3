package dev.sluice.app.saved;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Kept texts: a list to search, and one of them to look at, rename, open or throw away.
public final class SavedView {

  private final SavedQueries store;
  private final Background background;
  private final Notifications notifications;
  private final Messages messages;
  private final BiConsumer<String, String> opener;
  private final BorderPane root = new BorderPane();
  private final ListView<SavedQuery> list = new ListView<>();
  private final TextField search = new TextField();
  private final TextField name = new TextField();
  private final TextField folder = new TextField();
  private final CheckBox favourite = new CheckBox();
  private final TextArea text = new TextArea();
  private final Label hint = Ui.paragraph("", "problem-words", "small");
  private final Button open;
  private final Button remove;
  private List<SavedQuery> all = List.of();
  private Optional<SavedQuery> shown = Optional.empty();
  private String connection = "";

  /// @param opener opens a tab on a connection with a text
  public SavedView(WindowContext context, SavedQueries store, BiConsumer<String, String> opener) {
    this.store = store;
    this.opener = opener;
    background = context.background();
    notifications = context.notifications();
    messages = context.messages();
    field(search, ControlIds.SAVED_SEARCH, "saved.search");
    field(name, ControlIds.SAVED_NAME, "saved.name");
    field(folder, ControlIds.SAVED_FOLDER, "saved.folder");
    favourite.setText(messages.text("saved.favourite"));
    text.setId(ControlIds.SAVED_TEXT);
    text.setAccessibleText(messages.text("saved.text"));
    text.getStyleClass().add("code");
    search.textProperty().addListener((observed, before, now) -> filter());
    list.setId(ControlIds.SAVED_LIST);
    list.setAccessibleText(messages.text("saved.title"));
    list.setPlaceholder(Ui.paragraph(messages.text("saved.none"), "muted"));
    list.setCellFactory(view -> new Cell());
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener((observed, before, now) -> Optional.ofNullable(now).ifPresent(this::show));
    list.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ENTER) {
            open();
          }
        });
    list.setOnMouseClicked(
        event -> {
          if (event.getClickCount() == 2) {
            open();
          }
        });
    Button keep =
        Ui.button(ControlIds.SAVED_KEEP, messages.text("saved.keep"), "fth-save", this::keep);
    keep.getStyleClass().add("accent");
    open =
        Ui.button(ControlIds.SAVED_OPEN, messages.text("saved.open"), "fth-terminal", this::open);
    remove =
        Ui.button(
            ControlIds.SAVED_REMOVE, messages.text("saved.remove"), "fth-trash-2", this::remove);
    lay(keep);
    buttons();
  }

  private void field(TextField field, String id, String key) {
    field.setId(id);
    field.setPromptText(messages.text(key));
    field.setAccessibleText(messages.text(key));
  }

  private void lay(Button keep) {
    VBox left = new VBox(10, Ui.label(messages.text("saved.title"), "screen-title"), search, list);
    left.setPrefWidth(340);
    left.getStyleClass().add("saved-side");
    VBox.setVgrow(list, Priority.ALWAYS);
    HBox.setHgrow(name, Priority.ALWAYS);
    HBox names = new HBox(8, folder, name, favourite);
    names.setAlignment(Pos.CENTER_LEFT);
    folder.setPrefWidth(160);
    favourite.setMinWidth(HBox.USE_PREF_SIZE);
    HBox actions = new HBox(8, open, keep, Ui.spacer(), remove);
    actions.setAlignment(Pos.CENTER_LEFT);
    VBox right = new VBox(10, names, text, hint, actions);
    right.getStyleClass().add("saved-side");
    VBox.setVgrow(text, Priority.ALWAYS);
    root.setLeft(left);
    root.setCenter(right);
    hint.setManaged(false);
  }

  public Parent root() {
    return root;
  }

  /// Reads what is kept, again.
  public void load() {
    background.call(
        () -> {
          try {
            return store.all();
          } catch (IOException e) {
            return List.<SavedQuery>of();
          }
        },
        found -> {
          all = found;
          filter();
        },
        problem -> {});
  }

  /// Offers a text to be kept; the person gives it a name.
  public void offer(String onConnection, String offered) {
    list.getSelectionModel().clearSelection();
    shown = Optional.empty();
    connection = onConnection;
    name.clear();
    favourite.setSelected(false);
    text.setText(offered);
    say("");
    buttons();
    name.requestFocus();
  }

  public void focus() {
    search.requestFocus();
  }

  private void filter() {
    list.getItems().setAll(all.stream().filter(each -> each.matches(search.getText())).toList());
  }

  private void show(SavedQuery query) {
    shown = Optional.of(query);
    connection = query.connection();
    folder.setText(query.folder());
    name.setText(query.name());
    favourite.setSelected(query.favourite());
    text.setText(query.text());
    say("");
    buttons();
  }

  private void buttons() {
    open.setDisable(shown.isEmpty());
    remove.setDisable(shown.isEmpty());
  }

  private void say(String key) {
    Ui.shown(hint, !key.isEmpty());
    hint.setText(key.isEmpty() ? "" : messages.text(key));
  }

  private void open() {
    shown.ifPresent(query -> opener.accept(query.connection(), query.text()));
  }

  private void keep() {
    SavedQuery wanted =
        new SavedQuery(
            folder.getText().strip(),
            name.getText().strip(),
            connection,
            favourite.isSelected(),
            text.getText());
    String whyNot = SavedQuery.whyNot(wanted.folder(), wanted.name());
    Optional<SavedQuery> before = shown;
    boolean same =
        before
            .map(old -> old.folder().equals(wanted.folder()) && old.name().equals(wanted.name()))
            .orElse(false);
    if (!whyNot.isEmpty()) {
      say(whyNot);
      return;
    }
    work(
        () -> {
          if (!same && store.has(wanted.folder(), wanted.name())) {
            return false;
          }
          store.keep(wanted);
          if (!same && before.isPresent()) {
            store.remove(before.get());
          }
          return true;
        },
        kept -> {
          if (kept) {
            shown = Optional.of(wanted);
            buttons();
            notifications.show(
                Notifications.Kind.SUCCESS, messages.text("saved.kept", wanted.name()), "");
            load();
          } else {
            say("saved.taken");
          }
        });
  }

  private void remove() {
    shown.ifPresent(
        query ->
            work(
                () -> {
                  store.remove(query);
                  return true;
                },
                done -> {
                  // Its text stays in the fields: keeping it once more brings it back.
                  shown = Optional.empty();
                  buttons();
                  load();
                }));
  }

  private interface Step {
    boolean take() throws IOException;
  }

  private void work(Step step, java.util.function.Consumer<Boolean> onDone) {
    background.<Optional<Boolean>>call(
        () -> {
          try {
            return Optional.of(step.take());
          } catch (IOException e) {
            return Optional.empty();
          }
        },
        done ->
            done.ifPresentOrElse(
                onDone,
                () ->
                    notifications.show(
                        Notifications.Kind.PROBLEM,
                        messages.text("saved.failed"),
                        messages.text("saved.failed.way"))),
        problem -> {});
  }

  private static final class Cell extends ListCell<SavedQuery> {
    @Override
    protected void updateItem(SavedQuery query, boolean empty) {
      super.updateItem(query, empty);
      setText(null);
      if (empty || query == null) {
        setGraphic(null);
        return;
      }
      Label title = Ui.label(query.name(), "strong");
      HBox line =
          new HBox(
              8,
              Ui.icon(query.favourite() ? "fth-star" : "fth-file-text", "muted-icon"),
              title,
              Ui.spacer(),
              Ui.label(query.folder(), "muted", "small"),
              Ui.label(query.connection(), "muted", "small", "code"));
      line.setAlignment(Pos.CENTER_LEFT);
      setGraphic(line);
    }
  }
}
