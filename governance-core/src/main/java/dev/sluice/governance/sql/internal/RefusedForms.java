package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.LexicalTrait;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Token sequences that the parser takes for something else than the server does, although both
// read
/// the same tokens.
final class RefusedForms {
  /// DuckDB runs these statements inside brackets; the parser sees a table of that name.
  private static final Set<String> STATEMENTS_IN_BRACKETS =
      Set.of(
          "SUMMARIZE",
          "PIVOT",
          "UNPIVOT",
          "PIVOT_WIDER",
          "PIVOT_LONGER",
          "DESCRIBE",
          "DESC",
          "SHOW",
          "CALL",
          "PRAGMA",
          "EXPLAIN");

  private static final int LONGEST_CHAIN = 2_000;

  private RefusedForms() {}

  static Optional<Refusal> check(List<GateToken> tokens, Dialect dialect) {
    StringBuilder brackets = new StringBuilder();
    int operators = 0;
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      if (token.isMark("(") || token.isMark("[") || token.isMark("{")) {
        brackets.append(token.text());
      } else if (token.isMark(")") || token.isMark("]") || token.isMark("}")) {
        brackets.setLength(Math.max(0, brackets.length() - 1));
      }
      // The parser nests each operator of a chain in the one before: a long chain is a deep tree.
      if (token.kind() == TokenKind.OPERATOR || token.isWord("AND") || token.isWord("OR")) {
        operators++;
      } else if (token.isMark(",")) {
        operators = 0;
      }
      if (operators > LONGEST_CHAIN) {
        return refuse(
            "expression-too-long",
            "The expression has more than " + LONGEST_CHAIN + " operators in a row.",
            token,
            "Split it, or use a list or a table of values.");
      }
      if (dialect == Dialect.SQLITE && token.isWord("REGEXP")) {
        return refuse("regexp", "SQLite has no REGEXP of its own.", token, "Use LIKE or GLOB.");
      }
      if (token.isMark("{") && dialect != Dialect.DUCKDB) {
        return refuse(
            "escape-braces",
            "Braces are read by drivers and servers in different ways.",
            token,
            "Write the call or literal without braces.");
      }
      if (token.kind() == TokenKind.PUNCTUATION
          && token.text().equals(":")
          && !sliceOrEntry(tokens, i, brackets)) {
        return refuse(
            "colon",
            "A colon here is read in different ways.",
            token,
            "Give both ends of an array slice, or use CAST.");
      }
      boolean introducer =
          dialect.lexicalRules().has(LexicalTrait.CHARACTER_SET_INTRODUCERS)
              && token.kind() == TokenKind.WORD
              && token.text().startsWith("_")
              && i + 1 < tokens.size()
              && (tokens.get(i + 1).kind() == TokenKind.STRING
                  || tokens.get(i + 1).kind() == TokenKind.NUMBER);
      if (introducer) {
        return refuse(
            "character-set",
            "A character set before a literal is not understood.",
            token,
            "Leave it out or use CONVERT.");
      }
      if (dialect == Dialect.DUCKDB
          && i > 0
          && tokens.get(i - 1).isMark("(")
          && token.kind() == TokenKind.WORD
          && STATEMENTS_IN_BRACKETS.contains(token.meaning())
          && i + 1 < tokens.size()
          && (tokens.get(i + 1).maybeName() || tokens.get(i + 1).isMark("("))) {
        return refuse(
            "statement-in-brackets",
            token.text() + " inside a query is not understood.",
            token,
            "Use a SELECT.");
      }
    }
    return Optional.empty();
  }

  /// Between the two bounds of a slice, or after a key in braces.
  private static boolean sliceOrEntry(List<GateToken> tokens, int at, StringBuilder brackets) {
    boolean inside = !brackets.isEmpty() && brackets.charAt(brackets.length() - 1) != '(';
    return inside && at > 0 && !tokens.get(at - 1).isMark("[") && !tokens.get(at - 1).isMark("{");
  }

  private static Optional<Refusal> refuse(
      String code, String message, GateToken token, String wayOut) {
    return Optional.of(new Refusal(code, message, token.origin(), wayOut));
  }
}
