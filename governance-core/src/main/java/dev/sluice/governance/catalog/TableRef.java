package dev.sluice.governance.catalog;

/// A table or view by schema and name, spelled as the catalog spells it.
///
/// @param schema schema (database in MySQL), empty when the catalog gives none
/// @param name relation name, never empty
public record TableRef(String schema, String name) implements Comparable<TableRef> {

  /// `schema.name`, or `name` when there is no schema.
  public String dotted() {
    return schema.isEmpty() ? name : schema + "." + name;
  }

  @Override
  public int compareTo(TableRef other) {
    return dotted().compareTo(other.dotted());
  }
}
