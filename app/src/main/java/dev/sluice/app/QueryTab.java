package dev.sluice.app;

import dev.sluice.app.approvals.RequestBar;
import dev.sluice.app.approvals.RequestPanel;
import dev.sluice.app.approvals.RequestViewModel;
import dev.sluice.app.approvals.UnmaskBar;
import dev.sluice.app.approvals.UnmaskPanel;
import dev.sluice.app.approvals.UnmaskViewModel;
import dev.sluice.app.editor.CompletionViewModel;
import dev.sluice.app.editor.EditorView;
import dev.sluice.app.editor.EditorViewModel;
import dev.sluice.app.editor.TabJournal.SavedTab;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.results.ResultCache;
import dev.sluice.app.results.ResultSpool;
import dev.sluice.app.results.ResultViewModel;
import dev.sluice.app.results.ResultsView;
import dev.sluice.app.results.ResultsViewModel;
import dev.sluice.app.results.TransactionPill;
import dev.sluice.app.results.WaysOut;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Environment;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import dev.sluice.app.shell.YieldingBar;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One query tab: where it runs, the text, the results, and its request when there is one. Joins
/// the features, which do not know each other.
public final class QueryTab {

  /// What the name of a connection is given while there is room.
  private static final double CONNECTION = 170;

  private final String id;
  private final BiConsumer<String, String> opener;
  private final WindowContext context;
  private final Messages messages;
  private final EditorViewModel editor;
  private final ResultsViewModel results;
  private final RequestViewModel request;
  private final EditorView editorView;
  private final ResultsView resultsView;
  private final RequestPanel requestPanel;
  private final RequestBar requestBar;
  private final UnmaskViewModel unmask;
  private final UnmaskPanel unmaskPanel;
  private final UnmaskBar unmaskBar;
  private final TransactionPill transactionPill;
  private final BorderPane root = new BorderPane();
  private final ComboBox<WorkspaceConnection> connections = new ComboBox<>();
  private final Button runButton;
  private final Button scriptButton;
  private final Button cancelButton;
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper whyNotApproved = new ReadOnlyStringWrapper("");
  private final Subscriptions whileOpen = new Subscriptions();
  private final TabFile file;
  private String wantedConnection = "";
  private Optional<ResultSpool.Kept> waitingResult = Optional.empty();

  /// @param opener opens another tab on a connection with a text
  QueryTab(
      String id,
      String name,
      WindowContext context,
      ObservableList<WorkspaceConnection> known,
      Clock clock,
      BiConsumer<String, String> opener) {
    this.id = id;
    this.opener = opener;
    this.context = context;
    this.messages = context.messages();
    title.set(name);
    editor = new EditorViewModel(context.session(), context.background(), messages);
    file = new TabFile(context, editor, title::set, this::write);
    whileOpen.add(file::close);
    results = new ResultsViewModel(context.session(), context.background(), messages, title::get);
    request = new RequestViewModel(context.session(), context.background(), messages);
    unmask = new UnmaskViewModel(context.session(), context.background(), messages, clock);
    unmaskPanel = new UnmaskPanel(unmask, messages);
    unmaskBar =
        new UnmaskBar(unmask, messages, clock, () -> context.commands().execute("statement.run"));
    CompletionViewModel suggestions =
        new CompletionViewModel(context.session(), context.background(), editor);
    whileOpen.add(suggestions::close);
    editorView = new EditorView(editor, suggestions, messages, context.notifications());
    resultsView = new ResultsView(results, context, waysOut());
    requestPanel = new RequestPanel(request, messages);
    requestBar =
        new RequestBar(
            request,
            messages,
            clock,
            whyNotApproved,
            () -> context.commands().execute("approved.run"));
    transactionPill =
        new TransactionPill(
            results,
            messages,
            clock,
            () -> context.commands().execute("transaction.commit"),
            () -> context.commands().execute("transaction.rollback"));
    runButton =
        Ui.button(
            ControlIds.RUN_STATEMENT,
            "",
            "fth-play",
            () -> context.commands().execute("statement.run"));
    runButton.getStyleClass().add("accent");
    Ui.hint(runButton, Ui.keyWords("Shortcut+Enter"));
    scriptButton =
        Ui.button(
            ControlIds.RUN_SCRIPT,
            messages.text("script.run"),
            "fth-fast-forward",
            () -> context.commands().execute("script.run"));
    Ui.hint(scriptButton, Ui.keyWords("Shortcut+Shift+Enter"));
    cancelButton =
        Ui.button(
            ControlIds.RUN_CANCEL,
            messages.text("run.cancel"),
            "fth-x-square",
            () -> context.commands().execute("run.cancel"));
    connectionChoice(known);
    lay();
    open();
  }

