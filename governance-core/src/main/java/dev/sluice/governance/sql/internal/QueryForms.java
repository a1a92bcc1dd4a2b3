package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Queries that do not begin with SELECT.
final class QueryForms {
  private static final Set<String> SET_OPERATORS = Set.of("UNION", "INTERSECT", "EXCEPT");

  private static final Set<String> AFTER_FROM =
      Set.of(
          "WHERE",
          "GROUP",
          "HAVING",
          "QUALIFY",
          "WINDOW",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "USING");

  private static final Set<String> AFTER_TABLE =
      Set.of(
          "WHERE",
          "GROUP",
          "ORDER",
          "LIMIT",
          "OFFSET",
          "FETCH",
          "FOR",
          "AS",
          "JOIN",
          "LEFT",
          "RIGHT",
          "FULL",
          "INNER",
          "CROSS",
          "NATURAL",
          "UNION",
          "INTERSECT",
          "EXCEPT",
          "HAVING",
          "WINDOW",
          "SET",
          "RETURNING",
          "");

  private QueryForms() {}

  static List<GateToken> rewrite(List<GateToken> tokens, Dialect dialect) {
    List<GateToken> result = withoutAll(tokens);
    if (dialect == Dialect.POSTGRESQL
        || dialect == Dialect.MYSQL
        || dialect == Dialect.DUCKDB
        || dialect == Dialect.TRINO) {
      result = tableCommand(result);
    }
    if (dialect == Dialect.POSTGRESQL) {
      result = withoutInheritanceStar(result);
    }
    return dialect == Dialect.DUCKDB ? fromFirst(result) : result;
  }

