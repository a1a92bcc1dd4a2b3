package dev.sluice.app.editor;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Token;
import dev.sluice.governance.sql.TokenKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What may come next at the caret. Pure: same text, same catalog, same suggestions.
final class Completion {

  /// Nobody reads more than this many.
  private static final int LIMIT = 200;

  private static final Set<String> TABLE_CONTEXT =
      Set.of("from", "join", "into", "update", "table");

  /// @param from where the word at the caret begins; suggestions replace from here to the caret
  record Answer(int from, List<Suggestion> suggestions) {
    Answer {
      suggestions = List.copyOf(suggestions);
    }
  }

  private final CatalogSnapshot catalog;
  private final CompletionIndex index;
  private final Dialect dialect;

  Completion(CatalogSnapshot catalog, Set<ColumnRef> masked) {
    this(new CompletionIndex(catalog, masked), Dialect.ANSI);
  }

  Completion(CompletionIndex index, Dialect dialect) {
    this.catalog = index.catalog();
    this.index = index;
    this.dialect = dialect;
  }

  /// @param reading the script
  /// @param caret UTF-16 offset in it
  Answer at(ScriptReading reading, int caret) {
    String text = reading.text();
    int from = caret;
    while (from > 0 && isNamePart(text.charAt(from - 1))) {
      from--;
    }
    String prefix = text.substring(from, caret).toLowerCase(Locale.ROOT);
    int wordStart = from;
    List<Token> before = before(reading, wordStart);
    List<Token> statement = statementTokens(reading, caret);
    StatementScope scope = StatementScope.of(statement, catalog);
    Map<String, Suggestion> found = new LinkedHashMap<>();
    if (!before.isEmpty()
        && before.getLast().text().equals(".")
        && before.getLast().end() == from) {
      qualified(scope, before, prefix, found);
    } else {
      String previous = before.isEmpty() ? "" : before.getLast().text().toLowerCase(Locale.ROOT);
      if (TABLE_CONTEXT.contains(previous)) {
        if (previous.equals("join")) {
          joinTargets(scope, prefix, found);
        }
        tables(scope, prefix, found);
      } else {
        if (before.isEmpty() || before.getLast().kind() == TokenKind.DELIMITER) {
          Snippets.ALL.forEach(snippet -> offer(found, prefix, snippet));
        }
        if (previous.equals("on")) {
          joins(scope, prefix, found);
        }
        columns(scope, prefix, found);
        scope.sources().forEach(source -> offer(found, prefix, alias(source)));
        SqlFunctions.of(dialect)
            .forEach(
                name ->
                    offer(
                        found,
                        prefix,
                        new Suggestion(
                            name + "()", name + "(", "", Suggestion.Kind.FUNCTION, false)));
        if (scope.sources().isEmpty()) {
          everyColumn(prefix, found);
        }
        SqlWords.COMPLETED.forEach(
            word ->
                offer(
                    found,
                    prefix,
                    new Suggestion(word, word + " ", "", Suggestion.Kind.KEYWORD, false)));
        if (!prefix.isEmpty()) {
          tables(scope, prefix, found);
        }
      }
    }
    List<Suggestion> ranked = new ArrayList<>(found.values());
    ranked.sort(
        Comparator.comparingInt((Suggestion suggestion) -> starts(suggestion, prefix) ? 0 : 1)
            .thenComparing(Suggestion::kind)
            .thenComparingInt(
                suggestion ->
                    suggestion.kind() == Suggestion.Kind.COLUMN ? 0 : suggestion.label().length()));
    return new Answer(from, ranked.subList(0, Math.min(LIMIT, ranked.size())));
  }

  /// The last few significant tokens that end at or before `at`: all that is looked at.
  private static List<Token> before(ScriptReading reading, int at) {
    List<Token> tokens = reading.tokens();
    int low = 0;
    int high = tokens.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens.get(middle).end() <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<Token> last = new ArrayList<>();
    for (int i = low - 1; i >= 0 && last.size() < 3; i--) {
      if (tokens.get(i).kind().significant()) {
        last.addFirst(tokens.get(i));
      }
    }
    return last;
  }

  private static List<Token> statementTokens(ScriptReading reading, int caret) {
    int index = reading.indexAt(caret);
    if (index < 0) {
      return List.of();
    }
    var span = reading.statements().get(index).span();
    return reading.tokens().stream()
        .filter(token -> token.kind().significant())
        .filter(token -> token.start() >= span.start() && token.end() <= span.end())
        .toList();
  }

  private void qualified(
      StatementScope scope, List<Token> before, String prefix, Map<String, Suggestion> found) {
    String qualifier = before.size() < 2 ? "" : before.get(before.size() - 2).value();
    Optional<StatementScope.Source> source = scope.named(qualifier);
    if (source.isPresent()) {
      columnsOf(source.get(), false, prefix, found);
      return;
    }
    index
        .inSchema(qualifier)
        .forEach(table -> offer(found, prefix, table(table.relation(), false)));
    scope
        .find("", qualifier)
        .ifPresent(
            relation ->
                columnsOf(
                    new StatementScope.Source(qualifier, Optional.of(relation), names(relation)),
                    false,
                    prefix,
                    found));
  }

  private static List<String> names(Relation relation) {
    return relation.columns().stream().map(CatalogColumn::name).toList();
  }

