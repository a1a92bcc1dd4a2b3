package dev.sluice.governance.catalog;

/// A column of a base table, spelled as the catalog spells it.
public record ColumnRef(TableRef table, String column) implements Comparable<ColumnRef> {

  /// `schema.table.column`, or `table.column` when there is no schema.
  public String dotted() {
    return table.dotted() + "." + column;
  }

  @Override
  public int compareTo(ColumnRef other) {
    return dotted().compareTo(other.dotted());
  }
}
