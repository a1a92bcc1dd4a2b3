package dev.sluice.app.editor;

import dev.sluice.app.fx.Background;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.governance.catalog.ColumnRef;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Asks the cached catalog for suggestions, off the FX thread. Works while a query runs.
public final class CompletionViewModel {

  private final Session session;
  private final Background background;
  private final EditorViewModel editor;
  private long asked;

  public CompletionViewModel(Session session, Background background, EditorViewModel editor) {
    this.session = session;
    this.background = background;
    this.editor = editor;
  }

  /// Suggestions for the caret as it is now. An answer that was overtaken by a newer question is
  /// dropped; without a connection or a catalog there are only words of the language.
  void request(Consumer<Completion.Answer> use) {
    long question = ++asked;
    String text = editor.textProperty().get();
    int caret = editor.caretProperty().get();
    var dialect = editor.dialect();
    var connection = editor.connectionProperty().get();
    background.call(
        () -> {
          ScriptReading reading = ScriptReading.of(text, dialect);
          if (connection.isEmpty()) {
            return new Completion(dev.sluice.governance.catalog.CatalogSnapshot.empty(), Set.of())
                .at(reading, caret);
          }
          String name = connection.get().context().name();
          var catalog = session.workspace().catalog(name, false);
          return new Completion(catalog, masked(session.workspace().columnGovernance(name)))
              .at(reading, caret);
        },
        answer -> {
          if (question == asked) {
            use.accept(answer);
          }
        },
        problem -> use.accept(new Completion.Answer(caret, List.of())));
  }

  private static Set<ColumnRef> masked(List<ColumnGovernance> columns) {
    return columns.stream()
        .filter(column -> !column.exempt())
        .map(ColumnGovernance::column)
        .collect(Collectors.toSet());
  }
}
