package dev.sluice.app.editor;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a name in a statement stands for. Only for showing.
sealed interface NameAt {

  /// What is said about it while the mouse rests on it.
  String words();

  /// A table or view.
  record Table(Relation relation) implements NameAt {
    @Override
    public String words() {
      String columns =
          relation.columns().stream()
              .limit(30)
              .map(column -> column.name() + "  " + column.type())
              .collect(Collectors.joining("\n"));
      String comment = relation.comment().isEmpty() ? "" : "\n" + relation.comment();
      return relation.ref().dotted() + comment + "\n" + columns;
    }
  }

  /// A column of a table.
  ///
  /// @param masked shown masked to me
  record Column(Relation relation, CatalogColumn column, boolean masked) implements NameAt {
    @Override
    public String words() {
      StringBuilder text =
          new StringBuilder(relation.ref().dotted() + "." + column.name() + "  " + column.type());
      if (!column.nullable()) {
        text.append("  NOT NULL");
      }
      if (relation.primaryKey().contains(column.name())) {
        text.append("  PRIMARY KEY");
      }
      for (ForeignKey key : relation.foreignKeys()) {
        int at = key.columns().indexOf(column.name());
        if (at >= 0) {
          text.append("\n→ ").append(key.target().dotted()).append('.');
          text.append(key.targetColumns().get(at));
        }
      }
      if (!column.comment().isEmpty()) {
        text.append('\n').append(column.comment());
      }
      return text.toString();
    }
  }

  /// A common table expression or derived table of the same statement.
  ///
  /// @param offset where it is named
  record InStatement(String name, List<String> columns, int offset) implements NameAt {
    @Override
    public String words() {
      return name + "\n" + String.join("\n", columns);
    }
  }

  static Optional<NameAt> find(ScriptReading reading, int offset, CompletionIndex index) {
    int statement = reading.indexAt(offset);
    if (statement < 0) {
      return Optional.empty();
    }
    var span = reading.statements().get(statement).span();
    List<Token> tokens =
        reading.tokens().stream()
            .filter(token -> token.kind().significant())
            .filter(token -> token.start() >= span.start() && token.end() <= span.end())
            .toList();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean name = token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
      if (name && token.start() <= offset && offset <= token.end()) {
        Optional<NameAt> found = at(tokens, i, index);
        if (found.isPresent() || offset < token.end()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<NameAt> at(List<Token> tokens, int at, CompletionIndex index) {
    StatementScope scope = StatementScope.of(tokens, index.catalog());
    String name = tokens.get(at).value();
    boolean qualified = at >= 2 && tokens.get(at - 1).text().equals(".");
    if (qualified) {
      String qualifier = tokens.get(at - 2).value();
      Optional<StatementScope.Source> source = scope.named(qualifier);
      return source.isPresent()
          ? column(source.get(), name, index)
          : scope.find(qualifier, name).map(Table::new);
    }
    Optional<StatementScope.Source> source = scope.named(name);
    if (source.isPresent()) {
      StatementScope.Source found = source.get();
      return found.table().isPresent()
          ? found.table().map(Table::new)
          : Optional.of(new InStatement(found.name(), found.columns(), definition(tokens, name)));
    }
    if (scope.expressions().contains(name)) {
      return Optional.of(new InStatement(name, List.of(), definition(tokens, name)));
    }
    Optional<NameAt> table = scope.find("", name).map(Table::new);
    if (table.isPresent() && at > 0 && isBeforeTable(tokens.get(at - 1))) {
      return table;
    }
    for (StatementScope.Source each : scope.sources()) {
      Optional<NameAt> column = column(each, name, index);
      if (column.isPresent()) {
        return column;
      }
    }
    return table;
  }

  private static boolean isBeforeTable(Token token) {
    return token.isWord("from")
        || token.isWord("join")
        || token.isWord("into")
        || token.isWord("update");
  }

  private static Optional<NameAt> column(
      StatementScope.Source source, String name, CompletionIndex index) {
    return source
        .table()
        .flatMap(
            relation ->
                relation.columns().stream()
                    .filter(column -> column.name().equalsIgnoreCase(name))
                    .findFirst()
                    .map(
                        column ->
                            new Column(relation, column, index.isMasked(relation, column.name()))));
  }

  /// Where a name of this statement is given: before `AS (`, else where it first stands.
  private static int definition(List<Token> tokens, String name) {
    int first = -1;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).value().equalsIgnoreCase(name)) {
        first = first < 0 ? tokens.get(i).start() : first;
        if (i + 2 < tokens.size()
            && tokens.get(i + 1).isWord("as")
            && tokens.get(i + 2).text().equals("(")) {
          return tokens.get(i).start();
        }
      }
    }
    return Math.max(first, 0);
  }
}
