package dev.sluice.governance.catalog;

import java.util.List;

/// A reference from columns of one table to columns of another, position by position.
public record ForeignKey(List<String> columns, TableRef target, List<String> targetColumns) {
  public ForeignKey {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
  }
}
