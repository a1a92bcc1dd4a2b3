package dev.sluice.governance.catalog;

/// One column as the database describes it.
///
/// @param name spelled as the catalog spells it
/// @param type the engine's own type name, empty when unknown
/// @param nullable whether the column can hold NULL (true when unknown)
/// @param comment the database's comment, empty when none
public record CatalogColumn(String name, String type, boolean nullable, String comment) {

  /// A column of which only the name is known.
  public static CatalogColumn named(String name) {
    return new CatalogColumn(name, "", true, "");
  }

  public static CatalogColumn of(String name, String type) {
    return new CatalogColumn(name, type, true, "");
  }
}
