package dev.sluice.app;

import dev.sluice.app.editor.EditorViewModel;
import dev.sluice.app.editor.SqlFile;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// The file behind a query tab: saved to, and looked after for changes by others. Never written
/// over unseen. FX thread.
final class TabFile {

  private final WindowContext context;
  private final EditorViewModel editor;
  private final Consumer<String> onName;
  private final Consumer<String> write;
  private final HBox bar;
  private final Label words = Ui.label("", "transaction-words");
  private final Subscriptions whileOpen = new Subscriptions();
  private Optional<SqlFile> file = Optional.empty();
  private String savedText = "";

  /// @param onName takes what the tab is called, with a dot while the file lacks what was written
  /// @param write puts a text into the editor, so that it can be undone
  TabFile(
      WindowContext context,
      EditorViewModel editor,
      Consumer<String> onName,
      Consumer<String> write) {
    this.write = write;
    this.context = context;
    this.editor = editor;
    this.onName = onName;
    bar =
        new HBox(
            8,
            Ui.icon("fth-alert-triangle", "transaction-icon"),
            words,
            Ui.spacer(),
            button(ControlIds.FILE_RELOAD, "file.reload", "fth-refresh-cw", this::reload),
            button(ControlIds.FILE_KEEP, "file.keep", "fth-edit-3", this::keepMine));
    bar.setId(ControlIds.FILE_CHANGED);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().addAll("transaction-bar", "transaction-idle");
    Ui.shown(bar, false);
    whileOpen.listen(editor.textProperty(), text -> name());
  }

  private javafx.scene.control.Button button(String id, String key, String icon, Runnable action) {
    var button = Ui.button(id, context.messages().text(key), icon, action);
    button.getStyleClass().add("small");
    return button;
  }

  HBox bar() {
    return bar;
  }

  Optional<Path> path() {
    return file.map(SqlFile::path);
  }

  /// For the journal of tabs.
  String digest() {
    return file.map(SqlFile::digest).orElse("");
  }

  void close() {
    whileOpen.clear();
  }

  /// The tab shows this file from now on.
  void opened(SqlFile opened, String text) {
    file = Optional.of(opened);
    savedText = text;
    name();
  }

  /// Takes up the file of an earlier window; what was written stays as it was left.
  void restore(Path path, String digest) {
    context
        .background()
        .call(
            () -> {
              try {
                return Optional.of(SqlFile.open(path));
              } catch (SqlFile.Problem e) {
                return Optional.<SqlFile.Opened>empty();
              }
            },
            found ->
                found.ifPresent(
                    opened -> {
                      SqlFile now = opened.file();
                      boolean same = now.digest().equals(digest);
                      opened(
                          new SqlFile(now.path(), now.encoding(), now.mark(), now.crlf(), digest),
                          opened.text());
                      changed(!same);
                    }),
            problem -> {});
  }

  /// Looks whether somebody else wrote the file.
  void check() {
    file.ifPresent(
        known ->
            context
                .background()
                .call(
                    known::hasChanged,
                    other -> {
                      if (file.filter(known::equals).isPresent()) {
                        changed(other);
                      }
                    },
                    problem -> {}));
  }

  private void changed(boolean other) {
    Ui.shown(bar, other);
    if (other) {
      words.setText(
          context
              .messages()
              .text("file.changed", file.map(known -> known.path().getFileName()).orElseThrow()));
    }
  }

  private void reload() {
    file.ifPresent(
        known ->
            work(
                () -> SqlFile.open(known.path()),
                opened -> {
                  opened(opened.file(), opened.text());
                  write.accept(opened.text());
                  changed(false);
                }));
  }

  /// The next saving writes over what the others wrote.
  private void keepMine() {
    file.ifPresent(
        known ->
            work(
                () -> SqlFile.open(known.path()),
                opened -> {
                  file = Optional.of(opened.file());
                  savedText = opened.text();
                  name();
                  changed(false);
                }));
  }

  /// Writes the text to the file, unless somebody else wrote it meanwhile.
  void save() {
    file.ifPresent(
        known -> {
          String text = editor.textProperty().get();
          work(
              () -> known.hasChanged() ? Optional.<SqlFile>empty() : Optional.of(known.save(text)),
              saved -> {
                if (saved.isEmpty()) {
                  changed(true);
                } else {
                  opened(saved.get(), text);
                  context
                      .notifications()
                      .show(
                          Notifications.Kind.SUCCESS,
                          context.messages().text("file.saved", known.path().getFileName()),
                          "");
                }
              });
        });
  }

  void saveAs(Path path) {
    file = Optional.of(SqlFile.fresh(path));
    String text = editor.textProperty().get();
    SqlFile fresh = file.get();
    work(
        () -> fresh.save(text),
        saved -> {
          opened(saved, text);
          changed(false);
        });
  }

  private void name() {
    file.ifPresent(
        known ->
            onName.accept(
                (savedText.equals(editor.textProperty().get()) ? "" : "• ")
                    + known.path().getFileName()));
  }

  /// A step that may fail for reasons of the disk.
  private interface Step<T> {
    T take() throws SqlFile.Problem;
  }

  private record Came<T>(Optional<T> value, String problem) {}

  private <T> void work(Step<T> step, Consumer<T> onDone) {
    context
        .background()
        .<Came<T>>call(
            () -> {
              try {
                return new Came<>(Optional.of(step.take()), "");
              } catch (SqlFile.Problem e) {
                return new Came<>(Optional.empty(), String.valueOf(e.getMessage()));
              }
            },
            came ->
                came.value()
                    .ifPresentOrElse(
                        onDone,
                        () ->
                            context
                                .notifications()
                                .show(
                                    Notifications.Kind.PROBLEM,
                                    context.messages().text("file.problem"),
                                    came.problem())),
            problem -> {});
  }
}
