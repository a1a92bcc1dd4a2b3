package dev.sluice.app.editor;

import dev.sluice.app.shell.SqlText;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The placeholders of a statement (`:name`, `?`, `$1`) and the values a person gives them. A value
/// takes the place of its placeholder as a literal before anything is decided: what is decided,
/// recorded, approved and run is one text with its values in it.
public final class Parameters {

  /// How a value is written into the statement.
  public enum Kind {
    TEXT,
    NUMBER,
    DATE,
    TIMESTAMP,
    BOOLEAN,
    NULL
  }

  /// @param value as typed
  public record Value(Kind kind, String value) {
    public static final Value EMPTY = new Value(Kind.TEXT, "");
  }

  /// What came of filling a statement in.
  ///
  /// @param text the statement with its values; empty when some are missing or cannot be
  /// @param wrong names whose value is not of its kind
  public record Filled(Optional<StatementText> text, List<String> wrong) {
    public Filled {
      wrong = List.copyOf(wrong);
    }
  }

  /// Engines whose own placeholder is `?` alone.
  private static final Set<Dialect> NAMELESS =
      Set.of(Dialect.MYSQL, Dialect.MARIADB, Dialect.DUCKDB, Dialect.TRINO, Dialect.SQLSERVER);

  private Parameters() {}

  /// The names in a statement, in order, each once; `?` are numbered from 1.
  public static List<String> names(String statement, Dialect dialect) {
    Set<String> names = new LinkedHashSet<>();
    int number = 0;
    for (Token token : tokens(statement, dialect)) {
      if (token.kind() == TokenKind.PARAMETER) {
        number++;
        names.add(name(token, number));
      }
    }
    return List.copyOf(names);
  }

  /// The core's tokens; where the engine itself has no `:name`, it is read as one here too, unless
  /// the colon could belong to what stands before it.
  private static List<Token> tokens(String text, Dialect dialect) {
    List<Token> raw = Highlighter.tokens(text, dialect);
    if (!NAMELESS.contains(dialect)) {
      return raw;
    }
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      Token token = raw.get(i);
      boolean named =
          token.text().equals(":")
              && i + 1 < raw.size()
              && raw.get(i + 1).kind() == TokenKind.WORD
              && (i == 0 || isGap(raw.get(i - 1)));
      if (named) {
        Token word = raw.get(i + 1);
        String whole = ":" + word.text();
        tokens.add(new Token(TokenKind.PARAMETER, whole, token.start(), word.end(), whole));
        i++;
      } else {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static boolean isGap(Token token) {
    return !token.kind().significant()
        || token.kind() == TokenKind.OPERATOR
        || token.text().equals("(")
        || token.text().equals(",");
  }

  private static String name(Token token, int number) {
    String text = token.text();
    return text.equals("?") ? String.valueOf(number) : text.substring(1);
  }

  /// Puts the values in. Nothing but the placeholders changes: this is checked with the core's own
  /// lexer, and the statement is refused when it is not so.
  public static Filled fill(StatementText statement, Dialect dialect, Map<String, Value> values) {
    List<Token> tokens = tokens(statement.text(), dialect);
    StringBuilder text = new StringBuilder();
    List<String> wrong = new ArrayList<>();
    int number = 0;
    int filled = 0;
    for (Token token : tokens) {
      if (token.kind() != TokenKind.PARAMETER) {
        text.append(token.text());
        continue;
      }
      number++;
      filled++;
      String name = name(token, number);
      Optional<String> literal = literal(values.getOrDefault(name, Value.EMPTY), dialect);
      if (literal.isEmpty()) {
        wrong.add(name);
      } else {
        text.append(literal.get());
      }
    }
    if (filled == 0) {
      return new Filled(Optional.of(statement), List.of());
    }
    if (!wrong.isEmpty()) {
      return new Filled(Optional.empty(), wrong.stream().distinct().toList());
    }
    String done = text.toString();
    return sameBut(tokens, Highlighter.tokens(done, dialect))
        ? new Filled(Optional.of(StatementText.of(done)), List.of())
        : new Filled(Optional.empty(), names(statement.text(), dialect));
  }

  /// Whether the texts differ only in that each placeholder has become a literal: one string, one
  /// word, or a number with its sign.
  private static boolean sameBut(List<Token> before, List<Token> after) {
    List<Token> one = before.stream().filter(token -> token.kind().significant()).toList();
    List<Token> other = after.stream().filter(token -> token.kind().significant()).toList();
    int at = 0;
    for (Token token : one) {
      if (at >= other.size()) {
        return false;
      }
      if (token.kind() != TokenKind.PARAMETER) {
        if (!token.text().equals(other.get(at).text())) {
          return false;
        }
        at++;
        continue;
      }
      if (other.get(at).text().equals("(")) {
        at = other.get(at + 1).text().equals("-") ? at + 4 : at + 3;
      } else {
        TokenKind kind = other.get(at).kind();
        if (kind != TokenKind.STRING && kind != TokenKind.NUMBER && kind != TokenKind.WORD) {
          return false;
        }
        boolean typed =
            Stream.of("date", "timestamp").anyMatch(other.get(at)::isWord)
                && at + 1 < other.size()
                && other.get(at + 1).kind() == TokenKind.STRING;
        at += typed ? 2 : 1;
      }
    }
    return at == other.size();
  }

  private static Optional<String> literal(Value value, Dialect dialect) {
    String typed = value.value();
    return switch (value.kind()) {
      case NULL -> Optional.of("NULL");
      case TEXT -> Optional.of(SqlText.text(typed, dialect));
      case BOOLEAN ->
          Optional.of(typed.strip().toUpperCase(java.util.Locale.ROOT))
              .filter(word -> word.equals("TRUE") || word.equals("FALSE"));
      case NUMBER ->
          Optional.of(typed.strip())
              .filter(number -> number.matches("-?[0-9]{1,200}(\\.[0-9]{1,200})?"))
              .map(number -> number.startsWith("-") ? "(" + number + ")" : number);
      case DATE ->
          parsed(() -> LocalDate.parse(typed.strip()).toString())
              .map(date -> (isSqlite(dialect) ? "" : "DATE ") + "'" + date + "'");
      case TIMESTAMP ->
          parsed(() -> LocalDateTime.parse(typed.strip().replace(' ', 'T')).toString())
              .map(
                  at -> (isSqlite(dialect) ? "" : "TIMESTAMP ") + "'" + at.replace('T', ' ') + "'");
    };
  }

  private static boolean isSqlite(Dialect dialect) {
    return dialect == Dialect.SQLITE;
  }

  private static Optional<String> parsed(java.util.function.Supplier<String> parse) {
    try {
      return Optional.of(parse.get());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
