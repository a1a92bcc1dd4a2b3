package dev.sluice.app.results;

import dev.sluice.app.shell.SqlText;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.StatementText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes staged changes as statements: at most one UPDATE, one DELETE, and one INSERT for each set
/// of columns. A row is found by its primary key and by the values that it had when it was read:
/// whoever changed it meanwhile is not overwritten.
final class EditStatements {

  /// @param rows how many it must affect; with another number nothing may stay
  record Planned(StatementText statement, long rows) {}

  private final RowEdits edits;
  private final EditTarget target;
  private final Dialect dialect;
  private final String table;

  private EditStatements(RowEdits edits) {
    this.edits = edits;
    this.target = edits.target();
    this.dialect = target.dialect();
    this.table = SqlText.table(target.table().ref(), dialect);
  }

  /// In the order in which they are to run: deletions make room for additions.
  static List<Planned> of(RowEdits edits) {
    EditStatements writer = new EditStatements(edits);
    List<Planned> planned = new ArrayList<>();
    writer.deletion().ifPresent(planned::add);
    writer.update().ifPresent(planned::add);
    planned.addAll(writer.insertions());
    return planned;
  }

  private Optional<Planned> deletion() {
    if (edits.deleted().isEmpty()) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>();
    for (int ordinal = 0; ordinal < target.columns().size(); ordinal++) {
      all.add(ordinal);
    }
    List<String> rows =
        edits.deleted().stream().map(row -> asItWas(row, comparable(row, all))).toList();
    return Optional.of(planned("DELETE FROM " + table + "\nWHERE " + either(rows), rows.size()));
  }

  private Optional<Planned> update() {
    Map<Integer, Map<Integer, Optional<String>>> changed = edits.changed();
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    Set<Integer> columns = new LinkedHashSet<>();
    changed.values().forEach(values -> columns.addAll(values.keySet()));
    boolean alike = changed.values().stream().distinct().count() == 1;
    List<String> sets = new ArrayList<>();
    for (int ordinal : columns) {
      sets.add(name(ordinal) + " = " + (alike ? one(ordinal) : byRow(ordinal)));
    }
    List<String> rows =
        changed.entrySet().stream()
            .map(
                entry ->
                    asItWas(entry.getKey(), comparable(entry.getKey(), entry.getValue().keySet())))
            .toList();
    return Optional.of(
        planned(
            "UPDATE " + table + "\nSET " + String.join(",\n    ", sets) + "\nWHERE " + either(rows),
            rows.size()));
  }

  private String one(int ordinal) {
    return literal(
        ordinal,
        edits.changed().values().iterator().next().getOrDefault(ordinal, Optional.empty()));
  }

  private String byRow(int ordinal) {
    StringBuilder cases = new StringBuilder("CASE");
    edits
        .changed()
        .forEach(
            (row, values) -> {
              if (values.containsKey(ordinal)) {
                cases
                    .append(" WHEN ")
                    .append(key(row))
                    .append(" THEN ")
                    .append(literal(ordinal, values.get(ordinal)));
              }
            });
    return cases.append(" ELSE ").append(name(ordinal)).append(" END").toString();
  }

  private List<Planned> insertions() {
    Map<Set<Integer>, List<Map<Integer, Optional<String>>>> bySet = new LinkedHashMap<>();
    for (Map<Integer, Optional<String>> row : edits.added()) {
      if (!row.isEmpty()) {
        TreeMap<Integer, Optional<String>> sorted = new TreeMap<>(row);
        bySet.computeIfAbsent(sorted.keySet(), set -> new ArrayList<>()).add(sorted);
      }
    }
    List<Planned> planned = new ArrayList<>();
    bySet.forEach(
        (columns, rows) -> {
          String values =
              rows.stream()
                  .map(
                      row ->
                          columns.stream()
                              .map(
                                  ordinal ->
                                      literal(ordinal, row.getOrDefault(ordinal, Optional.empty())))
                              .collect(Collectors.joining(", ", "(", ")")))
                  .collect(Collectors.joining(",\n       "));
          String names = columns.stream().map(this::name).collect(Collectors.joining(", "));
          planned.add(
              planned("INSERT INTO " + table + " (" + names + ")\nVALUES " + values, rows.size()));
        });
    return planned;
  }

  private static Planned planned(String text, long rows) {
    return new Planned(StatementText.of(text), rows);
  }

  /// One condition, or any of several.
  private static String either(List<String> rows) {
    return rows.size() == 1
        ? rows.getFirst()
        : rows.stream().map(row -> "(" + row + ")").collect(Collectors.joining("\n   OR "));
  }

  private List<Integer> comparable(int row, Iterable<Integer> ordinals) {
    List<Integer> compared = new ArrayList<>();
    for (int ordinal : ordinals) {
      EditTarget.Column column = target.columns().get(ordinal);
      boolean known = column.editable() && !column.key() && !edits.store().isCapped(row, ordinal);
      if (known) {
        compared.add(ordinal);
      }
    }
    return compared;
  }

  private String asItWas(int row, List<Integer> ordinals) {
    StringBuilder condition = new StringBuilder(key(row));
    for (int ordinal : ordinals) {
      condition.append(" AND ").append(is(ordinal, edits.original(row, ordinal)));
    }
    return condition.toString();
  }

  private String key(int row) {
    List<String> parts = new ArrayList<>();
    for (int ordinal = 0; ordinal < target.columns().size(); ordinal++) {
      if (target.columns().get(ordinal).key()) {
        parts.add(is(ordinal, edits.original(row, ordinal)));
      }
    }
    return String.join(" AND ", parts);
  }

  private String is(int ordinal, Optional<String> value) {
    if (value.isEmpty()) {
      return name(ordinal) + " IS NULL";
    }
    String equal = name(ordinal) + " = " + stored(ordinal, value.get());
    return foldsCase(ordinal, value.get())
        ? equal
            + " AND CAST("
            + name(ordinal)
            + " AS BINARY) = CAST("
            + stored(ordinal, value.get())
            + " AS BINARY)"
        : equal;
  }

  /// MySQL and MariaDB take texts for equal that differ in case or in spaces at their end. Beyond
  /// ASCII the bytes depend on the column's character set, and are not compared.
  private boolean foldsCase(int ordinal, String value) {
    boolean mysql = dialect == Dialect.MYSQL || dialect == Dialect.MARIADB;
    return mysql
        && target.columns().get(ordinal).kind().orElseThrow() == ValueKind.TEXT
        && value.chars().allMatch(letter -> letter < 0x80);
  }

  private String name(int ordinal) {
    return SqlText.name(target.columns().get(ordinal).name(), dialect);
  }

  /// What is in the database need not be what a person may type: NaN, infinity, a text in a column
  /// of numbers.
  private String stored(int ordinal, String value) {
    ValueKind kind = target.columns().get(ordinal).kind().orElseThrow();
    return kind.accepts(value) ? kind.literal(value, dialect) : SqlText.text(value, dialect);
  }

  private String literal(int ordinal, Optional<String> value) {
    ValueKind kind = target.columns().get(ordinal).kind().orElseThrow();
    return value.map(text -> kind.literal(text, dialect)).orElse("NULL");
  }
}
