package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Refusal;
import dev.sluice.governance.sql.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Token sequences that the parser takes for something else than the server does, although both
/// read the same tokens.
final class RefusedForms {
  /// DuckDB runs these statements inside brackets; the parser sees a table of that name.
  private static final Set<String> STATEMENTS_IN_BRACKETS =
      Recogniser.words("PIVOT UNPIVOT PIVOT_WIDER PIVOT_LONGER DESC SHOW CALL PRAGMA EXPLAIN");

  private static final Set<String> BEFORE_TABLE = Set.of("FROM", "JOIN", "INTO", "UPDATE", "TABLE");

  private static final int LONGEST_CHAIN = 2_000;

  private final List<GateToken> tokens;
  private final Dialect dialect;
  private final StringBuilder brackets = new StringBuilder();
  private int chain;

  private RefusedForms(List<GateToken> tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
  }

  static Optional<Refusal> check(List<GateToken> tokens, Dialect dialect) {
    RefusedForms forms = new RefusedForms(tokens, dialect);
    for (int i = 0; i < tokens.size(); i++) {
      Refusal refusal = forms.at(i);
      if (refusal != null) {
        return Optional.of(refusal);
      }
    }
    return Optional.empty();
  }

  private @Nullable Refusal at(int index) {
    GateToken token = tokens.get(index);
    track(token);
    if (chain > LONGEST_CHAIN) {
      return refuse(
          "expression-too-long",
          "The expression has more than " + LONGEST_CHAIN + " operators in a row.",
          token,
          "Split it, or use a list or a table of values.");
    }
    return switch (token.kind()) {
      case WORD -> word(token, index);
      case STRING -> string(token, index);
      case PUNCTUATION -> punctuation(token, index);
      case QUOTED_NAME,
          NUMBER,
          OPERATOR,
          PARAMETER,
          VARIABLE,
          COMMENT,
          WHITESPACE,
          DELIMITER,
          INVALID ->
          null;
    };
  }

  /// The parser nests each operator of a chain in the one before: a long chain is a deep tree.
  private void track(GateToken token) {
    if (token.isMark("(") || token.isMark("[") || token.isMark("{")) {
      brackets.append(token.text());
    } else if (token.isMark(")") || token.isMark("]") || token.isMark("}")) {
      brackets.setLength(Math.max(0, brackets.length() - 1));
    } else if (token.kind() == TokenKind.OPERATOR || token.isWord("AND") || token.isWord("OR")) {
      chain++;
    } else if (token.isMark(",")) {
      chain = 0;
    }
  }

  private @Nullable Refusal word(GateToken token, int index) {
    return switch (dialect) {
      case MYSQL, MARIADB -> mysqlWord(token, index);
      case DUCKDB -> duckdbWord(token, index);
      case SQLITE ->
          token.isWord("REGEXP")
              ? refuse("regexp", "SQLite has no REGEXP of its own.", token, "Use LIKE or GLOB.")
              : null;
      case POSTGRESQL -> postgresqlWord(token, index);
      case SQLSERVER, TRINO, ANSI -> null;
    };
  }

  private @Nullable Refusal postgresqlWord(GateToken token, int index) {
    int next = index + 1;
    if (token.isWord("IS")
        && (GateTokens.at(tokens, next, "JSON") || GateTokens.at(tokens, next, "NOT", "JSON"))) {
      return refuse(
          "is-json", "IS JSON is not understood.", token, "Use pg_input_is_valid(value, 'json').");
    }
    if (token.isWord("USING") && next < tokens.size() && tokens.get(next).isMark("(")) {
      int close = GateTokens.closing(tokens, next);
      boolean names = close > next + 1 && GateTokens.at(tokens, close + 1, "AS", "?");
      for (int i = next + 1; names && i < close; i++) {
        names = (i - next) % 2 == 1 ? tokens.get(i).maybeName() : tokens.get(i).isMark(",");
      }
      if (names) {
        return refuse(
            "using-alias",
            "A name for the columns of USING is not understood.",
            tokens.get(close + 1),
            "Leave out AS "
                + tokens.get(close + 2).text()
                + ", and name those columns without a table.");
      }
    }
    return null;
  }

