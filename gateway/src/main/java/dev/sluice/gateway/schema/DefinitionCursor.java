package dev.sluice.gateway.schema;

import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Lexer;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Walks the tokens of one CREATE statement.
final class DefinitionCursor {

  private static final Set<String> CONSTRAINTS =
      Set.of(
          "CONSTRAINT",
          "PRIMARY",
          "FOREIGN",
          "UNIQUE",
          "CHECK",
          "EXCLUDE",
          "KEY",
          "INDEX",
          "LIKE",
          "FULLTEXT",
          "SPATIAL",
          "PERIOD");

  private static final Set<String> AFTER_TYPE =
      Set.of(
          "NOT",
          "NULL",
          "DEFAULT",
          "PRIMARY",
          "UNIQUE",
          "CHECK",
          "REFERENCES",
          "CONSTRAINT",
          "COLLATE",
          "GENERATED",
          "COMMENT",
          "AUTO_INCREMENT",
          "AUTOINCREMENT",
          "AS",
          "STORAGE");

  private final String text;
  private final List<Token> tokens;
  private int at;

  DefinitionCursor(String text, Dialect dialect) {
    this.text = text;
    this.tokens = Lexer.lex(text, dialect).significant();
  }

  String text() {
    return text;
  }

  boolean take(String word) {
    if (at < tokens.size() && tokens.get(at).isWord(word)) {
      at++;
      return true;
    }
    return false;
  }

  /// Takes as many of the words as follow; whether at least one did.
  boolean takeAny(String... words) {
    boolean taken = false;
    boolean more = true;
    while (more) {
      more = false;
      for (String word : words) {
        more |= take(word);
      }
      taken |= more;
    }
    return taken;
  }

  boolean takeComma() {
    boolean comma = at < tokens.size() && tokens.get(at).isPunctuation(",");
    at += comma ? 1 : 0;
    return comma;
  }

  boolean takeAll(String... words) {
    int start = at;
    for (String word : words) {
      if (!take(word)) {
        at = start;
        return false;
      }
    }
    return true;
  }

  /// A relation's name: `name`, `schema.name` or `database.schema.name`.
  Optional<TableRef> name(String defaultSchema, UnaryOperator<String> fold) {
    List<String> parts = new ArrayList<>();
    while (at < tokens.size() && isName(tokens.get(at))) {
      parts.add(spelled(tokens.get(at), fold));
      at++;
      if (at >= tokens.size() || !tokens.get(at).isPunctuation(".")) {
        break;
      }
      at++;
    }
    return switch (parts.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new TableRef(defaultSchema, parts.getFirst()));
      default -> Optional.of(new TableRef(parts.get(parts.size() - 2), parts.getLast()));
    };
  }

  private static boolean isName(Token token) {
    return token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
  }

  private static String spelled(Token token, UnaryOperator<String> fold) {
    return token.kind() == TokenKind.WORD ? fold.apply(token.text()) : token.value();
  }

  /// The items of the parenthesised list that comes next; empty when there is none.
  Optional<List<Item>> items() {
    if (at >= tokens.size() || !tokens.get(at).isPunctuation("(")) {
      return Optional.empty();
    }
    List<Item> items = new ArrayList<>();
    List<Token> item = new ArrayList<>();
    int depth = 0;
    for (at++; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (depth == 0 && (token.isPunctuation(",") || token.isPunctuation(")"))) {
        if (!item.isEmpty()) {
          items.add(new Item(List.copyOf(item)));
        }
        item.clear();
        if (token.isPunctuation(")")) {
          at++;
          return Optional.of(items);
        }
        continue;
      }
      depth += token.isPunctuation("(") ? 1 : token.isPunctuation(")") ? -1 : 0;
      item.add(token);
    }
    return Optional.empty();
  }

  /// What is left, cut at the commas outside of parentheses.
  List<Item> rest() {
    List<Item> items = new ArrayList<>();
    List<Token> item = new ArrayList<>();
    int depth = 0;
    for (; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (depth == 0 && token.isPunctuation(",")) {
        items.add(new Item(List.copyOf(item)));
        item.clear();
        continue;
      }
      depth += token.isPunctuation("(") ? 1 : token.isPunctuation(")") ? -1 : 0;
      item.add(token);
    }
    items.add(new Item(List.copyOf(item)));
    return items.stream().filter(each -> !each.isEmpty()).toList();
  }

  /// A column, a constraint, or an action of ALTER.
  record Item(List<Token> tokens) {

    boolean isEmpty() {
      return tokens.isEmpty();
    }

    boolean starts(String word) {
      return !tokens.isEmpty() && tokens.getFirst().isWord(word);
    }

    Item after(int count) {
      return new Item(tokens.subList(Math.min(count, tokens.size()), tokens.size()));
    }

    /// Without these words, if it begins with all of them.
    Item skip(String... words) {
      for (int index = 0; index < words.length; index++) {
        if (index >= tokens.size() || !tokens.get(index).isWord(words[index])) {
          return this;
        }
      }
      return after(words.length);
    }

    Optional<String> onlyName(UnaryOperator<String> fold) {
      return tokens.size() == 1 && DefinitionCursor.isName(tokens.getFirst())
          ? Optional.of(name(fold))
          : Optional.empty();
    }

    boolean isConstraint() {
      Token first = tokens.getFirst();
      return first.kind() == TokenKind.WORD
          && CONSTRAINTS.stream().anyMatch(first::isWord)
          && tokens.size() > 1
          && !(tokens.size() == 2 && tokens.get(1).kind() == TokenKind.WORD);
    }

    String name(UnaryOperator<String> fold) {
      return spelled(tokens.getFirst(), fold);
    }

    String type() {
      return tokens.stream()
          .skip(1)
          .takeWhile(token -> AFTER_TYPE.stream().noneMatch(token::isWord))
          .map(Token::text)
          .collect(Collectors.joining(" "))
          .replace(" ( ", "(")
          .replace(" )", ")")
          .replace(" , ", ",");
    }

    boolean has(String first, String second) {
      for (int index = 0; index + 1 < tokens.size(); index++) {
        if (tokens.get(index).isWord(first) && tokens.get(index + 1).isWord(second)) {
          return true;
        }
      }
      return false;
    }
  }
}
