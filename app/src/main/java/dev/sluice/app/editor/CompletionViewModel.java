package dev.sluice.app.editor;

import dev.sluice.app.fx.Background;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Asks the cached catalog for suggestions, off the FX thread. Works while a query runs.
public final class CompletionViewModel {

  private final Session session;
  private final Background background;
  private final EditorViewModel editor;
  private final Runnable endPolicyListening;
  private long asked;

  /// The catalog made ready, for as long as the connection gives the same one.
  private volatile Optional<CompletionIndex> index = Optional.empty();

  public CompletionViewModel(Session session, Background background, EditorViewModel editor) {
    this.session = session;
    this.background = background;
    this.editor = editor;
    endPolicyListening = session.onPolicyChanged(() -> index = Optional.empty());
  }

  public void close() {
    endPolicyListening.run();
  }

  /// Makes the catalog of the connection ready, so that the first suggestion does not wait for it.
  void warm() {
    var connection = editor.connectionProperty().get();
    connection.ifPresent(
        chosen ->
            background.call(() -> indexOf(chosen.context().name()), ready -> {}, problem -> {}));
  }

  private CompletionIndex indexOf(String name) throws WorkspaceProblem {
    CatalogSnapshot catalog = session.workspace().catalog(name, false);
    Optional<CompletionIndex> known = index.filter(ready -> ready.catalog() == catalog);
    if (known.isPresent()) {
      return known.get();
    }
    CompletionIndex fresh =
        new CompletionIndex(catalog, masked(session.workspace().columnGovernance(name)));
    index = Optional.of(fresh);
    return fresh;
  }

  /// Suggestions for the caret as it is now. An answer that was overtaken by a newer question is
  /// dropped; without a connection or a catalog there are only words of the language.
  void request(Consumer<Completion.Answer> use) {
    long question = ++asked;
    String text = editor.textProperty().get();
    int caret = editor.caretProperty().get();
    var dialect = editor.dialect();
    var connection = editor.connectionProperty().get();
    ScriptReading known = editor.paintingProperty().get().reading();
    background.call(
        () -> {
          ScriptReading reading =
              known.text().equals(text) ? known : ScriptReading.of(text, dialect);
          CompletionIndex ready =
              connection.isEmpty()
                  ? new CompletionIndex(CatalogSnapshot.empty(), Set.of())
                  : indexOf(connection.get().context().name());
          return new Completion(ready, dialect).at(reading, caret);
        },
        answer -> {
          if (question == asked) {
            use.accept(answer);
          }
        },
        problem -> use.accept(new Completion.Answer(caret, List.of())));
  }

  /// What the name at an offset is, and where it comes from.
  void lookUp(int offset, Consumer<NameAt> use) {
    var dialect = editor.dialect();
    String text = editor.textProperty().get();
    ScriptReading known = editor.paintingProperty().get().reading();
    editor
        .connectionProperty()
        .get()
        .ifPresent(
            chosen ->
                background.call(
                    () ->
                        NameAt.find(
                            known.text().equals(text) ? known : ScriptReading.of(text, dialect),
                            offset,
                            indexOf(chosen.context().name())),
                    found -> found.ifPresent(use),
                    problem -> {}));
  }

  private static Set<ColumnRef> masked(List<ColumnGovernance> columns) {
    return columns.stream()
        .filter(column -> !column.exempt())
        .map(ColumnGovernance::column)
        .collect(Collectors.toSet());
  }
}