  public String id() {
    return id;
  }

  public Parent root() {
    return root;
  }

  public EditorViewModel editor() {
    return editor;
  }

  public ResultsViewModel results() {
    return results;
  }

  public RequestViewModel request() {
    return request;
  }

  EditorView editorView() {
    return editorView;
  }

  ResultsView resultsView() {
    return resultsView;
  }

  /// The file behind the tab, if there is one.
  TabFile file() {
    return file;
  }

  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /// One sentence when what was approved cannot be run now; empty when it can.
  ReadOnlyStringProperty whyNotApprovedProperty() {
    return whyNotApproved.getReadOnlyProperty();
  }

  /// Chooses a connection by name; when it is not known yet, as soon as it is.
  public void connect(String name) {
    wantedConnection = name;
    choose();
  }

  /// Replaces the text of the editor, as if it was typed. Can be undone.
  public void write(String text) {
    editorView.replaceText(text);
  }

  void restore(SavedTab saved) {
    wantedConnection = saved.connection();
    saved.parameters().forEach(editor::setParameter);
    editor.textProperty().set(saved.text());
    editor.caretProperty().set(Math.clamp(saved.caret(), 0, saved.text().length()));
    choose();
    if (!saved.file().isEmpty()) {
      file.restore(Path.of(saved.file()), saved.digest());
    }
  }

  /// Keeps results for a window that ends without warning, and shows what was kept by one.
  void keepResults(ResultCache cache) {
    results.keepIn(
        cache,
        id,
        () ->
            context
                .notifications()
                .show(
                    Notifications.Kind.WARNING,
                    messages.text("journal.result"),
                    messages.text("journal.result.detail")));
    context
        .background()
        .call(
            () -> cache.find(id),
            found ->
                found.ifPresent(
                    kept ->
                        connections.getItems().stream()
                            .filter(each -> each.context().name().equals(kept.connection()))
                            .findFirst()
                            .ifPresentOrElse(
                                connection -> showKept(connection, kept),
                                () -> waitingResult = Optional.of(kept))),
            problem -> {});
  }

  private void showKept(WorkspaceConnection connection, ResultSpool.Kept kept) {
    if (results.results().isEmpty()) {
      results.add(ResultViewModel.restored(context.background(), messages, connection, kept));
    }
  }

  SavedTab saved(int order) {
    return new SavedTab(
        id,
        order,
        title.get(),
        editor
            .connectionProperty()
            .get()
            .map(chosen -> chosen.context().name())
            .orElse(wantedConnection),
        editor.caretProperty().get(),
        editor.textProperty().get(),
        editor.parameters(),
        file.path().map(String::valueOf).orElse(""),
        file.digest());
  }

  void attach() {
    editorView.attach();
    resultsView.attach();
    requestPanel.attach();
    requestBar.attach();
    unmaskPanel.attach();
    unmaskBar.attach();
    transactionPill.attach();
  }

  void detach() {
    editorView.detach();
    resultsView.detach();
    requestPanel.detach();
    requestBar.detach();
    unmaskPanel.detach();
    unmaskBar.detach();
    transactionPill.detach();
  }

