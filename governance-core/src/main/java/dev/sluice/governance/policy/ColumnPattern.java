package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.sql.CatalogPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A column as a classification names it: `table.column` means that table in every schema,
/// `schema.table.column` in one, `catalog.schema.table.column` in one of Trino's; `*` in a part
/// stands for any characters; a part in double quotes may hold dots. Case does not matter: a
/// classification rather covers too much than too little.
///
/// @param parts two to four, lower case
record ColumnPattern(List<String> parts) {

  static boolean isValid(String text) {
    List<String> parts = split(text);
    return parts.size() >= 2 && parts.size() <= 4 && parts.stream().noneMatch(String::isBlank);
  }

  /// @param text valid
  static ColumnPattern of(String text) {
    return new ColumnPattern(split(text));
  }

  /// A text that means this one column.
  static String exactly(ColumnRef column) {
    String schema = column.table().schema();
    return (schema.isEmpty() ? "" : quoted(schema) + ".")
        + quoted(column.table().name())
        + "."
        + quoted(column.column());
  }

  private static String quoted(String name) {
    return "\"" + name + "\"";
  }

  boolean matches(ColumnRef column) {
    int table = parts.size() - 2;
    return TagPattern.matches(parts.getLast(), fold(column.column()))
        && TagPattern.matches(parts.get(table), fold(column.table().name()))
        && schemaMatches(fold(column.table().schema()));
  }

  private boolean schemaMatches(String schema) {
    return switch (parts.size()) {
      case 2 -> true;
      // Trino's `catalog.schema`: the schema alone means it in every catalog.
      case 3 ->
          TagPattern.matches(parts.getFirst(), schema)
              || TagPattern.matches(parts.getFirst(), CatalogPath.withoutCatalog(schema));
      default -> TagPattern.matches(parts.getFirst() + "." + parts.get(1), schema);
    };
  }

  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (char character : text.strip().toCharArray()) {
      if (character == '"') {
        quoted = !quoted;
      } else if (character == '.' && !quoted) {
        parts.add(fold(part.toString()));
        part.setLength(0);
      } else {
        part.append(character);
      }
    }
    parts.add(fold(part.toString()));
    return quoted ? List.of() : List.copyOf(parts);
  }
}
