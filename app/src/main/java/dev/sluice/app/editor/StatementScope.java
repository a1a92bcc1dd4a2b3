package dev.sluice.app.editor;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names that a half-written statement brings into sight: tables with their aliases, common
/// table expressions and derived tables with their columns. Reads tokens, so it works on text that
/// does not parse yet. Only for suggestions.
final class StatementScope {

  private static final Set<String> ENDS_FROM =
      Set.of(
          "where",
          "group",
          "order",
          "having",
          "limit",
          "union",
          "except",
          "intersect",
          "set",
          "returning",
          "window",
          "offset",
          "fetch",
          "values",
          "select");

  private static final Set<String> NOT_ALIAS =
      Set.of(
          "on",
          "using",
          "join",
          "left",
          "right",
          "full",
          "inner",
          "cross",
          "natural",
          "where",
          "group",
          "order",
          "having",
          "limit",
          "union",
          "except",
          "intersect",
          "set",
          "as",
          "values",
          "select",
          "returning",
          "lateral",
          "window",
          "offset",
          "fetch",
          "when",
          "then");

  /// Something with columns under a name.
  ///
  /// @param name how it is called in this statement
  /// @param table the catalog's table, when it is one
  /// @param columns in order
  record Source(String name, Optional<Relation> table, List<String> columns) {}

  private final CatalogSnapshot catalog;
  private final List<Source> sources = new ArrayList<>();
  private final Map<String, List<String>> expressions = new LinkedHashMap<>();

  private StatementScope(CatalogSnapshot catalog) {
    this.catalog = catalog;
  }

  /// @param tokens significant tokens of one statement
  static StatementScope of(List<Token> tokens, CatalogSnapshot catalog) {
    StatementScope scope = new StatementScope(catalog);
    scope.readExpressions(tokens);
    scope.readSources(tokens);
    return scope;
  }

  List<Source> sources() {
    return sources;
  }

  /// Names of common table expressions.
  Set<String> expressions() {
    return expressions.keySet();
  }

  Optional<Source> named(String name) {
    return sources.stream().filter(source -> source.name().equalsIgnoreCase(name)).findFirst();
  }

  private void readExpressions(List<Token> tokens) {
    if (tokens.isEmpty() || !tokens.getFirst().isWord("with")) {
      return;
    }
    int at = 1;
    if (at < tokens.size() && tokens.get(at).isWord("recursive")) {
      at++;
    }
    while (at < tokens.size() && isName(tokens.get(at))) {
      String name = tokens.get(at).value();
      at++;
      List<String> columns = new ArrayList<>();
      if (at < tokens.size() && tokens.get(at).text().equals("(")) {
        int close = closing(tokens, at);
        for (Token token : tokens.subList(at + 1, Math.min(close, tokens.size()))) {
          if (isName(token)) {
            columns.add(token.value());
          }
        }
        at = close + 1;
      }
      while (at < tokens.size() && !tokens.get(at).text().equals("(")) {
        at++;
      }
      if (at >= tokens.size()) {
        return;
      }
      int close = closing(tokens, at);
      if (columns.isEmpty()) {
        columns = outputs(tokens.subList(at + 1, Math.min(close, tokens.size())));
      }
      expressions.put(name, columns);
      at = close + 1;
      if (at >= tokens.size() || !tokens.get(at).text().equals(",")) {
        return;
      }
      at++;
    }
  }