  void close() {
    whileOpen.clear();
    editor.close();
    results.close();
    request.close();
    unmask.close();
  }

  void runStatement() {
    runStatement(false);
  }

  /// @param keep whether earlier results stay beside the new one
  void runStatement(boolean keep) {
    withConnection(
        connection -> {
          String selected = editorView.selectedText();
          if (!selected.isBlank()) {
            runSelection(connection, selected);
            return;
          }
          editor.withCurrentStatement(
              statement -> filled(List.of(statement), all -> results.run(connection, all, keep)),
              () -> tell("editor.nothing", "editor.nothing.detail"));
        });
  }

  /// Shows the plan of the statement at the caret.
  void explain() {
    withConnection(
        connection ->
            editor.withCurrentStatement(
                statement ->
                    filled(
                        List.of(statement),
                        all -> {
                          if (!results.explain(connection, all.getFirst())) {
                            tell("plan.none", "plan.none.detail");
                          }
                        }),
                () -> tell("editor.nothing", "editor.nothing.detail")));
  }

  /// The statements with the values of their placeholders; asks for those that lack one.
  private void filled(
      List<StatementText> statements, java.util.function.Consumer<List<StatementText>> use) {
    editor.fill(
        statements,
        use,
        wrong -> {
          context
              .notifications()
              .show(
                  Notifications.Kind.WARNING,
                  messages.text("parameter.wrong", String.join(", ", wrong)),
                  messages.text("parameter.wrong.way"));
          editorView.focusParameter(wrong.getFirst());
        });
  }

  /// Ends the open transaction, on the connection where it is open.
  void endTransaction(String word) {
    String open = results.transactionConnection();
    connections.getItems().stream()
        .filter(connection -> connection.context().name().equals(open))
        .findFirst()
        .ifPresentOrElse(
            connection -> results.run(connection, List.of(StatementText.of(word)), true),
            () -> tell("transaction.none", "transaction.none.detail"));
  }

  /// What is selected is a script of its own, under the same rules.
  private void runSelection(WorkspaceConnection connection, String selected) {
    context
        .background()
        .call(
            () -> SqlScript.cut(selected, editor.dialect()).statements(),
            statements -> {
              if (statements.isEmpty()) {
                tell("editor.nothing", "editor.nothing.detail");
              } else {
                filled(statements, all -> results.run(connection, all));
              }
            },
            problem -> {});
  }

  void runScript() {
    withConnection(
        connection ->
            editor.withStatements(
                statements -> {
                  if (statements.isEmpty()) {
                    tell("editor.nothing", "editor.nothing.detail");
                  } else {
                    filled(statements, all -> results.run(connection, all));
                  }
                }));
  }

  /// Asks for approval of the statement under the caret, when that is what it needs.
  void ask() {
    editor
        .currentVerdict()
        .filter(verdict -> verdict.decision().word().equals("needs-approval"))
        .ifPresentOrElse(
            verdict ->
                withConnection(
                    connection ->
                        openRequest(
                            new RequestViewModel.Draft(
                                connection,
                                verdict.analysis().statement(),
                                verdict.analysis(),
                                verdict.decision()))),
            () -> tell("request.not-needed", "request.not-needed.detail"));
  }

  void runApproved() {
    Optional<ApprovalRequest> approved = request.requestProperty().get();
    if (approved.isEmpty() || !whyNotApproved.get().isEmpty()) {
      return;
    }
    withConnection(
        connection ->
            results.runApproved(
                connection,
                StatementText.of(approved.get().capsule().text()),
                approved.get().id()));
  }

