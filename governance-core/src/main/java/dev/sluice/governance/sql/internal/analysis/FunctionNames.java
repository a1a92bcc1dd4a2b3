package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.internal.functions.FunctionEntry;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.List;

/// Which function a name means: one that is built in, or one of the database.
final class FunctionNames {
  private final Context context;

  FunctionNames(Context context) {
    this.context = context;
  }

  boolean builtinSpelling(String stored, String lower) {
    return context.dialect != Dialect.POSTGRESQL || stored.equals(lower);
  }

  List<DeclaredFunction> declared(String schema, String name) {
    return context.catalog.catalog().functions().stream()
        .filter(
            function ->
                context.identifiers.same(function.name(), name)
                    && (schema.isEmpty()
                        || function.schema().isEmpty()
                        || context.identifiers.same(function.schema(), schema)))
        .toList();
  }

  /// Whether the argument types can be those of the built-in function.
  static boolean fits(FunctionEntry entry, List<Value> values) {
    for (int i = 0; i < values.size() && i < entry.arguments().size(); i++) {
      TypeFamily wanted = entry.arguments().get(i);
      TypeFamily actual = values.get(i).type();
      boolean literal = values.get(i).constant() && actual == TypeFamily.TEXT;
      boolean clash =
          wanted == TypeFamily.TEXT
              && (actual.numeric()
                  || actual == TypeFamily.BOOLEAN
                  || actual == TypeFamily.DATETIME
                  || actual == TypeFamily.ROW);
      if (clash && !literal) {
        return false;
      }
    }
    return true;
  }

  /// Whether a function of the database may be meant instead of the built-in one.
  static boolean shadowed(
      FunctionEntry builtin, List<DeclaredFunction> declared, List<Value> values) {
    for (DeclaredFunction function : declared) {
      if (function.pure() && function.argumentTypes().isEmpty()) {
        continue;
      }
      if (function.argumentTypes().isEmpty()
          || function.argumentTypes().size() == values.size() && mayTake(function, values)) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayTake(DeclaredFunction function, List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      TypeFamily declared = TypeFamily.ofTypeName(function.argumentTypes().get(i));
      TypeFamily actual = values.get(i).type();
      boolean open = actual == TypeFamily.UNKNOWN || declared == TypeFamily.OTHER;
      boolean numbers = actual.numeric() && declared.numeric();
      if (!open && !numbers && actual != declared) {
        return false;
      }
    }
    return true;
  }
}
