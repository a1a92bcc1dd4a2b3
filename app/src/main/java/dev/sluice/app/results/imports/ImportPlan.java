package dev.sluice.app.results.imports;

import dev.sluice.app.results.ValueKind;
import dev.sluice.app.shell.SqlText;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which column of a file goes into which of a table, and how it is read. Pure.
///
/// @param columns of the file
/// @param targets columns of the table that are filled, in the table's order; never empty
/// @param emptyIsNull whether an empty text means NULL
record ImportPlan(
    ImportFile file,
    List<String> columns,
    Relation table,
    Dialect dialect,
    List<Target> targets,
    boolean emptyIsNull) {

  /// A row must fit one statement that the parser reads.
  static final int LONGEST_STATEMENT = 200_000;

  ImportPlan {
    columns = List.copyOf(columns);
    targets = List.copyOf(targets);
  }

  /// @param source place of the file's column
  record Target(CatalogColumn column, int source, ReadAs as) {}

  /// A row as the values of an INSERT, or why it is none.
  sealed interface Read {
    record Values(long line, String sql) implements Read {}

    record Bad(ImportTrouble trouble) implements Read {}
  }

  /// The kind of a column's values; of an engine that keeps types loosely it is text.
  static Optional<ValueKind> kind(CatalogColumn column, Dialect dialect) {
    return ValueKind.of(column.type(), dialect);
  }

  /// The file's column for each of the table's, by name: case, blanks and lines between the words
  /// make no difference. Empty for one that the file does not have.
  static List<Optional<Integer>> byName(List<String> columns, Relation table) {
    List<String> plain = columns.stream().map(ImportPlan::plain).toList();
    return table.columns().stream()
        .map(column -> plain.indexOf(plain(column.name())))
        .map(place -> place < 0 ? Optional.<Integer>empty() : Optional.of(place))
        .toList();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_.-]+", "");
  }

  String head() {
    return "INSERT INTO "
        + SqlText.table(table.ref(), dialect)
        + " ("
        + targets.stream()
            .map(target -> SqlText.name(target.column().name(), dialect))
            .collect(Collectors.joining(", "))
        + ")\nVALUES ";
  }

  Read read(ImportRow row) {
    if (row.trouble().isPresent()) {
      return new Read.Bad(row.trouble().get());
    }
    List<String> literals = new ArrayList<>(targets.size());
    for (Target target : targets) {
      String name = columns.get(target.source());
      Optional<String> given =
          row.value(target.source()).filter(text -> !(emptyIsNull && text.isEmpty()));
      if (given.isEmpty()) {
        if (!target.column().nullable()) {
          return bad(row, name, "import.bad.null", target.column().name());
        }
        literals.add("NULL");
        continue;
      }
      Optional<String> text = target.as().read(given.get());
      Optional<ValueKind> kind = kind(target.column(), dialect);
      if (text.isEmpty() || kind.filter(found -> !found.accepts(text.get())).isPresent()) {
        return bad(row, name, "import.bad.type", target.column().type());
      }
      if (!ValueRange.of(target.column().type(), dialect).holds(text.get())) {
        return bad(row, name, "import.bad.range", target.column().type());
      }
      if (text.get().indexOf('\0') >= 0) {
        return bad(row, name, "import.bad.zero", "");
      }
      literals.add(
          kind.map(found -> found.literal(text.get(), dialect))
              .orElseGet(() -> SqlText.text(text.get(), dialect)));
    }
    String sql = "(" + String.join(", ", literals) + ")";
    return sql.length() + head().length() > LONGEST_STATEMENT
        ? bad(row, "", "import.bad.long", "")
        : new Read.Values(row.line(), sql);
  }

  private static Read bad(ImportRow row, String column, String key, String detail) {
    return new Read.Bad(new ImportTrouble(row.line(), column, key, detail));
  }
}