  private WaysOut waysOut() {
    return new WaysOut() {
      @Override
      public void fix(ResultViewModel result, WayOut.Fix fix) {
        editorView.apply(result.statement(), fix);
      }

      @Override
      public void ask(ResultViewModel result) {
        result
            .refused()
            .ifPresent(
                refused ->
                    openRequest(
                        new RequestViewModel.Draft(
                            result.connection(),
                            result.statement(),
                            refused.analysis(),
                            refused.decision())));
      }

      @Override
      public void again(ResultViewModel result) {
        results.run(result.connection(), List.of(result.statement()));
      }

      @Override
      public void submit(WorkspaceConnection connection, List<StatementText> statements) {
        if (statements.size() == 1) {
          results.run(connection, statements, true);
          return;
        }
        opener.accept(
            connection.context().name(),
            statements.stream()
                .map(each -> each.text() + ";\n")
                .collect(java.util.stream.Collectors.joining("\n")));
        tell("edit.several", "edit.several.detail");
      }

      @Override
      public void unmask(ResultViewModel result, java.util.Set<ColumnRef> columns) {
        unmask.open(new UnmaskViewModel.Wish(result.connection().context().name(), columns));
      }

      @Override
      public void switchTo(String connection) {
        connect(connection);
        editorView.focus();
      }
    };
  }

  private void openRequest(RequestViewModel.Draft draft) {
    request.open(draft);
    requestPanel.focus();
  }

  private void withConnection(java.util.function.Consumer<WorkspaceConnection> use) {
    editor
        .connectionProperty()
        .get()
        .ifPresentOrElse(use, () -> tell("connection.none", "connection.none.detail"));
  }

  private void tell(String title, String detail) {
    context
        .notifications()
        .show(Notifications.Kind.INFORMATION, messages.text(title), messages.text(detail));
  }

  private void connectionChoice(ObservableList<WorkspaceConnection> known) {
    connections.setId(ControlIds.CONNECTION_CHOICE);
    connections.setItems(known);
    connections.setPromptText(messages.text("connection.choose"));
    connections.setAccessibleText(messages.text("connection.choose"));
    connections.setMinWidth(CONNECTION);
    connections.setButtonCell(new ConnectionCell());
    connections.setCellFactory(view -> new ConnectionCell());
    connections.setOnAction(
        event -> editor.connectionProperty().set(Optional.ofNullable(connections.getValue())));
    ListChangeListener<WorkspaceConnection> listener =
        change -> {
          choose();
          Optional<ResultSpool.Kept> kept = waitingResult;
          waitingResult = Optional.empty();
          kept.ifPresent(
              found ->
                  connections.getItems().stream()
                      .filter(each -> each.context().name().equals(found.connection()))
                      .findFirst()
                      .ifPresent(connection -> showKept(connection, found)));
        };
    known.addListener(listener);
    whileOpen.add(() -> known.removeListener(listener));
  }

  private void choose() {
    Optional<WorkspaceConnection> found =
        connections.getItems().stream()
            .filter(connection -> connection.context().name().equals(wantedConnection))
            .findFirst();
    if (found.isEmpty() && wantedConnection.isEmpty()) {
      found = connections.getItems().stream().findFirst();
    }
    found.ifPresent(
        connection -> {
          connections.setValue(connection);
          editor.connectionProperty().set(Optional.of(connection));
          wantedConnection = connection.context().name();
        });
  }

