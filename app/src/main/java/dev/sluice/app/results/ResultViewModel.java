package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Coalesce;
import dev.sluice.app.fx.Messages;
import dev.sluice.gateway.workspace.Run;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.policy.Decision;
import dev.sluice.governance.sql.StatementText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;

/// One statement that runs or ran, and what came of it. Events arrive on a background thread; rows
/// go into the store there, and the FX thread only learns that there are more.
public final class ResultViewModel {

  /// Where it stands. The last four are final.
  public enum Phase {
    DECIDING,
    QUEUED,
    RUNNING,
    STREAMING,
    DONE,
    REFUSED,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
      return compareTo(DONE) >= 0;
    }
  }

  private final Background background;
  private final Messages messages;
  private final WorkspaceConnection connection;
  private final StatementText statement;
  private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.DECIDING);
  private final ReadOnlyBooleanWrapper cancelling = new ReadOnlyBooleanWrapper();
  private final ReadOnlyLongWrapper rows = new ReadOnlyLongWrapper();
  private final ReadOnlyObjectWrapper<GridModel> grid =
      new ReadOnlyObjectWrapper<>(GridModel.empty());
  private final BooleanProperty pinned = new SimpleBooleanProperty();
  private final Coalesce moreRows;
  private final long startedNanos = System.nanoTime();
  private volatile Optional<ColumnStore> store = Optional.empty();
  private volatile Optional<Run> run = Optional.empty();
  private volatile boolean cancelAsked;
  private volatile long answeredNanos;
  private volatile OptionalLong exportRows = OptionalLong.empty();
  private RowOrder.Wish wished = RowOrder.Wish.NONE;
  private long endedNanos;
  private Optional<RunEvent.Completed> completed = Optional.empty();
  private Optional<RunEvent.Refused> refused = Optional.empty();
  private Optional<WorkspaceProblem> problem = Optional.empty();
  private Optional<ResultSpool.Kept> restored = Optional.empty();

  public ResultViewModel(
      Background background,
      Messages messages,
      WorkspaceConnection connection,
      StatementText statement) {
    this.background = background;
    this.messages = messages;
    this.connection = connection;
    this.statement = statement;
    this.moreRows =
        new Coalesce(background.ui(), () -> rows.set(store.map(ColumnStore::rows).orElse(0)));
  }

  /// A result of an earlier window, as it was then. It is not run again.
  public static ResultViewModel restored(
      Background background,
      Messages messages,
      WorkspaceConnection connection,
      ResultSpool.Kept kept) {
    ResultViewModel result =
        new ResultViewModel(background, messages, connection, StatementText.of(kept.statement()));
    result.restored = Optional.of(kept);
    result.store = Optional.of(kept.store());
    result.grid.set(new GridModel(kept.columns(), kept.store()));
    result.pinned.set(false);
    result.end(
        Phase.DONE,
        () ->
            result.completed =
                Optional.of(
                    new RunEvent.Completed(
                        -1,
                        kept.store().rows(),
                        kept.partial(),
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        "")));
    return result;
  }

  /// When it was run, if that was in an earlier window.
  public Optional<java.time.Instant> restoredFrom() {
    return restored.map(ResultSpool.Kept::at);
  }

  /// Starts it off the FX thread.
  public void start(Function<Consumer<RunEvent>, Run> launcher) {
    background.call(
        () -> launcher.apply(this::received),
        launched -> {
          run = Optional.of(launched);
          if (cancelAsked) {
            background.run(launched::cancel);
          }
        },
        failure -> end(Phase.FAILED, () -> problem = Optional.of(failure)));
  }

  /// Asks to stop; the answer to the person is immediate, the database's may take longer.
  public void cancel() {
    if (phase.get().isFinal() || cancelAsked) {
      return;
    }
    cancelAsked = true;
    cancelling.set(true);
    run.ifPresent(running -> background.run(running::cancel));
  }

  /// Gives up waiting for a database that does not answer even to a cancel.
  public void abandon() {
    if (!phase.get().isFinal()) {
      cancel();
      run.ifPresent(running -> background.run(running::abandon));
      end(Phase.CANCELLED, () -> {});
    }
  }

  public WorkspaceConnection connection() {
    return connection;
  }

  public StatementText statement() {
    return statement;
  }

  public ReadOnlyObjectProperty<Phase> phaseProperty() {
    return phase.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty cancellingProperty() {
    return cancelling.getReadOnlyProperty();
  }

  /// Whether it stays when the next statement runs.
  public BooleanProperty pinnedProperty() {
    return pinned;
  }

  /// Rows that can be shown so far.
  public ReadOnlyLongProperty rowsProperty() {
    return rows.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<GridModel> gridProperty() {
    return grid.getReadOnlyProperty();
  }

  public Optional<RunEvent.Completed> completed() {
    return completed;
  }

  /// Whether it was refused only as long as nobody else agrees.
  public boolean needsApproval() {
    return refused.filter(event -> event.decision() instanceof Decision.NeedsApproval).isPresent();
  }

  public Optional<RunEvent.Refused> refused() {
    return refused;
  }

  public Optional<WorkspaceProblem> problem() {
    return problem;
  }

  public Duration elapsed() {
    long until = phase.get().isFinal() ? endedNanos : System.nanoTime();
    return Duration.ofNanos(until - startedNanos);
  }

  /// When the database's answer was at hand, by the clock of [System#nanoTime()].
  public long answeredNanos() {
    return answeredNanos;
  }

  /// When it came to its end, by the same clock.
  public long endedNanos() {
    return endedNanos;
  }

  /// The masked columns of the result, by ordinal.
  public List<RunEvent.ResultColumn> maskedColumns() {
    return grid.get().all().stream().filter(column -> column.mask().isPresent()).toList();
  }

  /// So many rows may leave the window at most, by copy or export.
  public OptionalLong exportRows() {
    return exportRows;
  }

  /// The masks, for the explanation.
  List<ColumnMask> masks() {
    return grid.get().all().stream().flatMap(column -> column.mask().stream()).toList();
  }

  /// The text of a cell as shown, for tests, the tour and assistive technology: `NULL` is an empty
  /// Optional.
  public Optional<String> cell(int row, int column) {
    GridModel shown = grid.get();
    return shown.isNull(row, column) ? Optional.empty() : Optional.of(shown.text(row, column));
  }

  /// Shows other columns, or the same ones in another order.
  void layOut(ColumnLayout layout) {
    grid.set(grid.get().laidOut(layout));
  }

  /// Filters and sorts what has arrived, without running anything again. Only for a result that is
  /// complete; the newest wish wins.
  void arrange(RowOrder.Wish wish) {
    GridModel before = grid.get();
    if (!phase.get().isFinal() || before.wish().equals(wish)) {
      return;
    }
    wished = wish;
    background.call(
        () -> RowOrder.of(before.store(), wish),
        order -> {
          if (wished.equals(wish)) {
            grid.set(grid.get().arranged(order, wish));
          }
        },
        failure -> {});
  }

  /// Labels of the result, by ordinal.
  public List<String> labels() {
    return grid.get().all().stream().map(RunEvent.ResultColumn::label).toList();
  }

  /// One line on where it stands.
  public String stateText() {
    return switch (phase.get()) {
      case DECIDING, QUEUED, RUNNING, STREAMING ->
          cancelling.get()
              ? messages.text("run.cancelling")
              : messages.text("run." + phase.get().name().toLowerCase(java.util.Locale.ROOT));
      case DONE -> completed.map(this::doneText).orElse("");
      case REFUSED ->
          messages.text(
              refused.map(event -> event.decision().word()).orElse("").equals("deny")
                  ? "run.refused"
                  : "run.needs-approval");
      case FAILED -> early(messages.text("run.failed"));
      case CANCELLED -> early(messages.text("run.cancelled"));
    };
  }

  /// Rows that came before it ended stay to be looked at; they must not pass for all.
  private String early(String word) {
    long arrived = rows.get();
    return arrived == 0
        ? word
        : messages.text("run.early", word, messages.count("run.rows", arrived));
  }

  private String doneText(RunEvent.Completed done) {
    String what =
        done.updateCount() >= 0
            ? messages.count("run.changed", done.updateCount())
            : messages.count(done.truncated() ? "run.rows.first" : "run.rows", done.rows());
    if (restored.isPresent()) {
      String at =
          java.time.format.DateTimeFormatter.ofPattern("d MMM HH:mm", messages.locale())
              .withZone(java.time.ZoneId.systemDefault())
              .format(restored.get().at());
      return messages.text(
          restored.get().partial() ? "run.restored.partial" : "run.restored",
          at,
          messages.number(done.rows()));
    }
    return what;
  }

  private void received(RunEvent event) {
    switch (event) {
      case RunEvent.StateChanged changed -> moved(phaseOf(changed.state()));
      case RunEvent.ColumnsKnown known -> {
        exportRows = known.exportRows();
        answeredNanos = System.nanoTime();
        ColumnStore fresh = new ColumnStore(known.columns().size());
        store = Optional.of(fresh);
        background.deliver(() -> grid.set(new GridModel(known.columns(), fresh)));
      }
      case RunEvent.Rows more -> {
        store.ifPresent(values -> values.append(more.rows()));
        moreRows.signal();
      }
      case RunEvent.Completed done ->
          background.deliver(() -> end(Phase.DONE, () -> completed = Optional.of(done)));
      case RunEvent.Refused refusal ->
          background.deliver(() -> end(Phase.REFUSED, () -> refused = Optional.of(refusal)));
      case RunEvent.Failed failure ->
          background.deliver(
              () -> end(Phase.FAILED, () -> problem = Optional.of(failure.problem())));
      case RunEvent.Cancelled cancelled -> background.deliver(() -> end(Phase.CANCELLED, () -> {}));
    }
  }

  private void moved(Phase next) {
    background.deliver(
        () -> {
          if (!phase.get().isFinal()) {
            phase.set(next);
          }
        });
  }

  private void end(Phase last, Runnable remember) {
    if (phase.get().isFinal()) {
      return;
    }
    remember.run();
    endedNanos = System.nanoTime();
    rows.set(store.map(ColumnStore::rows).orElse(0));
    cancelling.set(false);
    phase.set(last);
  }

  private static Phase phaseOf(RunEvent.State state) {
    return switch (state) {
      case DECIDING -> Phase.DECIDING;
      case QUEUED -> Phase.QUEUED;
      case RUNNING -> Phase.RUNNING;
      case STREAMING -> Phase.STREAMING;
    };
  }
}
