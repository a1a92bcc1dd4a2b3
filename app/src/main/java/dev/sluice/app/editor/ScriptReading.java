package dev.sluice.app.editor;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.SqlScript;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import java.util.List;

/// One version of the text as the lexer reads it.
///
/// @param text exactly as in the editor
/// @param tokens without gaps over the text
/// @param statements as they would run
record ScriptReading(String text, List<Token> tokens, List<StatementText> statements) {

  static final ScriptReading EMPTY = new ScriptReading("", List.of(), List.of());

  static ScriptReading of(String text, Dialect dialect) {
    return new ScriptReading(
        text, Highlighter.tokens(text, dialect), SqlScript.cut(text, dialect).statements());
  }

  /// The statement at the caret: the one that holds it, else the one before it on the same line or
  /// above, else the first. -1 when there is none.
  int indexAt(int caret) {
    int before = -1;
    for (int i = 0; i < statements.size(); i++) {
      StatementText statement = statements.get(i);
      if (caret < statement.span().start()) {
        return before >= 0 && !blankLineBetween(statements.get(before).span().end(), caret)
            ? before
            : i;
      }
      if (caret <= statement.span().end()) {
        return i;
      }
      before = i;
    }
    return before;
  }

  private boolean blankLineBetween(int from, int to) {
    int breaks = 0;
    for (int i = from; i < Math.min(to, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        breaks++;
      }
    }
    return breaks > 0;
  }
}
