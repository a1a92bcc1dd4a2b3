package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Other spellings of the same thing, where the parser knows only one of them or takes one for
/// something else.
final class Spellings {
  /// PostgreSQL types that may stand before a string: `point '(1,2)'` is `'(1,2)'::point`. DATE,
  /// TIME, TIMESTAMP and INTERVAL are left alone, the parser knows them.
  private static final Set<String> LITERAL_TYPES =
      Recogniser.words(
          """
          BOOL BOOLEAN TEXT NAME JSON JSONB UUID XML BYTEA INET CIDR MACADDR MACADDR8 BOX POINT
          POLYGON CIRCLE LINE LSEG PATH INT4RANGE INT8RANGE NUMRANGE DATERANGE TSRANGE TSTZRANGE
          INT4MULTIRANGE INT8MULTIRANGE NUMMULTIRANGE DATEMULTIRANGE TSMULTIRANGE TSTZMULTIRANGE
          INT2 INT4 INT8 SMALLINT INTEGER BIGINT FLOAT4 FLOAT8 REAL NUMERIC MONEY OID REGCLASS
          REGTYPE REGPROC TSVECTOR TSQUERY BPCHAR VARCHAR PG_LSN TIMETZ TIMESTAMPTZ
          """);

  private static final Set<String> COMPARES =
      Set.of("=", "<>", "<", ">", "<=", ">=", "AND", "OR", "NOT", "IS", "IN", "LIKE", "BETWEEN");

  private static final Set<String> IS_PREDICATES =
      Set.of("NULL", "TRUE", "FALSE", "DISTINCT", "NOT");

  private Spellings() {}

  static List<GateToken> rewrite(
      List<GateToken> tokens, Dialect dialect, LexicalModes modes, Literals literals) {
    return switch (dialect) {
      case POSTGRESQL ->
          castOperands(AbsoluteValues.rewrite(limitFirst(nullTests(typedLiterals(tokens)))));
      case MYSQL, MARIADB -> castOperands(mysql(tokens, modes, literals));
      case SQLITE -> castOperands(sameness(notNull(nullTests(renamed(tokens, Map.of("==", "="))))));
      case DUCKDB ->
          castOperands(
              AbsoluteValues.rewrite(
                  limitFirst(nullTests(renamed(tokens, Map.of("==", "=", "**", "^"))))));
      case SQLSERVER -> castOperands(renamed(tokens, Map.of("!<", ">=", "!>", "<=")));
      case TRINO, ANSI -> castOperands(tokens);
    };
  }

