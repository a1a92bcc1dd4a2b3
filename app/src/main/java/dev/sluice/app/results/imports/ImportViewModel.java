package dev.sluice.app.results.imports;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Coalesce;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.results.imports.ImportFile.Unreadable;
import dev.sluice.app.results.imports.ImportJob.Checked;
import dev.sluice.app.results.imports.ImportJob.End;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A file that is to become rows of a table: what is in it, which column goes where, what cannot be
/// read, and how far it is. FX thread.
final class ImportViewModel {

  /// Where it stands.
  enum Stage {
    NO_FILE,
    READING,
    CHECKING,
    READY,
    SENDING
  }

  /// What is known of the file, and what was chosen.
  record Draft(
      ImportFile file, ImportFile.Sample sample, List<Choice> choices, boolean emptyIsNull) {
    Draft {
      choices = List.copyOf(choices);
    }
  }

  /// For one column of the table.
  ///
  /// @param source place of the file's column; empty leaves the column out
  record Choice(Optional<Integer> source, ReadAs as) {}

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final Notifications notifications;
  private final WorkspaceConnection connection;
  private final Relation table;
  private final BiConsumer<WorkspaceConnection, StatementText> onAsk;
  private final Runnable onDone;
  private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.NO_FILE);
  private final ReadOnlyObjectWrapper<Optional<Draft>> draft =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Checked>> checked =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<String> problem = new ReadOnlyObjectWrapper<>("");
  private final ReadOnlyLongWrapper rows = new ReadOnlyLongWrapper();
  private Optional<ImportJob> job = Optional.empty();

  /// @param onAsk takes a statement that may not run as it is to where its ways out are
  /// @param onDone called when there is nothing more to do here
  ImportViewModel(
      Session session,
      Background background,
      Messages messages,
      Notifications notifications,
      WorkspaceConnection connection,
      Relation table,
      BiConsumer<WorkspaceConnection, StatementText> onAsk,
      Runnable onDone) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.notifications = notifications;
    this.connection = connection;
    this.table = table;
    this.onAsk = onAsk;
    this.onDone = onDone;
  }

  ReadOnlyObjectProperty<Stage> stageProperty() {
    return stage.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Optional<Draft>> draftProperty() {
    return draft.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Optional<Checked>> checkedProperty() {
    return checked.getReadOnlyProperty();
  }

  /// Why the file cannot be read or was not imported; empty when nothing is wrong.
  ReadOnlyObjectProperty<String> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /// Rows that were looked at or sent so far.
  ReadOnlyLongProperty rowsProperty() {
    return rows.getReadOnlyProperty();
  }

  Relation table() {
    return table;
  }

  WorkspaceConnection connection() {
    return connection;
  }

  Dialect dialect() {
    return connection.context().engine();
  }

  /// Reads the beginning of a file.
  void open(Path path) {
    read(() -> ImportFile.open(path));
  }

  /// Reads the file again, in another way.
  void reread(UnaryOperator<ImportFile> change) {
    draft.get().ifPresent(known -> read(() -> change.apply(known.file())));
  }

  private interface Opening {
    ImportFile open() throws IOException, Unreadable;
  }

  private void read(Opening opening) {
    cancel();
    stage.set(Stage.READING);
    problem.set("");
    background.call(
        () -> {
          try {
            ImportFile file = opening.open();
            ImportFile.Sample sample = file.sample();
            return new Opened(Optional.of(guessed(file, sample)), "");
          } catch (Unreadable e) {
            return new Opened(Optional.empty(), messages.text(e.key(), e.detail()));
          } catch (IOException e) {
            return new Opened(Optional.empty(), messages.text("import.file.io"));
          }
        },
        opened -> {
          draft.set(opened.draft());
          problem.set(opened.problem());
          checked.set(Optional.empty());
          stage.set(Stage.NO_FILE);
          opened.draft().ifPresent(found -> check());
        },
        failure -> failed(failure));
  }

  private record Opened(Optional<Draft> draft, String problem) {}

  private Draft guessed(ImportFile file, ImportFile.Sample sample) {
    List<Choice> choices = new ArrayList<>();
    List<Optional<Integer>> places = ImportPlan.byName(sample.columns(), table);
    for (int at = 0; at < places.size(); at++) {
      choices.add(new Choice(places.get(at), guess(sample, at, places.get(at))));
    }
    return new Draft(file, sample, choices, true);
  }

  private ReadAs guess(ImportFile.Sample sample, int target, Optional<Integer> source) {
    List<String> texts =
        source.stream()
            .flatMap(place -> sample.rows().stream().flatMap(row -> row.value(place).stream()))
            .filter(text -> !text.isEmpty())
            .toList();
    return ReadAs.guess(ImportPlan.kind(table.columns().get(target), dialect()), texts);
  }

  /// Fills a column of the table from another column of the file; empty leaves it out.
  void source(int target, Optional<Integer> source) {
    draft
        .get()
        .ifPresent(
            known ->
                choose(
                    known,
                    target,
                    new Choice(source, guess(known.sample(), target, source)),
                    known.emptyIsNull()));
  }

  void as(int target, ReadAs as) {
    draft
        .get()
        .ifPresent(
            known ->
                choose(
                    known,
                    target,
                    new Choice(known.choices().get(target).source(), as),
                    known.emptyIsNull()));
  }

  void emptyIsNull(boolean wanted) {
    draft
        .get()
        .ifPresent(
            known -> {
              draft.set(
                  Optional.of(new Draft(known.file(), known.sample(), known.choices(), wanted)));
              check();
            });
  }

  private void choose(Draft known, int target, Choice choice, boolean emptyIsNull) {
    if (known.choices().get(target).equals(choice)) {
      return;
    }
    List<Choice> choices = new ArrayList<>(known.choices());
    choices.set(target, choice);
    draft.set(Optional.of(new Draft(known.file(), known.sample(), choices, emptyIsNull)));
    check();
  }

  private Optional<ImportPlan> plan() {
    return draft
        .get()
        .map(
            known -> {
              List<ImportPlan.Target> targets = new ArrayList<>();
              for (int at = 0; at < known.choices().size(); at++) {
                Choice choice = known.choices().get(at);
                var column = table.columns().get(at);
                choice
                    .source()
                    .ifPresent(
                        place -> targets.add(new ImportPlan.Target(column, place, choice.as())));
              }
              return new ImportPlan(
                  known.file(),
                  known.sample().columns(),
                  table,
                  dialect(),
                  targets,
                  known.emptyIsNull());
            })
        .filter(plan -> !plan.targets().isEmpty());
  }

  private ImportJob begin(ImportPlan plan, Stage now) {
    job.ifPresent(ImportJob::cancel);
    long[] reached = new long[1];
    Coalesce told = new Coalesce(background.ui(), () -> rows.set(reached[0]));
    ImportJob fresh =
        new ImportJob(
            plan,
            done -> {
              reached[0] = done;
              if (done % 500 == 0) {
                told.signal();
              }
            });
    job = Optional.of(fresh);
    rows.set(0);
    stage.set(now);
    return fresh;
  }

  private boolean isCurrent(ImportJob mine) {
    return job.filter(now -> now == mine).isPresent();
  }

  /// Looks at every row of the file; a look that is under way is given up.
  private void check() {
    checked.set(Optional.empty());
    problem.set("");
    Optional<ImportPlan> plan = plan();
    if (plan.isEmpty()) {
      job.ifPresent(ImportJob::cancel);
      stage.set(Stage.NO_FILE);
      problem.set(messages.text("import.no-column"));
      return;
    }
    ImportJob mine = begin(plan.get(), Stage.CHECKING);
    background.call(
        () -> {
          try {
            return new Looked(Optional.of(mine.check()), "");
          } catch (Unreadable e) {
            return new Looked(Optional.empty(), messages.text(e.key(), e.detail()));
          } catch (IOException | UncheckedIOException e) {
            return new Looked(Optional.empty(), messages.text("import.file.io"));
          }
        },
        looked -> {
          if (isCurrent(mine)) {
            job = Optional.empty();
            checked.set(mine.isCancelled() ? Optional.empty() : looked.checked());
            problem.set(mine.isCancelled() ? messages.text("import.cancelled") : looked.problem());
            stage.set(checked.get().isPresent() ? Stage.READY : Stage.NO_FILE);
          }
        },
        this::failed);
  }

  private record Looked(Optional<Checked> checked, String problem) {}

  /// Why a row cannot be imported.
  String words(ImportTrouble trouble) {
    return messages.text(trouble.key(), trouble.column(), trouble.detail());
  }

  /// Sends what can be imported.
  void send() {
    if (stage.get() != Stage.READY || checked.get().isEmpty()) {
      return;
    }
    Checked known = checked.get().get();
    ImportJob mine = begin(plan().orElseThrow(), Stage.SENDING);
    problem.set("");
    background.call(
        () -> {
          try {
            return new Sent(
                Optional.of(
                    mine.send(
                        session.workspace(),
                        connection.context().name(),
                        () -> messages.text("import.tab"),
                        known,
                        this::words)),
                "");
          } catch (Unreadable e) {
            return new Sent(Optional.empty(), messages.text(e.key(), e.detail()));
          } catch (IOException | UncheckedIOException e) {
            return new Sent(Optional.empty(), messages.text("import.file.io"));
          }
        },
        sent -> {
          job = Optional.empty();
          stage.set(Stage.READY);
          problem.set(sent.problem());
          sent.end().ifPresent(this::ended);
        },
        this::failed);
  }

  private record Sent(Optional<End> end, String problem) {}

  private void ended(End end) {
    switch (end) {
      case End.Done done -> {
        notifications.show(
            Notifications.Kind.SUCCESS,
            messages.text("import.done", messages.number(done.rows()), table.ref().dotted()),
            done.leftOut()
                .map(file -> messages.text("import.done.left-out", file.getFileName()))
                .orElse(""));
        onDone.run();
      }
      case End.Cancelled cancelled -> problem.set(messages.text("import.cancelled"));
      case End.Ask ask -> {
        onDone.run();
        onAsk.accept(connection, ask.statement());
      }
      case End.TooLargeToAsk large ->
          problem.set(messages.text("import.too-large", messages.number(large.rowsThatFit())));
      case End.FileChanged changed -> {
        draft.get().ifPresent(known -> open(known.file().path()));
        notifications.show(Notifications.Kind.WARNING, messages.text("import.changed"), "");
      }
      case End.Failed failed when failed.problem().code().equals("too-many-changes") ->
          problem.set(Problems.wordsAndWayOut(failed.problem()));
      case End.Failed failed ->
          problem.set(
              messages.text(
                  "import.failed",
                  messages.number(failed.from()),
                  messages.number(failed.to()),
                  Problems.wordsAndWayOut(failed.problem())));
      case End.Conflict conflict ->
          problem.set(
              messages.text(
                  "import.conflict",
                  messages.number(conflict.expected()),
                  messages.number(conflict.found())));
    }
  }

  private void failed(WorkspaceProblem failure) {
    job = Optional.empty();
    stage.set(checked.get().isPresent() ? Stage.READY : Stage.NO_FILE);
    problem.set(Problems.wordsAndWayOut(failure));
  }

  /// Gives up what is under way; what was sent is taken back.
  void cancel() {
    job.ifPresent(ImportJob::cancel);
  }
}