  private @Nullable Refusal mysqlWord(GateToken token, int index) {
    GateToken next = index + 1 < tokens.size() ? tokens.get(index + 1) : null;
    boolean afterDot = index > 0 && tokens.get(index - 1).isMark(".");
    if (dialect == Dialect.MARIADB
        && token.isWord("RETURNING")
        && tokens.getFirst().isWord("REPLACE")) {
      return refuse(
          "replace-returning",
          "RETURNING after REPLACE is not understood.",
          token,
          "Use INSERT ... ON DUPLICATE KEY UPDATE ... RETURNING, or read the row afterwards.");
    }
    if (token.isWord("INTO") && next != null && next.kind() == TokenKind.VARIABLE) {
      return refuse(
          "into-variable",
          "What is put into a variable of the session is not followed from there on.",
          next,
          "Leave out INTO and read the result, or write a subquery where the value is needed.");
    }
    // Both are reserved; the parser takes them for the alias of the table before.
    if (!afterDot && token.isWord("PROCEDURE")) {
      return refuse(
          "procedure-clause", "PROCEDURE in a query is not understood.", token, "Leave it out.");
    }
    if (!afterDot && token.isWord("PARTITION") && next != null && next.isMark("(")) {
      return refuse(
          "partition-clause",
          "The choice of a partition is not understood.",
          token,
          "Leave it out, or filter by the partitioning column.");
    }
    return null;
  }

  private @Nullable Refusal duckdbWord(GateToken token, int index) {
    GateToken next = index + 1 < tokens.size() ? tokens.get(index + 1) : null;
    if (next == null) {
      return null;
    }
    boolean statement =
        index > 0
            && tokens.get(index - 1).isMark("(")
            && STATEMENTS_IN_BRACKETS.contains(token.meaning())
            && (next.maybeName() || next.isMark("("));
    return statement
        ? refuse(
            "statement-in-brackets",
            token.text() + " inside a query is not understood.",
            token,
            "Use a SELECT.")
        : null;
  }

  /// SQLite takes `'t'.c` and `FROM 't'` for names. To the parser the former is a field of a
  /// constant.
  private @Nullable Refusal string(GateToken token, int index) {
    boolean dotted =
        (index > 0 && tokens.get(index - 1).isMark("."))
            || (index + 1 < tokens.size() && tokens.get(index + 1).isMark("."));
    boolean table =
        dialect == Dialect.SQLITE
            && index > 0
            && tokens.get(index - 1).kind() == TokenKind.WORD
            && BEFORE_TABLE.contains(tokens.get(index - 1).meaning());
    return dotted || table
        ? refuse(
            "string-as-name",
            "A string stands where a name is expected.",
            token,
            "Use double quotes for names.")
        : null;
  }

  private @Nullable Refusal punctuation(GateToken token, int index) {
    if (token.text().equals("{") && dialect != Dialect.DUCKDB) {
      return refuse(
          "escape-braces",
          "Braces are read by drivers and servers in different ways.",
          token,
          "Write the call or literal without braces.");
    }
    if (token.text().equals(":")
        && !sliceOrEntry(index)
        && !Shorthands.jsonEntry(tokens, index, dialect)
        && !(dialect == Dialect.DUCKDB
            && (lambda(index) || NamesFirst.marks(tokens, NamesFirst.DUCKDB).contains(index)))) {
      return refuse(
          "colon",
          "A colon here is read in different ways.",
          token,
          "Give both ends of an array slice, or use CAST.");
    }
    return null;
  }

  /// Between the two bounds of a slice, or after a key in braces.
  private boolean sliceOrEntry(int index) {
    boolean inside = !brackets.isEmpty() && brackets.charAt(brackets.length() - 1) != '(';
    return inside
        && index > 0
        && !tokens.get(index - 1).isMark("[")
        && !tokens.get(index - 1).isMark("{");
  }

  /// After the parameters of `lambda x, y:`.
  private boolean lambda(int colon) {
    int at = colon - 1;
    while (at > 1 && tokens.get(at).maybeName() && tokens.get(at - 1).isMark(",")) {
      at -= 2;
    }
    return at > 1 && LentLambdas.begins(tokens, at - 1) == colon;
  }

  private static Refusal refuse(String code, String message, GateToken token, String wayOut) {
    return new Refusal(code, message, token.origin(), wayOut);
  }
}