  private void readSources(List<Token> tokens) {
    boolean inFrom = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      String word = token.text().toLowerCase(Locale.ROOT);
      if (word.equals("from")
          || word.equals("join")
          || word.equals("into")
          || word.equals("update")) {
        inFrom = true;
        i = readSource(tokens, i + 1) - 1;
      } else if (inFrom && word.equals(",")) {
        i = readSource(tokens, i + 1) - 1;
      } else if (ENDS_FROM.contains(word)) {
        inFrom = false;
      }
    }
  }

  /// @return the index after what was read
  private int readSource(List<Token> tokens, int from) {
    int at = from;
    if (at < tokens.size() && tokens.get(at).isWord("lateral")) {
      at++;
    }
    if (at >= tokens.size()) {
      return at;
    }
    if (tokens.get(at).text().equals("(")) {
      int close = closing(tokens, at);
      List<Token> inside = tokens.subList(at + 1, Math.min(close, tokens.size()));
      int next = Math.min(close + 1, tokens.size());
      Optional<String> alias = alias(tokens, next);
      alias.ifPresent(name -> sources.add(new Source(name, Optional.empty(), outputs(inside))));
      // Read on inside the parentheses: what is in sight there helps while writing there.
      return at + 1;
    }
    if (!isName(tokens.get(at))) {
      return at;
    }
    String schema = "";
    String name = tokens.get(at).value();
    at++;
    if (at + 1 < tokens.size() && tokens.get(at).text().equals(".") && isName(tokens.get(at + 1))) {
      schema = name;
      name = tokens.get(at + 1).value();
      at += 2;
    }
    Optional<String> alias = alias(tokens, at);
    if (alias.isPresent()) {
      at += tokens.get(at).isWord("as") ? 2 : 1;
    }
    String shown = alias.orElse(name);
    List<String> columns = expressions.get(name);
    if (schema.isEmpty() && columns != null) {
      sources.add(new Source(shown, Optional.empty(), columns));
    } else {
      find(schema, name)
          .ifPresent(
              relation ->
                  sources.add(
                      new Source(
                          shown,
                          Optional.of(relation),
                          relation.columns().stream().map(CatalogColumn::name).toList())));
    }
    return at;
  }

  private static Optional<String> alias(List<Token> tokens, int at) {
    int index = at < tokens.size() && tokens.get(at).isWord("as") ? at + 1 : at;
    if (index < tokens.size()
        && isName(tokens.get(index))
        && !NOT_ALIAS.contains(tokens.get(index).text().toLowerCase(Locale.ROOT))) {
      return Optional.of(tokens.get(index).value());
    }
    return Optional.empty();
  }

  Optional<Relation> find(String schema, String name) {
    List<String> schemas = schema.isEmpty() ? catalog.searchPath() : List.of(schema);
    for (String candidate : schemas) {
      Optional<Relation> exact = catalog.find(new TableRef(candidate, name));
      if (exact.isPresent()) {
        return exact;
      }
      Optional<Relation> folded =
          catalog.find(new TableRef(candidate, name.toLowerCase(Locale.ROOT)));
      if (folded.isPresent()) {
        return folded;
      }
    }
    return Optional.empty();
  }

  /// Names of the columns that a SELECT gives: the last name of each item.
  private List<String> outputs(List<Token> select) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    boolean inList = false;
    String last = "";
    for (Token token : select) {
      String text = token.text().toLowerCase(Locale.ROOT);
      if (text.equals("(")) {
        depth++;
      } else if (text.equals(")")) {
        depth--;
      } else if (depth == 0 && text.equals("select")) {
        inList = true;
        last = "";
      } else if (depth == 0 && inList && (text.equals(",") || text.equals("from"))) {
        if (last.equals("*")) {
          names.addAll(starColumns(select));
        } else if (!last.isEmpty()) {
          names.add(last);
        }
        last = "";
        if (text.equals("from")) {
          break;
        }
      } else if (depth == 0 && (isName(token) || text.equals("*"))) {
        last = token.value();
      }
    }
    if (!last.isEmpty() && !last.equals("*")) {
      names.add(last);
    }
    return names.stream().distinct().toList();
  }

  private List<String> starColumns(List<Token> select) {
    StatementScope inner = new StatementScope(catalog);
    inner.expressions.putAll(expressions);
    inner.readSources(select);
    return inner.sources.stream().flatMap(source -> source.columns().stream()).toList();
  }

  private static boolean isName(Token token) {
    return token.kind() == TokenKind.QUOTED_NAME || token.kind() == TokenKind.WORD;
  }

  private static int closing(List<Token> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (tokens.get(i).text().equals("(")) {
        depth++;
      } else if (tokens.get(i).text().equals(")")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return tokens.size();
  }
}
