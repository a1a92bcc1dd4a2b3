package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The results of one query tab: of one statement, or of a script statement by statement. A script
/// stops at the first statement that is refused, fails or is cancelled.
public final class ResultsViewModel {

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final ObservableList<ResultViewModel> results = FXCollections.observableArrayList();
  private final ObjectProperty<Optional<ResultViewModel>> shown =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final Queue<StatementText> waiting = new ArrayDeque<>();
  private Runnable onFinished = () -> {};

  public ResultsViewModel(Session session, Background background, Messages messages) {
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

  /// Runs the statements one after the other. Does nothing while others run.
  public void run(WorkspaceConnection connection, List<StatementText> statements) {
    if (running.get() || statements.isEmpty()) {
      return;
    }
    results.clear();
    waiting.clear();
    waiting.addAll(statements);
    running.set(true);
    next(connection);
  }

  /// Runs what a request was approved for; the server does it.
  public void runApproved(
      WorkspaceConnection connection, StatementText statement, String requestId) {
    if (running.get()) {
      return;
    }
    results.clear();
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

  public void close() {
    cancel();
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
    String name = connection.context().name();
    launch(connection, statement, listener -> session.workspace().run(name, statement, listener));
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
              if (now == ResultViewModel.Phase.DONE) {
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
