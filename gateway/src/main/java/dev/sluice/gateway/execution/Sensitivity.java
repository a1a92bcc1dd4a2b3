package dev.sluice.gateway.execution;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.Optional;

/// Whether what the database says about a statement could carry a classified value.
final class Sensitivity {

  private Sensitivity() {}

  /// True when the statement reads or uses a classified column, or touches a table that has one: a
  /// violated constraint names values of columns that the statement never mentioned. Also true for
  /// whatever is not fully understood, and for what runs text that nobody read.
  static boolean touches(ExecutionRequest request) {
    StatementAnalysis analysis = request.permit().analysis();
    boolean understood = analysis.parsed() && analysis.complete() && analysis.refusals().isEmpty();
    return !understood
        || (Blind.isBlind(analysis) && Blind.anyClassified(request))
        || !request.permit().plan().masks().isEmpty()
        || analysis.columns().stream().anyMatch(column -> reaches(request, column))
        || analysis.uses().stream()
            .anyMatch(use -> use.sources().stream().anyMatch(request.classified()))
        || analysis.tables().stream().anyMatch(table -> holds(request, table));
  }

  /// Whether a classified column reaches the output, masked or not.
  static boolean reaches(ExecutionRequest request, OutputColumn column) {
    return column.sources().stream().anyMatch(request.classified());
  }

  private static boolean holds(ExecutionRequest request, TableRef table) {
    Optional<Relation> relation = request.catalog().find(table);
    return relation.isPresent()
        && relation.get().columns().stream()
            .anyMatch(column -> request.classified().test(new ColumnRef(table, column.name())));
  }
}
