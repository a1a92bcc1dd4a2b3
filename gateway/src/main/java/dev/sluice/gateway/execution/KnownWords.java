package dev.sluice.gateway.execution;

import dev.sluice.governance.catalog.CatalogSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which of a database's words about a change may be shown where something is classified.
///
/// A trigger or a check speaks with the database's mouth and may read other tables, so a change of
/// an open table can end in words that carry a classified value. Shown is what says nothing but
/// names and what the statement itself says, in a sentence that the engine is known to say.
final class KnownWords {

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'((?:[^']|'')*)'|`([^`]*)`");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
  private static final Pattern SQLITE_NAMES = Pattern.compile("(?<= constraint failed: )[^)]+");
  private static final Pattern CONNECTION = Pattern.compile("^\\(conn=\\d+\\) ");

  /// A quoted part is written `?`, a number `#`.
  private static final Set<String> SENTENCES =
      Set.of(
          "null value in column ? of relation ? violates not-null constraint",
          "duplicate key value violates unique constraint ?",
          "new row for relation ? violates check constraint ?",
          "insert or update on table ? violates foreign key constraint ?",
          "update or delete on table ? violates foreign key constraint ? on table ?",
          "column ? does not exist",
          "column ? of relation ? does not exist",
          "column ? specified more than once",
          "relation ? does not exist",
          "relation ? already exists",
          "schema ? does not exist",
          "type ? does not exist",
          "permission denied for table ?",
          "permission denied for schema ?",
          "permission denied for sequence ?",
          "must be owner of table ?",
          "cannot execute insert in a read-only transaction",
          "cannot execute update in a read-only transaction",
          "cannot execute delete in a read-only transaction",
          "cannot execute merge in a read-only transaction",
          "column ? can only be updated to default",
          "cannot insert a non-default value into column ?",
          "column ? is of type integer but expression is of type text",
          "invalid input syntax for type integer: ?",
          "invalid input syntax for type bigint: ?",
          "invalid input syntax for type numeric: ?",
          "invalid input syntax for type date: ?",
          "invalid input syntax for type timestamp: ?",
          "invalid input syntax for type uuid: ?",
          "invalid input syntax for type json",
          "syntax error at or near ?",
          "insert has more expressions than target columns",
          "insert has more target columns than expressions",
          "value too long for type character varying(#)",
          "value too long for type character(#)",
          "integer out of range",
          "bigint out of range",
          "smallint out of range",
          "numeric field overflow",
          "division by zero",
          "deadlock detected",
          "could not obtain lock on row in relation ?",
          "canceling statement due to lock timeout",
          "column ? cannot be null",
          "field ? doesn't have a default value",
          "unknown column ? in ?",
          "table ? doesn't exist",
          "table ? already exists",
          "data too long for column ? at row #",
          "out of range value for column ? at row #",
          "incorrect integer value: ? for column ? at row #",
          "incorrect date value: ? for column ? at row #",
          "duplicate entry ? for key ?",
          "column count doesn't match value count at row #",
          "lock wait timeout exceeded; try restarting transaction",
          "deadlock found when trying to get lock; try restarting transaction",
          "[sqlite_constraint_notnull] a not null constraint failed (not null constraint failed:"
              + " ?)",
          "[sqlite_constraint_unique] a unique constraint failed (unique constraint failed: ?)",
          "[sqlite_constraint_primarykey] a primary key constraint failed (unique constraint"
              + " failed: ?)",
          "[sqlite_constraint_check] a check constraint failed (check constraint failed: ?)",
          "[sqlite_constraint_foreignkey] a foreign key constraint failed (foreign key constraint"
              + " failed)",
          "[sqlite_busy] the database file is locked (database is locked)",
          "[sqlite_readonly] attempt to write a readonly database (attempt to write a readonly"
              + " database)");

  private KnownWords() {}

  /// @param words one line, without the engine's own prefix
  /// @param statement the text that was sent
  static boolean harmless(String words, String statement, CatalogSnapshot catalog) {
    String line = CONNECTION.matcher(words).replaceFirst("");
    StringBuilder sentence = new StringBuilder();
    Matcher sqlite = SQLITE_NAMES.matcher(line);
    List<String> told = new java.util.ArrayList<>();
    if (sqlite.find()) {
      told.addAll(List.of(sqlite.group().split("[., ]+")));
      line = line.substring(0, sqlite.start()) + "?" + line.substring(sqlite.end());
    }
    Matcher quoted = quotedIn(line);
    while (quoted.find()) {
      told.add(
          Stream.of(1, 2, 3)
              .map(quoted::group)
              .filter(part -> part != null)
              .findFirst()
              .orElse(""));
      quoted.appendReplacement(sentence, "?");
    }
    quoted.appendTail(sentence);
    String shape =
        sentence
            .toString()
            .replace('\u2019', '\'')
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\d+", "#")
            .strip();
    if (!SENTENCES.contains(shape)) {
      return false;
    }
    Set<String> names = names(catalog);
    boolean constraint = shape.contains("constraint") || shape.contains(" for key ");
    return told.stream()
        .allMatch(
            part ->
                statement.contains(part)
                    || names.contains(part.toLowerCase(Locale.ROOT))
                    || allNames(part, names)
                    || (constraint && part.equals(told.getLast()) && isName(part)));
  }

  /// An apostrophe inside a word (doesn't) opens no text.
  private static Matcher quotedIn(String line) {
    return QUOTED.matcher(line.replaceAll("(?<=[a-z])'(?=t )", "\u2019"));
  }

  private static boolean isName(String part) {
    return NAME.matcher(part).matches();
  }

  private static boolean allNames(String part, Set<String> names) {
    return part.contains(".")
        && Stream.of(part.split("\\."))
            .allMatch(piece -> names.contains(piece.toLowerCase(Locale.ROOT)));
  }

  private static Set<String> names(CatalogSnapshot catalog) {
    return catalog.relations().stream()
        .flatMap(
            relation ->
                Stream.concat(
                    Stream.of(relation.ref().schema(), relation.ref().name()),
                    relation.columns().stream().map(column -> column.name())))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
