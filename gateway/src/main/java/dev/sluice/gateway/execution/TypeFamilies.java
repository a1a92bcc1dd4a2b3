package dev.sluice.gateway.execution;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.OutputColumn;
import java.util.Locale;
import java.util.Optional;

/// Compares the type that a result column has with that of the column it should be, as far as both
/// are plainly known: a text where a number was planned is another column.
final class TypeFamilies {

  private enum Family {
    TEXT,
    NUMBER,
    TIME,
    OTHER
  }

  private TypeFamilies() {}

  /// True only when both are known and are of different families.
  static boolean differ(ExecutionRequest request, OutputColumn planned, BackendColumn found) {
    // SQLite's columns hold values of any type.
    if (request.permit().connection().engine() == Dialect.SQLITE || planned.sources().size() != 1) {
      return false;
    }
    ColumnRef source = planned.sources().iterator().next();
    Optional<String> type =
        request.catalog().find(source.table()).stream()
            .flatMap(relation -> relation.columns().stream())
            .filter(column -> column.name().equals(source.column()))
            .map(CatalogColumn::type)
            .findFirst();
    if (type.isEmpty()) {
      return false;
    }
    Family expected = family(type.get());
    Family actual = family(found.typeName());
    return expected != Family.OTHER && actual != Family.OTHER && expected != actual;
  }

  private static Family family(String type) {
    String word = type.toLowerCase(Locale.ROOT);
    if (word.endsWith("]") || word.startsWith("_")) {
      return Family.OTHER;
    }
    int end = 0;
    while (end < word.length() && Character.isLetterOrDigit(word.charAt(end))) {
      end++;
    }
    return switch (word.substring(0, end)) {
      case "text", "varchar", "bpchar", "char", "character", "longtext", "mediumtext", "tinytext" ->
          Family.TEXT;
      case "int",
          "int2",
          "int4",
          "int8",
          "integer",
          "bigint",
          "smallint",
          "serial",
          "bigserial",
          "numeric",
          "decimal",
          "float4",
          "float8",
          "real",
          "double",
          "hugeint",
          "ubigint",
          "uinteger" ->
          Family.NUMBER;
      case "date", "timestamp", "timestamptz", "datetime" -> Family.TIME;
      default -> Family.OTHER;
    };
  }
}
