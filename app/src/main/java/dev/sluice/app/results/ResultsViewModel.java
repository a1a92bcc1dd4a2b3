package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.StatementSession;
import dev.sluice.gateway.workspace.TransactionState;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The results of one query tab: of one statement, or of a script statement by statement. A script
/// stops at the first statement that is refused, fails or is cancelled.
public final class ResultsViewModel {

  private static final Set<String> TRANSACTION_WORDS =
      Set.of("BEGIN", "START", "COMMIT", "ROLLBACK", "END", "ABORT", "SAVEPOINT", "RELEASE");

  private final Supplier<String> tab;
  private final Session session;
  private final Background background;
  private final Messages messages;
  private final ObservableList<ResultViewModel> results = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<ResultViewModel>> shown =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final Queue<StatementText> waiting = new ArrayDeque<>();
  private final Map<String, StatementSession> sessions = new HashMap<>();
  private final BooleanProperty manual = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<TransactionState> transaction =
      new ReadOnlyObjectWrapper<>(TransactionState.NONE);
  private Optional<Workspace> sessionsOf = Optional.empty();
  private String lastConnection = "";
  private Runnable onFinished = () -> {};
  private Consumer<ResultViewModel> keeper = result -> {};

  /// @param tab what the tab is called now; asked on any thread
  public ResultsViewModel(
      Session session, Background background, Messages messages, Supplier<String> tab) {
    this.tab = tab;
    this.session = session;
    this.background = background;
    this.messages = messages;
  }

  /// Called each time the last statement of what was asked for has ended.
  public void onFinished(Runnable listener) {
    onFinished = listener;
  }

  public ObservableList<ResultViewModel> results() {
    return results;
  }

  /// The results to compare, the older first: the two that are pinned, or the pinned one and the
  /// one that is shown. Not two when it is not clear which.
  List<ResultViewModel> compared() {
    List<ResultViewModel> pinned =
        results.stream().filter(each -> each.pinnedProperty().get()).toList();
    List<ResultViewModel> wanted =
        pinned.size() == 2
            ? pinned
            : results.stream()
                .filter(
                    each -> pinned.contains(each) || shown.get().filter(each::equals).isPresent())
                .toList();
    boolean complete =
        wanted.stream()
            .allMatch(each -> !each.labels().isEmpty() && each.phaseProperty().get().isFinal());
    return wanted.size() == 2 && complete ? wanted : List.of();
  }

  public ObjectProperty<Optional<ResultViewModel>> shownProperty() {
    return shown;
  }

  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /// Statements of the script that have not begun.
  public int waiting() {
    return waiting.size();
  }

  /// Whether the person ends transactions; otherwise each statement is its own.
  public BooleanProperty manualProperty() {
    return manual;
  }

  /// The transaction of the connection that was used last.
  public ReadOnlyObjectProperty<TransactionState> transactionProperty() {
    return transaction.getReadOnlyProperty();
  }

  /// Where the open transaction is; empty when there is none.
  public String transactionConnection() {
    return transaction.get().isHeld() ? lastConnection : "";
  }

  /// Runs the statements one after the other. Does nothing while others run. What came before is
  /// cleared away, unless it is pinned.
  public void run(WorkspaceConnection connection, List<StatementText> statements) {
    run(connection, statements, false);
  }

  /// @param keep whether the results of what ran before stay beside the new ones
  public void run(WorkspaceConnection connection, List<StatementText> statements, boolean keep) {
    if (running.get() || statements.isEmpty()) {
      return;
    }
    if (!keep) {
      results.removeIf(result -> !result.pinnedProperty().get());
    }
    waiting.clear();
    if (manual.get() && opensBefore(connection, statements.getFirst())) {
      waiting.add(StatementText.of("BEGIN"));
    }
    waiting.addAll(statements);
    running.set(true);
    next(connection);
  }

  private boolean opensBefore(WorkspaceConnection connection, StatementText first) {
    String word = first.text().strip().split("[\\s;(]+", 2)[0].toUpperCase(Locale.ROOT);
    return !sessionOn(connection.context().name()).transaction().isHeld()
        && !TRANSACTION_WORDS.contains(word);
  }

