package dev.sluice.governance.discovery;

import java.util.Locale;

/// What a column's type can hold, as far as proposals care.
enum ValueKind {
  TEXT,
  NUMBER,
  DATE,
  OTHER,
  UNKNOWN;

  static ValueKind of(String type) {
    String name = type.toLowerCase(Locale.ROOT);
    if (name.isBlank()) {
      return UNKNOWN;
    }
    if (contains(name, "char", "text", "string", "clob", "json", "xml", "inet")) {
      return TEXT;
    }
    if (contains(name, "date", "timestamp") && !name.contains("update")) {
      return DATE;
    }
    if (contains(name, "interval", "bool", "blob", "bytea", "binary", "bit", "uuid", "point")) {
      return OTHER;
    }
    return contains(name, "int", "numeric", "decimal", "number", "real", "double", "float", "money")
        ? NUMBER
        : UNKNOWN;
  }

  private static boolean contains(String name, String... words) {
    for (String word : words) {
      if (name.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
