package dev.sluice.app;

import dev.sluice.app.editor.SqlFormat;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.CommandRegistry;
import dev.sluice.app.shell.Preferences;
import dev.sluice.app.shell.Preferences.ThemeChoice;
import dev.sluice.app.shell.Theme;
import dev.sluice.app.shell.WindowContext;
import dev.sluice.governance.catalog.TableRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.stage.Window;

/// Registers every command of a window. Those of a query tab act on the tab that is shown.
final class WindowCommands {

  private final WindowContext context;
  private final CommandRegistry commands;
  private final Messages messages;
  private final QueryTabs tabs;
  private final ReadOnlyStringWrapper whyNotRun = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper whyNotCancel = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper whyNotApproved = new ReadOnlyStringWrapper("");

  private final ReadOnlyStringWrapper whyNotTransaction = new ReadOnlyStringWrapper("");

  WindowCommands(WindowContext context, QueryTabs tabs) {
    this.context = context;
    this.commands = context.commands();
    this.messages = context.messages();
    this.tabs = tabs;
  }

  void register(
      Consumer<String> navigate,
      Runnable openPalette,
      Runnable focusSearch,
      Runnable signOut,
      BiConsumer<String, TableRef> showTable) {
    add("statement.run", "fth-play", whyNotRun, QueryTab::runStatement, "Shortcut+Enter");
    add(
        "statement.run-new",
        "fth-plus-square",
        whyNotRun,
        tab -> tab.runStatement(true),
        "Shortcut+Back_Slash");
    add("statement.explain", "fth-git-branch", whyNotRun, QueryTab::explain, "Shortcut+Shift+E");
    add(
        "transaction.commit",
        "fth-check",
        whyNotTransaction,
        tab -> tab.endTransaction("COMMIT"),
        "Shortcut+Alt+K");
    add(
        "transaction.rollback",
        "fth-rotate-ccw",
        whyNotTransaction,
        tab -> tab.endTransaction("ROLLBACK"),
        "Shortcut+Alt+R");
    add("script.run", "fth-fast-forward", whyNotRun, QueryTab::runScript, "Shortcut+Shift+Enter");
    add("run.cancel", "fth-x-square", whyNotCancel, tab -> tab.results().cancelOrAbandon(), "Esc");
    add("approved.run", "fth-check-circle", whyNotApproved, QueryTab::runApproved, "F9");
    add("request.ask", "fth-user-check", QueryTab::ask, "Shortcut+Alt+A");
    add("editor.fix", "fth-edit-3", tab -> tab.editorView().offerFixes(), "Alt+Enter");
    add("editor.complete", "fth-zap", tab -> tab.editorView().complete(), "Shortcut+Space");
    add("editor.format", "fth-align-left", this::format, "Shortcut+Shift+F");
    add(
        "go.definition",
        "fth-corner-right-down",
        tab ->
            tab.editorView()
                .goToDefinition(
                    relation ->
                        tab.editor()
                            .connectionProperty()
                            .get()
                            .ifPresent(
                                connection ->
                                    showTable.accept(connection.context().name(), relation.ref()))),
        "F12");
    add("results.compare", "fth-columns", tab -> tab.resultsView().compare(), "Shortcut+Alt+D");
    add(
        "results.next-difference",
        "fth-arrow-down",
        tab -> tab.resultsView().nextDifference(true),
        "F7");
    add(
        "results.previous-difference",
        "fth-arrow-up",
        tab -> tab.resultsView().nextDifference(false),
        "Shift+F7");
    column("up", "fth-arrow-up", -1, 0);
    column("down", "fth-arrow-down", 1, 0);
    column("left", "fth-arrow-left", 0, -1);
    column("right", "fth-arrow-right", 0, 1);
    add("editor.find", "fth-search", tab -> tab.editorView().openFind(false), "Shortcut+F");
    add("editor.replace", "fth-repeat", tab -> tab.editorView().openFind(true), "Shortcut+R");
    plain(
        "tab.new",
        "fth-plus",
        () -> {
          navigate.accept("query");
          tabs.open();
        },
        "Shortcut+T");
    plain("tab.close", "fth-x", tabs::closeActive, "Shortcut+W");
    plain("tab.reopen", "fth-rotate-ccw", tabs::reopenLast, "Shortcut+Shift+T");
    plain("tab.next", "fth-arrow-right", () -> tabs.step(1), "Shortcut+Page_Down");
    plain("tab.previous", "fth-arrow-left", () -> tabs.step(-1), "Shortcut+Page_Up");
    plain(
        "go.object",
        "fth-database",
        () -> {
          navigate.accept("query");
          focusSearch.run();
        },
        "Shortcut+P");
    plain("navigate.query", "fth-terminal", () -> navigate.accept("query"), "Shortcut+1");
    plain("navigate.inbox", "fth-inbox", () -> navigate.accept("inbox"), "Shortcut+I");
    plain("navigate.timeline", "fth-clock", () -> navigate.accept("timeline"), "Shortcut+H");
    plain("navigate.settings", "fth-settings", () -> navigate.accept("settings"), "Shortcut+Comma");
    plain("palette.open", "fth-command", openPalette, "Shortcut+Shift+P", "F1");
    commands.add(
        "theme.toggle",
        messages.text("command.theme.toggle"),
        List.of(),
        "fth-moon",
        new ReadOnlyStringWrapper(
            context
                .preferences()
                .lockedBy("theme")
                .map(by -> messages.text("settings.locked", by))
                .orElse("")),
        this::toggleTheme);
    plain("zoom.in", "fth-zoom-in", () -> zoom(10), "Shortcut+Plus", "Shortcut+Equals");
    plain("zoom.out", "fth-zoom-out", () -> zoom(-10), "Shortcut+Minus");
    plain("session.sign-out", "fth-log-out", signOut);
    follow();
  }

