package dev.sluice.app.editor;

import dev.sluice.app.fx.Messages;
import dev.sluice.governance.sql.StatementText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything the editor draws over one version of the text, worked out off the FX thread.
///
/// @param reading the text as the lexer reads it
/// @param verdicts what the core decided so far
/// @param ranges colours without gaps over the text
/// @param marks by line from 0
record Painting(
    ScriptReading reading,
    Verdicts verdicts,
    List<StyledRange> ranges,
    Map<Integer, GutterMark> marks) {

  static final Painting EMPTY =
      new Painting(ScriptReading.EMPTY, Verdicts.NONE, List.of(), Map.of());

  static Painting of(ScriptReading reading, Verdicts verdicts, Messages messages) {
    List<StyledRange> ranges =
        Highlighter.style(
            reading.tokens(), reading.text().length(), verdicts.overlays(reading.statements()));
    Map<Integer, GutterMark> marks = new HashMap<>();
    LineIndex lines = new LineIndex(reading.text());
    for (StatementText statement : reading.statements()) {
      GutterMark mark =
          verdicts
              .of(statement)
              .map(verdict -> GutterMark.of(verdict, messages))
              .orElseGet(() -> GutterMark.pending(messages));
      marks.merge(lines.lineOf(statement.span().start()), mark, GutterMark::worse);
    }
    return new Painting(reading, verdicts, ranges, marks);
  }
}
