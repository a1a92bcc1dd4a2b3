package dev.sluice.server.execution;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.codec.wire.RowChanges;
import dev.sluice.governance.sql.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the statement that takes a change back, from the rows that were kept, or says why not.
///
/// Everybody who sees a request reads its statement, so it never holds a value of a classified
/// column, whoever asks. It names rows by their key and touches only those that are still as the
/// change left them, as far as columns can be compared.
public final class UndoStatement {

  /// Longer statements are nothing that a person reviews.
  private static final int LONGEST = 100_000;

  private final KeptRows kept;
  private final Dialect dialect;
  private final Predicate<ColumnRef> classified;

  private UndoStatement(KeptRows kept, Dialect dialect, Predicate<ColumnRef> classified) {
    this.kept = kept;
    this.dialect = dialect;
    this.classified = classified;
  }

  /// @param classified whether a column carries any classification
  public static RowChanges.Undo of(
      KeptRows kept, Dialect dialect, Predicate<ColumnRef> classified) {
    if (kept.kind().isEmpty() || !kept.noUndo().isEmpty()) {
      return no(kept.noUndo());
    }
    if (kept.key().isEmpty()) {
      return no("The table has no primary key.");
    }
    if (kept.before().isEmpty() && kept.after().isEmpty()) {
      return no("It changed no row.");
    }
    try {
      return new UndoStatement(kept, dialect, classified).made();
    } catch (IllegalArgumentException literal) {
      return no("A value cannot be written into a statement for certain.");
    }
  }

  private static RowChanges.Undo no(String why) {
    return new RowChanges.Undo("", why);
  }

  private RowChanges.Undo made() {
    Set<Integer> written =
        switch (kept.kind().orElseThrow()) {
          case UPDATED -> differing();
          case DELETED -> all();
          case INSERTED -> Set.of();
        };
    Set<Integer> told = new TreeSet<>(written);
    kept.key().forEach(column -> told.add(kept.columns().indexOf(column)));
    List<String> secret =
        told.stream().map(this::column).filter(classified).map(ColumnRef::dotted).toList();
    if (!secret.isEmpty()) {
      return no(
          "It would have to hold values of "
              + String.join(", ", secret)
              + ", which are classified, and everybody who sees the request would read them.");
    }
    if (told.stream().anyMatch(this::inexact)) {
      return no("A value of this type is not the same again when it is written as text.");
    }
    if (kept.kind().orElseThrow() == RowChanges.Kind.UPDATED && written.isEmpty()) {
      return no("It left every row as it was.");
    }
    String statement =
        switch (kept.kind().orElseThrow()) {
          case UPDATED -> update(written);
          case DELETED -> insert();
          case INSERTED -> "DELETE FROM " + table() + " WHERE " + stillAsLeft(all());
        };
    return statement.length() > LONGEST
        ? no("It would be longer than anybody reads.")
        : new RowChanges.Undo(statement, "");
  }

  private String update(Set<Integer> written) {
    List<String> sets = new ArrayList<>();
    for (int ordinal : written) {
      Set<@Nullable String> values = new HashSet<>();
      kept.before().forEach(row -> values.add(row.get(ordinal)));
      sets.add(
          name(ordinal)
              + " = "
              + (values.size() == 1 ? value(kept.before().getFirst(), ordinal) : byRow(ordinal)));
    }
    return "UPDATE "
        + table()
        + " SET "
        + String.join(", ", sets)
        + " WHERE "
        + stillAsLeft(written);
  }

  private String byRow(int ordinal) {
    return kept.before().stream()
        .map(row -> " WHEN " + keyOf(row) + " THEN " + value(row, ordinal))
        .collect(Collectors.joining("", "CASE", " END"));
  }

  private String insert() {
    return "INSERT INTO "
        + table()
        + " ("
        + all().stream().map(this::name).collect(Collectors.joining(", "))
        + ") VALUES "
        + kept.before().stream()
            .map(
                row ->
                    all().stream()
                        .map(ordinal -> RowQueries.literal(row.get(ordinal)))
                        .collect(Collectors.joining(", ", "(", ")")))
            .collect(Collectors.joining(", "));
  }

  private String stillAsLeft(Set<Integer> compared) {
    return kept.after().stream()
        .map(
            row ->
                compared.stream()
                    .filter(ordinal -> comparable(ordinal) && !isKey(ordinal))
                    .map(ordinal -> " AND " + is(row, ordinal))
                    .collect(Collectors.joining("", "(" + keyOf(row), ")")))
        .collect(Collectors.joining(" OR "));
  }

  private String keyOf(List<@Nullable String> row) {
    return kept.key().stream()
        .map(column -> is(row, kept.columns().indexOf(column)))
        .collect(Collectors.joining(" AND "));
  }

  private String is(List<@Nullable String> row, int ordinal) {
    String value = row.get(ordinal);
    return value == null
        ? name(ordinal) + " IS NULL"
        : name(ordinal) + " = " + RowQueries.literal(value);
  }

  /// In a CASE a literal has no column to take its type from.
  private String value(List<@Nullable String> row, int ordinal) {
    String literal = RowQueries.literal(row.get(ordinal));
    return dialect == Dialect.POSTGRESQL && row.get(ordinal) != null
        ? "CAST(" + literal + " AS " + kept.types().get(ordinal) + ")"
        : literal;
  }

  private Set<Integer> differing() {
    Set<Integer> differing = new TreeSet<>();
    for (int index = 0; index < kept.before().size(); index++) {
      for (int ordinal : all()) {
        if (!Objects.equals(
            kept.before().get(index).get(ordinal), kept.after().get(index).get(ordinal))) {
          differing.add(ordinal);
        }
      }
    }
    return differing;
  }

  private Set<Integer> all() {
    Set<Integer> all = new LinkedHashSet<>();
    for (int ordinal = 0; ordinal < kept.columns().size(); ordinal++) {
      all.add(ordinal);
    }
    return all;
  }

  private boolean isKey(int ordinal) {
    return kept.key().contains(kept.columns().get(ordinal));
  }

  /// Equal texts mean equal values, and the engine can compare them.
  private boolean comparable(int ordinal) {
    return !classified.test(column(ordinal))
        && type(ordinal)
            .matches(
                "(small|big|tiny|medium)?int(eger)?[248]?( unsigned)?|numeric.*|decimal.*|text"
                    + "|(var)?char.*|character.*|bool(ean)?|date|timestamp.*|time .*|uuid");
  }

  /// MariaDB rounds these when it shows them, or shows bytes as characters.
  private boolean inexact(int ordinal) {
    return dialect != Dialect.POSTGRESQL
        && type(ordinal)
            .matches("(float|double|real|bit|.*binary|.*blob|geometry|point|polygon).*");
  }

  private String type(int ordinal) {
    return kept.types().get(ordinal).toLowerCase(Locale.ROOT);
  }

  private ColumnRef column(int ordinal) {
    return new ColumnRef(new TableRef(kept.schema(), kept.table()), kept.columns().get(ordinal));
  }

  private String name(int ordinal) {
    return RowQueries.name(dialect, kept.columns().get(ordinal));
  }

  private String table() {
    return RowQueries.name(dialect, kept.schema()) + "." + RowQueries.name(dialect, kept.table());
  }
}
