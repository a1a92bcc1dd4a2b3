package dev.sluice.gateway.execution;

import dev.sluice.gateway.execution.BackendColumn.Origin;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.sql.OutputColumn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Compares what came back with what was predicted, before the first row is shown.
final class PlanCheck {

  /// PostgreSQL cuts names off after so many bytes.
  private static final int LONGEST_NAME = 63;

  private static final Set<String> HIDDEN_WHOLE = Set.of("redact", "nullify");

  private PlanCheck() {}

  /// Why the result must not be shown, or empty.
  static Optional<Incident> problem(
      ExecutionRequest request, Expectation expected, List<BackendColumn> found) {
    if (expected.describes()) {
      return Optional.empty();
    }
    int planned = expected.plan().width();
    if (found.size() != planned || expected.outputs().size() != planned) {
      return Optional.of(
          new Incident(
              "width-not-as-planned",
              -1,
              "The result has " + found.size() + " columns, planned were " + planned + "."));
    }
    for (int ordinal = 0; ordinal < planned; ordinal++) {
      Optional<Incident> problem = problem(request, expected, found.get(ordinal), ordinal);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<Incident> problem(
      ExecutionRequest request, Expectation expected, BackendColumn found, int ordinal) {
    OutputColumn planned = expected.outputs().get(ordinal);
    Optional<ColumnMask> mask = expected.plan().maskAt(ordinal);
    boolean plain = planned.direct() && !planned.sources().isEmpty();
    // What is hidden whole shows nothing, whatever column it is.
    boolean shown = mask.isEmpty() || !HIDDEN_WHOLE.contains(mask.get().spec().algorithm());
    if (plain && shown && !sameName(planned.name(), found.label())) {
      return Optional.of(
          new Incident(
              "label-not-as-planned",
              ordinal,
              "Column " + (ordinal + 1) + " is not the column that was planned there."));
    }
    if (plain && mask.isEmpty() && TypeFamilies.differ(request, planned, found)) {
      return Optional.of(
          new Incident(
              "type-not-as-planned",
              ordinal,
              "Column " + (ordinal + 1) + " has not the type of the column that was planned."));
    }
    if (found.origin().isEmpty()) {
      return Optional.empty();
    }
    return originProblem(request, planned, mask, found.origin().get(), ordinal);
  }

  private static Optional<Incident> originProblem(
      ExecutionRequest request,
      OutputColumn planned,
      Optional<ColumnMask> mask,
      Origin origin,
      int ordinal) {
    List<Relation> tables =
        request.catalog().relations().isEmpty() ? List.of() : baseTables(request, origin);
    for (Relation table : tables) {
      if (mask.isPresent() && mask.get().atSource()) {
        return Optional.of(
            new Incident(
                "origin-not-as-planned",
                ordinal,
                "Column " + (ordinal + 1) + " comes from a base table, not from its masked view."));
      }
      boolean predicted =
          Stream.concat(planned.sources().stream(), planned.declassified().stream())
              .anyMatch(source -> sameColumn(source, table.ref(), origin));
      boolean open = mask.isEmpty() && classified(request, table, origin);
      if (!predicted && open) {
        return Optional.of(
            new Incident(
                "origin-not-as-planned",
                ordinal,
                "Column "
                    + (ordinal + 1)
                    + " comes from a classified column that was not planned there."));
      }
    }
    return Optional.empty();
  }

  /// The base tables that an origin may mean; a driver that names no schema may mean several. It
  /// names none for what a view computes (MariaDB), so a table with a masked view is not meant
  /// then: logins of such a database may not read the table.
  private static List<Relation> baseTables(ExecutionRequest request, Origin origin) {
    if (!origin.schema().isEmpty()) {
      return request.catalog().find(new TableRef(origin.schema(), origin.relation())).stream()
          .filter(relation -> !relation.isView())
          .toList();
    }
    return request.catalog().relations().stream()
        .filter(relation -> !relation.isView())
        .filter(relation -> relation.ref().name().equalsIgnoreCase(origin.relation()))
        .filter(relation -> !request.catalog().standIns().containsKey(relation.ref()))
        .toList();
  }

  private static boolean sameColumn(ColumnRef source, TableRef table, Origin origin) {
    return source.table().equals(table)
        && (origin.column().isEmpty() || source.column().equalsIgnoreCase(origin.column()));
  }

  private static boolean classified(ExecutionRequest request, Relation table, Origin origin) {
    return table.columns().stream()
        .filter(column -> origin.column().isEmpty() || column.name().equals(origin.column()))
        .anyMatch(column -> request.classified().test(new ColumnRef(table.ref(), column.name())));
  }

  /// Some engines label a column that has no alias with its text, quotes and brackets included.
  private static String lettersOf(String label) {
    String last = label.substring(label.lastIndexOf('.') + 1);
    StringBuilder letters = new StringBuilder(last.length());
    last.codePoints()
        .filter(Character::isLetterOrDigit)
        .map(Character::toLowerCase)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  private static boolean sameName(String planned, String found) {
    if (planned.equalsIgnoreCase(found) || lettersOf(planned).equals(lettersOf(found))) {
      return true;
    }
    byte[] bytes = found.getBytes(StandardCharsets.UTF_8);
    return bytes.length >= LONGEST_NAME - 3 && planned.startsWith(found);
  }
}
