package dev.sluice.app.results;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.OutputColumn;
import dev.sluice.governance.sql.StatementAnalysis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The one table that the rows of a result are rows of, so that they can be changed there.
///
/// @param table with its primary key
/// @param columns of the result, by ordinal
record EditTarget(Relation table, Dialect dialect, List<Column> columns) {

  EditTarget {
    columns = List.copyOf(columns);
  }

  /// @param name of the table's column; empty when it is none
  /// @param kind empty when its values cannot be changed here
  /// @param key part of the primary key
  /// @param whyNot key of the words why it cannot be changed; empty when it can
  record Column(
      String name, Optional<ValueKind> kind, boolean nullable, boolean key, String whyNot) {
    boolean editable() {
      return whyNot.isEmpty();
    }
  }

  /// Why no row of a result can be changed: the key of the words.
  static final class NotEditable extends Exception {
    private final String key;

    NotEditable(String key) {
      super(key);
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  /// Finds the table. Each row of the result must be one row of it: no join, no grouping, and every
  /// column of its primary key shown as it is.
  static EditTarget of(
      StatementAnalysis analysis, CatalogSnapshot catalog, List<ResultColumn> shown)
      throws NotEditable {
    if (!analysis.kind().equals("SELECT") || analysis.columns().size() != shown.size()) {
      throw new NotEditable("edit.no.select");
    }
    if (analysis.tables().size() != 1) {
      throw new NotEditable("edit.no.one-table");
    }
    Relation table =
        catalog
            .find(analysis.tables().getFirst())
            .filter(found -> !found.isView())
            .orElseThrow(() -> new NotEditable("edit.no.one-table"));
    if (table.primaryKey().isEmpty()) {
      throw new NotEditable("edit.no.key");
    }
    List<Column> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (OutputColumn output : analysis.columns()) {
      columns.add(column(output, table, shown.get(output.ordinal()), analysis.dialect(), seen));
    }
    for (String key : table.primaryKey()) {
      boolean usable =
          columns.stream()
              .anyMatch(column -> column.key() && column.name().equals(key) && column.editable());
      if (!usable) {
        throw new NotEditable("edit.no.key-shown");
      }
    }
    return new EditTarget(table, analysis.dialect(), columns);
  }

  private static Column column(
      OutputColumn output, Relation table, ResultColumn shown, Dialect dialect, Set<String> seen) {
    Optional<CatalogColumn> base =
        Optional.of(output)
            .filter(each -> each.known() && each.direct() && each.sources().size() == 1)
            .map(each -> each.sources().iterator().next())
            .filter(source -> source.table().equals(table.ref()))
            .map(ColumnRef::column)
            .flatMap(
                name -> table.columns().stream().filter(c -> c.name().equals(name)).findFirst());
    if (base.isEmpty() || !seen.add(base.get().name())) {
      return new Column("", Optional.empty(), false, false, "edit.no.computed");
    }
    CatalogColumn column = base.get();
    boolean key = table.primaryKey().contains(column.name());
    Optional<ValueKind> kind = ValueKind.compared(column.type(), dialect);
    String whyNot =
        shown.mask().isPresent() ? "edit.no.masked" : kind.isEmpty() ? "edit.no.type" : "";
    return new Column(column.name(), kind, column.nullable() && !key, key, whyNot);
  }
}