  /// `SELECT ALL` is what SELECT means anyway.
  private static List<GateToken> withoutAll(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      boolean all = i > 0 && tokens.get(i).isWord("ALL") && tokens.get(i - 1).isWord("SELECT");
      if (!all) {
        result.add(tokens.get(i));
      }
    }
    return result;
  }

  /// `TABLE x` is `SELECT * FROM x` by definition. TABLE is reserved in these engines, so where a
  /// query may begin it can be nothing else.
  private static List<GateToken> tableCommand(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size() + 4);
    for (int i = 0; i < tokens.size(); i++) {
      GateToken token = tokens.get(i);
      boolean command =
          token.isWord("TABLE")
              && i + 1 < tokens.size()
              && tokens.get(i + 1).maybeName()
              && queryMayBegin(tokens, i);
      if (command) {
        result.add(GateToken.word("SELECT", token.origin()));
        result.add(GateToken.mark(TokenKind.OPERATOR, "*", token.origin()));
        result.add(GateToken.word("FROM", token.origin()));
      } else {
        result.add(token);
      }
    }
    return result;
  }

  private static boolean queryMayBegin(List<GateToken> tokens, int at) {
    if (at == 0 || tokens.get(at - 1).isMark("(")) {
      return true;
    }
    if (afterSetOperator(tokens, at)) {
      return true;
    }
    GateToken before = tokens.get(at - 1);
    // INSERT INTO x TABLE y, WITH q AS (...) TABLE y
    boolean insert = tokens.getFirst().isWord("INSERT") && at <= 5 && before.maybeName();
    boolean afterList =
        before.isMark(")")
            && (tokens.getFirst().isWord("INSERT") || tokens.getFirst().isWord("WITH"));
    return insert || afterList;
  }

  /// `FROM customers *` asks for the tables that inherit, which is what happens anyway. The star is
  /// dropped only where no operand follows, so it cannot be a product.
  private static List<GateToken> withoutInheritanceStar(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      boolean star =
          tokens.get(i).isMark("*")
              && i > 1
              && tokens.get(i - 1).maybeName()
              && tokenEndsTable(tokens, i + 1)
              && tableBefore(tokens, i - 1);
      if (!star) {
        result.add(tokens.get(i));
      }
    }
    return result;
  }

  private static boolean tokenEndsTable(List<GateToken> tokens, int at) {
    if (at >= tokens.size()) {
      return true;
    }
    GateToken token = tokens.get(at);
    return token.isMark(")")
        || token.isMark(",")
        || (token.kind() == TokenKind.WORD && AFTER_TABLE.contains(token.meaning()));
  }

  private static boolean tableBefore(List<GateToken> tokens, int name) {
    int at = name;
    while (at >= 2 && tokens.get(at - 1).isMark(".") && tokens.get(at - 2).maybeName()) {
      at -= 2;
    }
    GateToken before = tokens.get(Math.max(0, at - 1));
    return before.isWord("FROM") || before.isWord("JOIN");
  }

  /// DuckDB: `FROM x [SELECT y] ...` is `SELECT y FROM x ...`, with a star when there is no list.
  private static List<GateToken> fromFirst(List<GateToken> tokens) {
    List<GateToken> result = new ArrayList<>(tokens);
    for (int i = 0; i < result.size(); i++) {
      boolean begins =
          i == 0
              || result.get(i - 1).isMark("(")
              || afterCommonTables(result, i)
              || afterSetOperator(result, i);
      if (result.get(i).isWord("FROM") && begins && !insideFunction(result, i)) {
        int end = queryEnd(result, i);
        int select = find(result, i, end, Set.of("SELECT"));
        List<GateToken> query = new ArrayList<>();
        if (select < 0) {
          query.add(GateToken.word("SELECT", result.get(i).origin()));
          query.add(GateToken.mark(TokenKind.OPERATOR, "*", result.get(i).origin()));
          query.addAll(result.subList(i, end));
        } else {
          int listEnd = find(result, select, end, AFTER_FROM);
          listEnd = listEnd < 0 ? end : listEnd;
          query.addAll(result.subList(select, listEnd));
          query.addAll(result.subList(i, select));
          query.addAll(result.subList(listEnd, end));
        }
        List<GateToken> changed = new ArrayList<>(result.subList(0, i));
        changed.addAll(query);
        changed.addAll(result.subList(end, result.size()));
        result = changed;
      }
    }
    return result;
  }

  /// Behind the brackets of `WITH q AS (...)`.
  private static boolean afterCommonTables(List<GateToken> tokens, int at) {
    if (!tokens.get(at - 1).isMark(")") || !GateTokens.hasWord(tokens, "WITH")) {
      return false;
    }
    int open = at - 1;
    for (int depth = 0; open >= 0; open--) {
      GateToken token = tokens.get(open);
      depth += GateTokens.closes(token) ? 1 : GateTokens.opens(token) ? -1 : 0;
      if (depth == 0) {
        break;
      }
    }
    return open > 2
        && (tokens.get(open - 1).isWord("AS") || tokens.get(open - 1).isWord("MATERIALIZED"));
  }

  private static boolean afterSetOperator(List<GateToken> tokens, int at) {
    int before = at - 1;
    if (tokens.get(before).isWord("ALL") || tokens.get(before).isWord("DISTINCT")) {
      before--;
    }
    return before >= 0
        && tokens.get(before).kind() == TokenKind.WORD
        && SET_OPERATORS.contains(tokens.get(before).meaning());
  }

  /// `trim(FROM x)` is a call.
  private static boolean insideFunction(List<GateToken> tokens, int at) {
    return at > 1
        && tokens.get(at - 1).isMark("(")
        && tokens.get(at - 2).kind() == TokenKind.WORD
        && !Set.of(
                "AS",
                "FROM",
                "JOIN",
                "IN",
                "EXISTS",
                "ANY",
                "ALL",
                "SOME",
                "LATERAL",
                "AND",
                "OR",
                "NOT",
                "WHERE",
                "SELECT",
                "MATERIALIZED",
                "UNION",
                "EXCEPT",
                "INTERSECT")
            .contains(tokens.get(at - 2).meaning());
  }

  private static int queryEnd(List<GateToken> tokens, int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).isMark("(")) {
        depth++;
      } else if (tokens.get(i).isMark(")")) {
        depth--;
        if (depth < 0) {
          return i;
        }
      } else if (depth == 0
          && tokens.get(i).kind() == TokenKind.WORD
          && Set.of("UNION", "INTERSECT", "EXCEPT").contains(tokens.get(i).meaning())) {
        return i;
      }
    }
    return tokens.size();
  }

  private static int find(List<GateToken> tokens, int from, int to, Set<String> words) {
    int depth = 0;
    for (int i = from + 1; i < to; i++) {
      GateToken token = tokens.get(i);
      depth += token.isMark("(") ? 1 : token.isMark(")") ? -1 : 0;
      if (depth == 0 && token.kind() == TokenKind.WORD && words.contains(token.meaning())) {
        return i;
      }
    }
    return -1;
  }
}
