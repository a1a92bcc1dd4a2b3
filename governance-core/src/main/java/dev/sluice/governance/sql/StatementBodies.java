package dev.sluice.governance.sql;

import static dev.sluice.governance.sql.LexicalTrait.*;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows the few statements whose body holds semicolons: SQLite's triggers and PostgreSQL's
/// `BEGIN ATOMIC` routines.
final class StatementBodies {
  private static final int HEAD = 5;

  private final LexicalRules rules;
  private final List<String> head = new ArrayList<>();
  private int depth;
  private boolean inTrigger;
  private @Nullable Token previous;
  private @Nullable Token beforePrevious;

  StatementBodies(LexicalRules rules) {
    this.rules = rules;
  }

  void see(Token token) {
    if (head.size() < HEAD) {
      head.add(token.kind() == TokenKind.WORD ? AsciiCase.upper(token.text()) : "");
      inTrigger = rules.has(TRIGGER_BODIES) && creates("TRIGGER");
    }
    if (rules.has(ATOMIC_BODIES) && (creates("FUNCTION") || creates("PROCEDURE"))) {
      if (token.isWord("ATOMIC") && previous != null && previous.isWord("BEGIN")) {
        depth++;
      } else if (depth > 0 && token.isWord("CASE")) {
        depth++;
      } else if (depth > 0 && token.isWord("END")) {
        depth--;
      }
    }
    beforePrevious = previous;
    previous = token;
  }

  /// Whether the delimiter belongs to the statement's body. SQLite's own rule: a trigger ends with
  /// `; END ;`.
  boolean hold(Token delimiter) {
    if (inTrigger) {
      boolean ended =
          previous != null
              && previous.isWord("END")
              && beforePrevious != null
              && beforePrevious.kind() == TokenKind.DELIMITER;
      return !ended;
    }
    return depth > 0;
  }

  void reset() {
    head.clear();
    depth = 0;
    inTrigger = false;
    previous = null;
    beforePrevious = null;
  }

  /// `CREATE [OR REPLACE] [TEMP] <object>`.
  private boolean creates(String object) {
    if (head.isEmpty() || !head.getFirst().equals("CREATE")) {
      return false;
    }
    int at = 1;
    while (at < head.size()
        && (head.get(at).equals("OR")
            || head.get(at).equals("REPLACE")
            || head.get(at).equals("TEMP")
            || head.get(at).equals("TEMPORARY"))) {
      at++;
    }
    return at < head.size() && head.get(at).equals(object);
  }
}