  /// A rectangle over lines of the editor, from the caret on.
  private void column(String side, String icon, int lines, int columns) {
    String key = side.substring(0, 1).toUpperCase(Locale.ROOT) + side.substring(1);
    add(
        "editor.column-" + side,
        icon,
        tab -> tab.editorView().extendColumns(lines, columns),
        "Alt+Shift+" + key);
  }

  /// Scripts from and to files.
  void registerFiles(ScriptFiles files, Supplier<Window> window) {
    plain("file.open", "fth-folder", () -> files.choose(window.get()), "Shortcut+O");
    add("file.save", "fth-save", tab -> files.save(tab, window.get()), "Shortcut+S");
    add("file.save-as", "fth-copy", tab -> files.saveAs(tab, window.get()), "Shortcut+Shift+S");
  }

  /// Files with rows, into the table that is chosen.
  void registerImport(Runnable open) {
    plain("table.import", "fth-upload", open, "Shortcut+Shift+I");
  }

  /// Texts that are kept under a name.
  void registerSaved(Consumer<String> navigate, Consumer<QueryTab> keep) {
    plain("navigate.saved", "fth-bookmark", () -> navigate.accept("saved"), "Shortcut+B");
    add("query.keep", "fth-bookmark", keep, "Shortcut+D");
  }

  private void follow() {
    Runnable[] undo = {() -> {}};
    tabs.activeProperty()
        .addListener(
            (observed, before, now) -> {
              undo[0].run();
              undo[0] = now.map(this::followTab).orElse(() -> {});
            });
    undo[0] = tabs.activeProperty().get().map(this::followTab).orElse(() -> {});
  }

  private Runnable followTab(QueryTab tab) {
    var subscriptions = new dev.sluice.app.fx.Subscriptions();
    subscriptions.bind(
        tab.results().runningProperty(),
        running -> {
          whyNotRun.set(running ? messages.text("run.busy") : "");
          whyNotCancel.set(running ? "" : messages.text("run.nothing-running"));
        });
    subscriptions.bind(
        tab.results().transactionProperty(),
        now -> whyNotTransaction.set(now.isHeld() ? "" : messages.text("transaction.none")));
    subscriptions.bind(tab.whyNotApprovedProperty(), whyNotApproved::set);
    return subscriptions::clear;
  }

  private void add(String id, String icon, Consumer<QueryTab> action, String... keys) {
    add(id, icon, new ReadOnlyStringWrapper(""), action, keys);
  }

  private void add(
      String id,
      String icon,
      ObservableStringValue whyDisabled,
      Consumer<QueryTab> action,
      String... keys) {
    commands.add(
        id,
        messages.text("command." + id),
        List.of(keys),
        icon,
        whyDisabled,
        () -> tabs.activeProperty().get().ifPresent(action));
  }

  private void plain(String id, String icon, Runnable action, String... keys) {
    commands.add(id, messages.text("command." + id), List.of(keys), icon, action);
  }

  private void format(QueryTab tab) {
    String before = tab.editor().textProperty().get();
    var dialect = tab.editor().dialect();
    context
        .background()
        .call(
            () -> SqlFormat.format(before, dialect),
            after -> {
              if (before.equals(tab.editor().textProperty().get()) && !after.equals(before)) {
                tab.write(after);
              }
            },
            problem -> {});
  }

  private void toggleTheme() {
    Preferences preferences = context.preferences();
    preferences
        .themeProperty()
        .set(
            Theme.shown(preferences.themeProperty().get()) == ThemeChoice.LIGHT
                ? ThemeChoice.DARK
                : ThemeChoice.LIGHT);
  }

  private void zoom(int by) {
    var zoom = context.preferences().zoomProperty();
    zoom.set(Math.clamp(Optional.ofNullable(zoom.get()).orElse(100) + by, 100, 200));
  }
}
