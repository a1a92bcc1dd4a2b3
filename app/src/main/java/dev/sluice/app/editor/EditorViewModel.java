package dev.sluice.app.editor;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Debounce;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Work;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.StatementVerdict;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.policy.WayOut;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// One editor: its text, what the lexer reads in it and what the core decides about it while the
/// person writes. Lexing and deciding happen off the FX thread; answers to an older text are
/// dropped.
public final class EditorViewModel {

  /// How long a pause in typing is awaited before the script is decided.
  public static final Duration DECIDE_AFTER = Duration.ofMillis(250);

  /// When its statements are read in that pause, so that little is left to do at its end.
  private static final Duration READ_AFTER = Duration.ofMillis(60);

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final Debounce deciding;
  private final Debounce anticipating;
  private final Lock oneReader = new ReentrantLock();
  private final StringProperty text = new SimpleStringProperty("");
  private final IntegerProperty caret = new SimpleIntegerProperty();
  private final ObjectProperty<Optional<WorkspaceConnection>> connection =
      new SimpleObjectProperty<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Painting> painting =
      new ReadOnlyObjectWrapper<>(Painting.EMPTY);
  private final ReadOnlyObjectWrapper<Optional<WorkspaceProblem>> problem =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyIntegerWrapper current = new ReadOnlyIntegerWrapper(-1);
  private final Runnable endPolicyListening;
  private final List<Runnable> onceStyled = new ArrayList<>();
  private final Map<String, Parameters.Value> parameters = new java.util.TreeMap<>();
  private final ReadOnlyObjectWrapper<List<String>> parameterNames =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyIntegerWrapper parameterChanges = new ReadOnlyIntegerWrapper();

  /// Counts texts and connections: an answer is taken only when nothing changed since the question.
  private final AtomicLong version = new AtomicLong();