  private void lay() {
    Button format =
        Ui.iconButton(
            ControlIds.FORMAT,
            "fth-align-left",
            messages.text("editor.format") + "  " + Ui.keyWords("Shortcut+Shift+F"),
            () -> context.commands().execute("editor.format"));
    Button explain =
        Ui.iconButton(
            ControlIds.EXPLAIN,
            "fth-git-branch",
            messages.text("command.statement.explain") + "  " + Ui.keyWords("Shortcut+Shift+E"),
            () -> context.commands().execute("statement.explain"));
    YieldingBar toolbar =
        new YieldingBar(
            8,
            connections,
            runButton,
            scriptButton,
            cancelButton,
            transactionPill.mode(),
            Ui.spacer(),
            explain,
            format);
    toolbar
        .thenWords(scriptButton)
        .then(() -> connections.setMinWidth(90), () -> connections.setMinWidth(CONNECTION))
        .thenWhole(explain, () -> false)
        .thenWhole(format, () -> false)
        .thenWords(runButton)
        .thenWords(cancelButton);
    toolbar.getStyleClass().add("query-toolbar");
    toolbar.setAlignment(Pos.CENTER_LEFT);
    Region stripe = new Region();
    stripe.getStyleClass().add("env-stripe");
    whileOpen.bind(
        editor.connectionProperty(),
        connection -> {
          stripe
              .getStyleClass()
              .removeIf(name -> name.startsWith("env-") && !name.equals("env-stripe"));
          connection.ifPresent(
              chosen ->
                  stripe
                      .getStyleClass()
                      .add(Environment.of(chosen.context().environment()).styleClass()));
        });
    SplitPane split = new SplitPane(editorView.root(), resultsView.root());
    split.setOrientation(Orientation.VERTICAL);
    split.setDividerPositions(0.4);
    root.setTop(
        new VBox(
            stripe,
            toolbar,
            transactionPill.bar(),
            file.bar(),
            requestBar.root(),
            unmaskBar.root()));
    root.setCenter(split);
    root.getStyleClass().add("query-tab");
    // Wider than its place, it would be cut on both sides.
    root.setMinWidth(0);
  }

  private void open() {
    whileOpen.bind(editor.currentProperty(), index -> labels());
    whileOpen.bind(
        results.runningProperty(),
        running -> {
          Ui.shown(cancelButton, running);
          runButton.setDisable(running);
          scriptButton.setDisable(running);
          approvedState();
        });
    whileOpen.bind(
        request.draftProperty(),
        draft -> {
          boolean wasOpen = root.getRight() != null;
          root.setRight(draft.isPresent() ? requestPanel.root() : null);
          if (wasOpen && draft.isEmpty()) {
            editorView.focus();
          }
        });
    whileOpen.listen(
        unmask.wishProperty(), wish -> root.setRight(wish.isPresent() ? unmaskPanel.root() : null));
    unmask.onEnded(this::maskAgain);
    whileOpen.bind(request.requestProperty(), changed -> approvedState());
    whileOpen.listen(
        editor.textProperty(),
        text -> {
          approvedState();
          labels();
        });
    results.onFinished(request::refresh);
  }

  /// What was shown as it is goes; it can be read again, masked.
  private void maskAgain() {
    results.results().stream()
        .filter(result -> result.completed().isPresent())
        .toList()
        .forEach(results::remove);
    context
        .notifications()
        .show(
            Notifications.Kind.INFORMATION,
            messages.text("unmask.ended"),
            messages.text("unmask.ended.detail"));
  }

  private void labels() {
    runButton.setText(editor.runLabel());
  }

  private void approvedState() {
    Optional<ApprovalRequest> known = request.requestProperty().get();
    boolean approved = known.map(item -> item.state() == ApprovalState.APPROVED).orElse(false);
    if (!approved) {
      whyNotApproved.set(messages.text("request.nothing-approved"));
    } else if (results.runningProperty().get()) {
      whyNotApproved.set(messages.text("run.busy"));
    } else if (!editor.textProperty().get().contains(known.orElseThrow().capsule().text())) {
      whyNotApproved.set(messages.text("request.edited"));
    } else {
      whyNotApproved.set("");
    }
  }

  private static final class ConnectionCell extends ListCell<WorkspaceConnection> {
    @Override
    protected void updateItem(WorkspaceConnection item, boolean empty) {
      super.updateItem(item, empty);
      setText(null);
      if (empty || item == null) {
        setGraphic(null);
        return;
      }
      String environment = item.context().environment();
      HBox row =
          new HBox(
              8,
              Ui.whole(
                  Environment.wordFor(environment),
                  "env-pill",
                  Environment.of(environment).styleClass()),
              Ui.whole(item.context().name(), "strong"),
              Ui.label(item.context().engine().id(), "muted", "small"));
      row.setAlignment(Pos.CENTER_LEFT);
      setGraphic(row);
    }
  }
}