  private void tables(StatementScope scope, String prefix, Map<String, Suggestion> found) {
    for (String name : scope.expressions()) {
      offer(found, prefix, new Suggestion(name, name, "WITH", Suggestion.Kind.CTE, false));
    }
    for (CompletionIndex.Table table : index.tables(prefix, LIMIT)) {
      offer(found, prefix, table(table.relation(), table.qualify()));
    }
  }

  /// After JOIN: the tables that a foreign key ties to those in sight, with the whole condition.
  private void joinTargets(StatementScope scope, String prefix, Map<String, Suggestion> found) {
    List<Relation> known =
        scope.sources().stream().flatMap(source -> source.table().stream()).toList();
    for (Relation next : index.neighbours(known)) {
      String alias = freeAlias(next.ref().name(), scope);
      StatementScope.Source joined =
          new StatementScope.Source(alias, Optional.of(next), names(next));
      boolean qualify = !catalog.searchPath().contains(next.ref().schema());
      String name = qualify ? next.ref().dotted() : next.ref().name();
      for (StatementScope.Source other : scope.sources()) {
        List<String> conditions = new ArrayList<>(conditions(joined, other));
        conditions.addAll(conditions(other, joined));
        for (String condition : conditions) {
          String text = name + " " + alias + " ON " + condition;
          offer(found, prefix, joined(text));
        }
      }
    }
  }

  private static String freeAlias(String table, StatementScope scope) {
    String first = table.substring(0, 1).toLowerCase(Locale.ROOT);
    String alias = first;
    for (int number = 2; scope.named(alias).isPresent(); number++) {
      alias = first + number;
    }
    return alias;
  }

  private static Suggestion table(Relation relation, boolean qualify) {
    String name = qualify ? relation.ref().dotted() : relation.ref().name();
    return new Suggestion(name, name, relation.ref().schema(), Suggestion.Kind.TABLE, false);
  }

  private static Suggestion alias(StatementScope.Source source) {
    String detail = source.table().map(table -> table.ref().dotted()).orElse("");
    return new Suggestion(source.name(), source.name(), detail, Suggestion.Kind.ALIAS, false);
  }

  private void columns(StatementScope scope, String prefix, Map<String, Suggestion> found) {
    boolean qualify = scope.sources().size() > 1;
    scope.sources().forEach(source -> columnsOf(source, qualify, prefix, found));
  }

  private void columnsOf(
      StatementScope.Source source, boolean qualify, String prefix, Map<String, Suggestion> found) {
    for (String column : source.columns()) {
      String type =
          source
              .table()
              .flatMap(
                  table ->
                      table.columns().stream()
                          .filter(candidate -> candidate.name().equals(column))
                          .findFirst())
              .map(CatalogColumn::type)
              .orElse("");
      boolean hidden = source.table().map(table -> index.isMasked(table, column)).orElse(false);
      String insert = qualify ? source.name() + "." + column : column;
      String detail = type.isEmpty() ? source.name() : source.name() + "  " + type;
      offer(found, prefix, new Suggestion(column, insert, detail, Suggestion.Kind.COLUMN, hidden));
    }
  }

  /// Without a FROM yet, the columns of all tables are offered when the person has begun a word.
  private void everyColumn(String prefix, Map<String, Suggestion> found) {
    if (prefix.length() < 2) {
      return;
    }
    index.columnsBeginning(
        prefix,
        LIMIT,
        (relation, column) ->
            offer(
                found,
                prefix,
                new Suggestion(
                    column.name(),
                    column.name(),
                    relation.ref().name() + "  " + column.type(),
                    Suggestion.Kind.COLUMN,
                    index.isMasked(relation, column.name()))));
  }

  /// Conditions from foreign keys between the last table and those before it.
  private void joins(StatementScope scope, String prefix, Map<String, Suggestion> found) {
    List<StatementScope.Source> sources = scope.sources();
    if (sources.size() < 2) {
      return;
    }
    StatementScope.Source last = sources.getLast();
    for (StatementScope.Source other : sources.subList(0, sources.size() - 1)) {
      conditions(last, other).forEach(text -> offer(found, prefix, joined(text)));
      conditions(other, last).forEach(text -> offer(found, prefix, joined(text)));
    }
  }

  private static Suggestion joined(String condition) {
    return new Suggestion(condition, condition, "", Suggestion.Kind.JOIN, false);
  }

  private static List<String> conditions(StatementScope.Source from, StatementScope.Source to) {
    List<String> conditions = new ArrayList<>();
    if (from.table().isEmpty() || to.table().isEmpty()) {
      return conditions;
    }
    for (ForeignKey key : from.table().get().foreignKeys()) {
      if (!key.target().equals(to.table().get().ref())) {
        continue;
      }
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < key.columns().size(); i++) {
        parts.add(
            from.name()
                + "."
                + key.columns().get(i)
                + " = "
                + to.name()
                + "."
                + key.targetColumns().get(i));
      }
      conditions.add(String.join(" AND ", parts));
    }
    return conditions;
  }

  private static void offer(Map<String, Suggestion> found, String prefix, Suggestion suggestion) {
    if (suggestion.label().toLowerCase(Locale.ROOT).contains(prefix)) {
      found.putIfAbsent(suggestion.kind() + suggestion.insert(), suggestion);
    }
  }

  private static boolean starts(Suggestion suggestion, String prefix) {
    return suggestion.label().toLowerCase(Locale.ROOT).startsWith(prefix);
  }

  private static boolean isNamePart(char unit) {
    return Character.isLetterOrDigit(unit) || unit == '_' || unit == '$';
  }
}