  public EditorViewModel(Session session, Background background, Messages messages) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    this.deciding = new Debounce(background, DECIDE_AFTER);
    this.anticipating = new Debounce(background, READ_AFTER);
    text.addListener((observed, before, now) -> read());
    connection.addListener(
        (observed, before, now) -> {
          painting.set(new Painting(reading(), Verdicts.NONE, painting.get().ranges(), Map.of()));
          read();
        });
    caret.addListener((observed, before, now) -> locate());
    endPolicyListening = session.onPolicyChanged(this::decideSoon);
  }

  public StringProperty textProperty() {
    return text;
  }

  public IntegerProperty caretProperty() {
    return caret;
  }

  public ObjectProperty<Optional<WorkspaceConnection>> connectionProperty() {
    return connection;
  }

  ReadOnlyObjectProperty<Painting> paintingProperty() {
    return painting.getReadOnlyProperty();
  }

  /// Calls `then` once, on the FX thread, when what is typed next has its colours.
  public void onceStyled(Runnable then) {
    onceStyled.add(then);
  }

  /// What was typed has its colours; those of the rest are on their way.
  void typedStyled() {
    List<Runnable> waiting = List.copyOf(onceStyled);
    onceStyled.clear();
    waiting.forEach(Runnable::run);
  }

  private ScriptReading reading() {
    return painting.get().reading();
  }

  private Verdicts verdicts() {
    return painting.get().verdicts();
  }

  /// Why the script could not be decided just now, such as a server that is away.
  public ReadOnlyObjectProperty<Optional<WorkspaceProblem>> problemProperty() {
    return problem.getReadOnlyProperty();
  }

  /// Index of the statement under the caret, -1 when there is none.
  public ReadOnlyIntegerProperty currentProperty() {
    return current.getReadOnlyProperty();
  }

  /// The placeholders of the statement at the caret.
  ReadOnlyObjectProperty<List<String>> parameterNamesProperty() {
    return parameterNames.getReadOnlyProperty();
  }

  /// Counts changes of values.
  public ReadOnlyIntegerProperty parameterChangesProperty() {
    return parameterChanges.getReadOnlyProperty();
  }

  Parameters.Value parameter(String name) {
    return parameters.getOrDefault(name, Parameters.Value.EMPTY);
  }

  public void setParameter(String name, Parameters.Value value) {
    parameters.put(name, value);
    parameterChanges.set(parameterChanges.get() + 1);
  }

  /// All values that were given in this tab, by name.
  public Map<String, Parameters.Value> parameters() {
    return Map.copyOf(parameters);
  }

  /// Puts the values into the statements, in the order they are; hands over the names that lack a
  /// fitting value when some do.
  public void fill(
      List<StatementText> statements,
      Consumer<List<StatementText>> use,
      Consumer<List<String>> wrong) {
    Dialect dialect = dialect();
    Map<String, Parameters.Value> values = parameters();
    background.call(
        () -> statements.stream().map(each -> Parameters.fill(each, dialect, values)).toList(),
        filled -> {
          List<String> missing =
              filled.stream().flatMap(each -> each.wrong().stream()).distinct().toList();
          if (missing.isEmpty()) {
            use.accept(filled.stream().flatMap(each -> each.text().stream()).toList());
          } else {
            wrong.accept(missing);
          }
        },
        failure -> problem.set(Optional.of(failure)));
  }

  /// How many statements of the script have their verdict; none while it is still being read.
  public int decidedCount() {
    if (!reading().text().equals(text.get())) {
      return 0;
    }
    Verdicts known = verdicts();
    return (int)
        reading().statements().stream()
            .filter(statement -> known.of(statement).isPresent())
            .count();
  }

  public int statementCount() {
    return reading().statements().size();
  }

  /// `Run statement`, or `Run statement (2 of 5)`.
  public String runLabel() {
    int count = statementCount();
    return count < 2
        ? messages.text("editor.run")
        : messages.text("editor.run.of", current.get() + 1, count);
  }

  /// The verdict on the statement under the caret, once it is known.
  public Optional<StatementVerdict> currentVerdict() {
    return currentStatement().flatMap(statement -> verdicts().of(statement));
  }

  Optional<StatementText> currentStatement() {
    int index = current.get();
    List<StatementText> statements = reading().statements();
    return index < 0 || index >= statements.size()
        ? Optional.empty()
        : Optional.of(statements.get(index));
  }

  /// Cuts the text as it is now, off the FX thread, and hands over the statement at the caret.
  public void withCurrentStatement(Consumer<StatementText> use, Runnable none) {
    int at = caret.get();
    withReading(
        fresh -> {
          int index = fresh.indexAt(at);
          if (index < 0) {
            none.run();
          } else {
            use.accept(fresh.statements().get(index));
          }
        });
  }

  /// Hands over all statements of the text as it is now.
  public void withStatements(Consumer<List<StatementText>> use) {
    withReading(fresh -> use.accept(fresh.statements()));
  }

  /// The fixes that the core offers for the statement under the caret.
  public List<WayOut.Fix> fixes() {
    return currentVerdict().map(EditorViewModel::fixesOf).orElse(List.of());
  }

  static List<WayOut.Fix> fixesOf(StatementVerdict verdict) {
    return verdict.decision().proof().waysOut().stream()
        .filter(WayOut.Fix.class::isInstance)
        .map(WayOut.Fix.class::cast)
        .toList();
  }

  /// Where a fix for `statement` falls in the text as it is now; empty when that statement is no
  /// longer there.
  public Optional<Span> placeOf(StatementText statement, WayOut.Fix fix) {
    String now = text.get();
    int start = statement.span().start();
    if (!now.startsWith(statement.text(), Math.min(start, now.length()))) {
      start = now.indexOf(statement.text());
    }
    return start < 0 ? Optional.empty() : Optional.of(fix.span().shift(start));
  }

  public Dialect dialect() {
    return connection.get().map(chosen -> chosen.context().engine()).orElse(Dialect.ANSI);
  }

  /// Works something out off the FX thread.
  <T> void offThread(Work<T> work, Consumer<T> use) {
    background.call(work, use, failure -> problem.set(Optional.of(failure)));
  }

  public void close() {
    endPolicyListening.run();
    deciding.cancel();
    anticipating.cancel();
    version.incrementAndGet();
  }

  private void withReading(Consumer<ScriptReading> use) {
    String now = text.get();
    ScriptReading known = reading();
    if (known.text().equals(now)) {
      use.accept(known);
      return;
    }
    Dialect dialect = dialect();
    background.call(
        () -> ScriptReading.of(now, dialect), use, failure -> problem.set(Optional.of(failure)));
  }

  private void read() {
    long asked = version.incrementAndGet();
    String now = text.get();
    Dialect dialect = dialect();
    Verdicts known = verdicts();
    background.call(
        () ->
            asked == version.get()
                ? Painting.of(ScriptReading.of(now, dialect), known, messages)
                : Painting.EMPTY,
        fresh -> {
          if (asked == version.get()) {
            painting.set(fresh);
            typedStyled();
            locate();
            decideSoon();
          }
        },
        failure -> problem.set(Optional.of(failure)));
  }

  /// Shows other verdicts on the same text; worked out off the FX thread.
  private void repaint(long asked, Verdicts verdicts) {
    ScriptReading read = reading();
    background.call(
        () -> Painting.of(read, verdicts, messages),
        fresh -> {
          if (asked == version.get()) {
            painting.set(fresh);
          }
        },
        failure -> problem.set(Optional.of(failure)));
  }

  private void locate() {
    current.set(reading().indexAt(caret.get()));
    parameterNames.set(
        currentStatement()
            .map(statement -> Parameters.names(statement.text(), dialect()))
            .orElse(List.of()));
  }

  private void decideSoon() {
    Optional<WorkspaceConnection> chosen = connection.get();
    String now = text.get();
    if (chosen.isEmpty() || now.isBlank()) {
      deciding.cancel();
      anticipating.cancel();
      repaint(version.get(), Verdicts.NONE);
      return;
    }
    long asked = version.get();
    String name = chosen.get().context().name();
    anticipating.request(() -> background.run(() -> anticipate(asked, name, now)));
    deciding.request(
        () ->
            background.call(
                () -> decide(asked, name, now),
                decided -> {
                  if (asked == version.get() && decided.isPresent()) {
                    problem.set(Optional.empty());
                    repaint(asked, new Verdicts(decided.get()));
                  }
                },
                failure -> {
                  if (asked == version.get()) {
                    problem.set(Optional.of(failure));
                    repaint(asked, Verdicts.NONE);
                  }
                }));
  }

  /// Behind what anticipates it: what that one reads is not read a second time.
  private Optional<List<StatementVerdict>> decide(long asked, String name, String script)
      throws WorkspaceProblem {
    oneReader.lock();
    try {
      return asked == version.get()
          ? Optional.of(session.workspace().decide(name, script))
          : Optional.empty();
    } finally {
      oneReader.unlock();
    }
  }

  private void anticipate(long asked, String name, String script) {
    oneReader.lock();
    try {
      if (asked == version.get()) {
        session.workspace().anticipate(name, script);
      }
    } catch (WorkspaceProblem e) {
      // Deciding meets it too, and says it.
    } finally {
      oneReader.unlock();
    }
  }
}