  /// Keeps the last complete result for a window that ends without warning.
  ///
  /// @param onFailed called on the FX thread when the disk does not take one
  public void keepIn(ResultCache cache, String tab, Runnable onFailed) {
    keeper =
        result -> {
          GridModel model = result.gridProperty().get();
          if (model.all().isEmpty()) {
            return;
          }
          background.run(
              () -> {
                try {
                  cache.keep(tab, result, model);
                } catch (java.io.IOException e) {
                  System.getLogger(ResultsViewModel.class.getName())
                      .log(System.Logger.Level.WARNING, "A result could not be kept whole.");
                  background.deliver(onFailed);
                }
              });
        };
  }

  /// Asks for the plan of a statement, beside the results there are.
  ///
  /// @return false when this engine has no plan that can be drawn
  public boolean explain(WorkspaceConnection connection, StatementText statement) {
    Optional<String> question =
        PlanReader.isQuestion(statement.text())
            ? Optional.of(statement.text())
            : PlanReader.question(connection.context().engine(), statement.text());
    question.ifPresent(text -> run(connection, List.of(StatementText.of(text)), true));
    return question.isPresent();
  }

  /// Takes a result away from the strip.
  public void remove(ResultViewModel result) {
    int at = results.indexOf(result);
    if (at < 0 || !result.phaseProperty().get().isFinal()) {
      return;
    }
    results.remove(at);
    if (shown.get().filter(result::equals).isPresent()) {
      shown.set(
          results.isEmpty()
              ? Optional.empty()
              : Optional.of(results.get(Math.min(at, results.size() - 1))));
    }
  }

  /// Shows a result that was not run here and now, such as one of an earlier window.
  public void add(ResultViewModel result) {
    results.add(result);
    shown.set(Optional.of(result));
  }

  /// Runs what a request was approved for; the server does it.
  public void runApproved(
      WorkspaceConnection connection, StatementText statement, String requestId) {
    if (running.get()) {
      return;
    }
    results.removeIf(result -> !result.pinnedProperty().get());
    waiting.clear();
    running.set(true);
    launch(connection, statement, listener -> session.workspace().runApproved(requestId, listener));
  }

  public void cancel() {
    waiting.clear();
    shownRunning().ifPresent(ResultViewModel::cancel);
  }

  /// Cancels, and when that was asked for already, stops waiting for the answer.
  public void cancelOrAbandon() {
    waiting.clear();
    shownRunning()
        .ifPresent(
            result -> {
              if (result.cancellingProperty().get()) {
                result.abandon();
              } else {
                result.cancel();
              }
            });
  }

  /// Rolls back what is open.
  public void close() {
    cancel();
    sessions.values().forEach(StatementSession::close);
    sessions.clear();
  }

  /// The session of this tab on a connection. Another sign-in means other sessions.
  private StatementSession sessionOn(String name) {
    Workspace workspace = session.workspace();
    if (sessionsOf.filter(known -> known == workspace).isEmpty()) {
      List<StatementSession> old = new ArrayList<>(sessions.values());
      sessions.clear();
      old.forEach(StatementSession::close);
      sessionsOf = Optional.of(workspace);
    }
    lastConnection = name;
    return sessions.computeIfAbsent(name, each -> workspace.session(each, tab));
  }

  private void readTransaction() {
    StatementSession current = sessions.get(lastConnection);
    transaction.set(current == null ? TransactionState.NONE : current.transaction());
  }

  private Optional<ResultViewModel> shownRunning() {
    return results.stream().filter(result -> !result.phaseProperty().get().isFinal()).findFirst();
  }

  private void next(WorkspaceConnection connection) {
    StatementText statement = waiting.poll();
    if (statement == null) {
      finish();
      return;
    }
    StatementSession own = sessionOn(connection.context().name());
    launch(connection, statement, listener -> own.run(statement, listener));
  }

  private void launch(
      WorkspaceConnection connection,
      StatementText statement,
      Function<Consumer<RunEvent>, Run> launcher) {
    ResultViewModel result = new ResultViewModel(background, messages, connection, statement);
    result
        .phaseProperty()
        .addListener(
            (observed, before, now) -> {
              if (now.isFinal()) {
                readTransaction();
              }
              if (now == ResultViewModel.Phase.DONE) {
                keeper.accept(result);
                next(connection);
              } else if (now.isFinal()) {
                waiting.clear();
                finish();
              }
            });
    results.add(result);
    shown.set(Optional.of(result));
    result.start(launcher);
  }

  private void finish() {
    running.set(false);
    onFinished.run();
  }
}