  private static List<GateToken> typedLiterals(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      GateToken type = tokens.get(i);
      boolean literal =
          type.kind() == TokenKind.WORD
              && LITERAL_TYPES.contains(type.meaning())
              && i + 1 < tokens.size()
              && tokens.get(i + 1).kind() == TokenKind.STRING
              && (i == 0 || (!tokens.get(i - 1).isMark(".") && !tokens.get(i - 1).isWord("AS")))
              && !(type.isWord("PATH") && i > 0 && endsOperand(tokens.get(i - 1)));
      if (literal) {
        result.add(tokens.get(i + 1));
        result.add(GateToken.mark(TokenKind.OPERATOR, "::", type.origin()));
        result.add(type);
        i++;
      } else {
        result.add(type);
      }
    }
    return result;
  }

  /// Operators that are only another name for one that the parser knows.
  private static List<GateToken> renamed(List<GateToken> tokens, Map<String, String> names) {
    List<GateToken> result = new ArrayList<>(tokens);
    result.replaceAll(
        token ->
            token.kind() == TokenKind.OPERATOR && names.containsKey(token.text())
                ? GateToken.mark(
                    TokenKind.OPERATOR, names.getOrDefault(token.text(), ""), token.origin())
                : token);
    return result;
  }

  /// `x ISNULL` is `x IS NULL`, `x NOTNULL` is `x IS NOT NULL`, at the same precedence.
  private static List<GateToken> nullTests(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      boolean postfix = i > 0 && endsOperand(tokens.get(i - 1)) && !markAt(tokens, i + 1, "(");
      boolean notNull = token.isWord("NOTNULL");
      if (postfix && (notNull || token.isWord("ISNULL"))) {
        result.add(GateToken.word("IS", token.origin()));
        if (notNull) {
          result.add(GateToken.word("NOT", token.origin()));
        }
        result.add(GateToken.word("NULL", token.origin()));
      } else {
        result.add(token);
      }
    }
    return result;
  }

  /// SQLite: `x NOT NULL` is `x IS NOT NULL`.
  private static List<GateToken> notNull(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      boolean postfix =
          i > 0 && endsOperand(tokens.get(i - 1)) && GateTokens.at(tokens, i, "NOT", "NULL");
      if (postfix) {
        result.add(GateToken.word("IS", tokens.get(i).origin()));
      }
      result.add(tokens.get(i));
    }
    return result;
  }

  /// SQLite: `a IS b` is `a IS NOT DISTINCT FROM b`, `a IS NOT b` is `a IS DISTINCT FROM b`.
  private static List<GateToken> sameness(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      result.add(token);
      boolean negated = i + 1 < tokens.size() && tokens.get(i + 1).isWord("NOT");
      int operand = i + (negated ? 2 : 1);
      boolean general =
          token.isWord("IS")
              && operand < tokens.size()
              && !(tokens.get(operand).kind() == TokenKind.WORD
                  && IS_PREDICATES.contains(tokens.get(operand).meaning()));
      if (general) {
        if (!negated) {
          result.add(GateToken.word("NOT", token.origin()));
        }
        result.add(GateToken.word("DISTINCT", token.origin()));
        result.add(GateToken.word("FROM", token.origin()));
        i = operand - 1;
      }
    }
    return result;
  }

  /// These engines take `OFFSET n LIMIT m` in either order; the parser prints LIMIT first.
  private static List<GateToken> limitFirst(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = 0; i + 3 < result.size(); i++) {
      boolean swapped =
          result.get(i).isWord("OFFSET")
              && oneValue(result.get(i + 1))
              && result.get(i + 2).isWord("LIMIT")
              && oneValue(result.get(i + 3))
              && (i + 4 == result.size() || result.get(i + 4).isMark(")"));
      if (swapped) {
        Collections.rotate(result.subList(i, i + 4), 2);
      }
    }
    return result;
  }

  private static boolean oneValue(GateToken token) {
    return token.kind() == TokenKind.NUMBER || token.kind() == TokenKind.PARAMETER;
  }

  static boolean markAt(List<GateToken> tokens, int at, String mark) {
    return at < tokens.size() && tokens.get(at).isMark(mark);
  }

  /// `||` means OR unless the server mode says otherwise, and `&&` means AND, each with the same
  /// precedence as the word; infix MOD is `%`; neighbouring strings are one string.
  private static List<GateToken> mysql(
      List<GateToken> tokens, LexicalModes modes, Literals literals) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (GateToken token : tokens) {
      GateToken before = result.isEmpty() ? null : result.getLast();
      if (token.isMark("||") && !modes.pipesAsConcat()) {
        result.add(GateToken.word("OR", token.origin()));
      } else if (token.isMark("&&")) {
        result.add(GateToken.word("AND", token.origin()));
      } else if (token.isWord("MOD") && before != null && endsOperand(before)) {
        result.add(GateToken.mark(TokenKind.OPERATOR, "%", token.origin()));
      } else if (before != null
          && before.kind() == TokenKind.STRING
          && token.kind() == TokenKind.STRING
          && !before.meaning().startsWith("X")
          && !before.meaning().startsWith("B")
          && token.meaning().startsWith("'")) {
        result.set(result.size() - 1, joined(before, token));
      } else {
        result.add(token);
      }
    }
    return result;
  }

  private static GateToken joined(GateToken first, GateToken second) {
    String text = first.text().substring(0, first.text().length() - 1) + second.text().substring(1);
    String meaning = first.meaning() + second.meaning().substring(1);
    Span span = new Span(first.origin().start(), second.origin().end());
    return new GateToken(TokenKind.STRING, text, meaning, span);
  }

  static boolean endsOperand(GateToken token) {
    return token.kind() == TokenKind.NUMBER
        || token.kind() == TokenKind.STRING
        || token.kind() == TokenKind.QUOTED_NAME
        || token.kind() == TokenKind.PARAMETER
        || token.kind() == TokenKind.VARIABLE
        || token.isMark(")")
        || (token.kind() == TokenKind.WORD && !Keywords.beginsOperand(token.meaning()));
  }

  /// `CAST(a = b AS t)` gets brackets around the operand: the parser reads no comparison there.
  private static List<GateToken> castOperands(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    List<Integer> closeBefore = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      if (!closeBefore.isEmpty() && closeBefore.getLast() == i) {
        closeBefore.removeLast();
        result.add(GateToken.mark(TokenKind.PUNCTUATION, ")", token.origin()));
      }
      result.add(token);
      boolean cast =
          token.isMark("(")
              && i > 0
              && (tokens.get(i - 1).isWord("CAST") || tokens.get(i - 1).isWord("TRY_CAST"));
      int as = cast ? castAs(tokens, i) : -1;
      if (as > 0) {
        result.add(GateToken.mark(TokenKind.PUNCTUATION, "(", token.origin()));
        closeBefore.add(as);
      }
    }
    return result;
  }

  /// The AS of this cast, if there is a comparison or a logical word before it.
  private static int castAs(List<GateToken> tokens, int open) {
    int depth = 0;
    int cases = 0;
    boolean compares = false;
    for (int i = open + 1; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      if (token.isMark("(")) {
        depth++;
      } else if (token.isMark(")")) {
        depth--;
        if (depth < 0) {
          return -1;
        }
      } else if (token.isWord("CASE")) {
        cases++;
      } else if (token.isWord("END")) {
        cases--;
      } else if (depth == 0 && token.isWord("AS")) {
        return compares ? i : -1;
      } else if (depth == 0
          && cases == 0
          && (token.kind() == TokenKind.WORD || token.kind() == TokenKind.OPERATOR)) {
        compares |= COMPARES.contains(AsciiCase.upper(token.meaning()));
      }
    }
    return -1;
  }
}
