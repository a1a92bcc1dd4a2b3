package dev.sluice.governance.sql.internal;

import dev.sluice.governance.sql.AsciiCase;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the tokens of one statement from left to right.
final class StatementCursor {
  private final StatementText statement;
  private final List<Token> tokens;
  private final Dialect dialect;
  private int at;

  StatementCursor(StatementText statement, List<Token> tokens, Dialect dialect) {
    this.statement = statement;
    this.tokens = tokens;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  boolean is(Dialect... dialects) {
    for (Dialect one : dialects) {
      if (dialect == one) {
        return true;
      }
    }
    return false;
  }

  List<Token> tokens() {
    return tokens;
  }

  String text() {
    return statement.text();
  }

  int position() {
    return at;
  }

  void position(int index) {
    at = index;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  @Nullable Token peek() {
    return at < tokens.size() ? tokens.get(at) : null;
  }

  /// The upper-case word at an absolute index, or an empty text when there is no word.
  String wordAt(int index) {
    return index >= 0 && index < tokens.size() && tokens.get(index).kind() == TokenKind.WORD
        ? AsciiCase.upper(tokens.get(index).text())
        : "";
  }

  /// The upper-case word here, or an empty text.
  String word() {
    return wordAt(at);
  }

  boolean accept(String word) {
    if (word().equals(word)) {
      at++;
      return true;
    }
    return false;
  }

  /// All of these words in this order, or none.
  boolean acceptAll(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!wordAt(at + i).equals(words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  boolean acceptAny(String... words) {
    for (String word : words) {
      if (accept(word)) {
        return true;
      }
    }
    return false;
  }

  boolean markAt(int index, String mark) {
    return index < tokens.size()
        && (tokens.get(index).isPunctuation(mark) || tokens.get(index).isOperator(mark));
  }

  boolean acceptMark(String mark) {
    if (markAt(at, mark)) {
      at++;
      return true;
    }
    return false;
  }

  boolean acceptKind(TokenKind kind) {
    Token token = peek();
    if (token != null && token.kind() == kind) {
      at++;
      return true;
    }
    return false;
  }

  /// A dotted name as the engine folds it, or nothing when none stands here.
  Optional<String> name() {
    List<String> parts = new ArrayList<>();
    int from = at;
    do {
      Token token = peek();
      if (token == null
          || (token.kind() != TokenKind.WORD && token.kind() != TokenKind.QUOTED_NAME)) {
        at = from;
        return Optional.empty();
      }
      parts.add(token.kind() == TokenKind.WORD ? AsciiCase.lower(token.text()) : token.value());
      at++;
    } while (acceptMark("."));
    return Optional.of(String.join(".", parts));
  }

  /// Names with commas between, as far as they go.
  List<String> names() {
    List<String> names = new ArrayList<>();
    do {
      acceptAny("ONLY");
      Optional<String> name = name();
      if (name.isEmpty()) {
        return names;
      }
      names.add(name.get());
      acceptMark("*");
    } while (acceptMark(","));
    return names;
  }

  /// Goes past the bracket that closes the one here. False when there is none.
  boolean skipBrackets() {
    if (!markAt(at, "(")) {
      return false;
    }
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      if (markAt(i, "(")) {
        depth++;
      } else if (markAt(i, ")")) {
        depth--;
        if (depth == 0) {
          at = i + 1;
          return true;
        }
      }
    }
    return false;
  }

  /// The first index from here on, outside brackets, whose word is one of these, or -1.
  int findOutsideBrackets(String... words) {
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      if (markAt(i, "(")) {
        depth++;
      } else if (markAt(i, ")")) {
        depth--;
      } else if (depth == 0) {
        for (String word : words) {
          if (wordAt(i).equals(word)) {
            return i;
          }
        }
      }
    }
    return -1;
  }

  boolean anyWord(String... words) {
    for (int i = at; i < tokens.size(); i++) {
      for (String word : words) {
        if (wordAt(i).equals(word)) {
          return true;
        }
      }
    }
    return false;
  }

  /// The statement text from one token to another.
  StatementText slice(int from, int to) {
    int start = tokens.get(from).start();
    int end = tokens.get(to - 1).end();
    return new StatementText(
        statement.text().substring(start, end), new dev.sluice.governance.sql.Span(start, end));
  }
}
