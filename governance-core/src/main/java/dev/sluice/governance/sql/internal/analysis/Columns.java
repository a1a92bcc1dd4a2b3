package dev.sluice.governance.sql.internal.analysis;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.internal.resolve.Field;
import dev.sluice.governance.sql.internal.resolve.Scope;
import dev.sluice.governance.sql.internal.resolve.Scope.Resolution;
import dev.sluice.governance.sql.internal.resolve.Source;
import dev.sluice.governance.sql.internal.resolve.TypeFamily;
import dev.sluice.governance.sql.internal.resolve.Value;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import org.jspecify.annotations.Nullable;

/// What a column name means.
final class Columns {
  /// Words that the parser takes for column names but that engines read as values.
  private static final Set<String> SESSION_WORDS =
      Set.of(
          "current_user",
          "session_user",
          "system_user",
          "user",
          "current_role",
          "current_schema",
          "current_catalog",
          "localtime",
          "localtimestamp");

  private final Context context;
  private @Nullable Source target;
  private int targetReferences;

  Columns(Context context) {
    this.context = context;
  }

  /// Starts counting references to this source's columns.
  void watch(Source source) {
    target = source;
  }

  /// How many references to the watched source have been resolved so far.
  int targetReferences() {
    return targetReferences;
  }

  Value resolve(Column column, Scope scope) {
    context.visit(column);
    Table table = column.getTable();
    if (table != null) {
      context.visit(table);
    }
    Value value = value(column, table, scope);
    if (column.getArrayConstructor() != null) {
      Value index = context.expressions.evaluate(column.getArrayConstructor(), scope);
      return context.forms.subscript(value, index, column);
    }
    return value;
  }

  private Value value(Column column, @Nullable Table table, Scope scope) {
    String written = column.getColumnName();
    if (context.mysql() && written.startsWith("\"")) {
      throw unknown(column, written);
    }
    String name = context.identifiers.stored(written);
    if (table == null || table.getNameParts().isEmpty()) {
      return unqualified(column, written, name, scope);
    }
    return qualified(column, table.getNameParts(), name, scope);
  }

  private Value unqualified(Column column, String written, String name, Scope scope) {
    Resolution resolution = scope.column(name);
    switch (resolution) {
      case Resolution.Found found -> {
        return found(found);
      }
      case Resolution.Ambiguous ambiguous ->
          throw context.refuse(
              "ambiguous-column",
              "More than one column is called " + name + " here.",
              column,
              "Put the table's name or alias in front.");
      case Resolution.Missing missing -> {}
    }
    if (wholeRowsAreValues()) {
      Source source = scope.source(null, name);
      if (source != null) {
        return wholeRow(source, column);
      }
    }
    String lower = written.toLowerCase(java.util.Locale.ROOT);
    if (SESSION_WORDS.contains(lower) && context.dialect != Dialect.SQLITE) {
      return Value.open(lower.startsWith("local") ? TypeFamily.DATETIME : TypeFamily.TEXT);
    }
    boolean bare = !written.startsWith("\"") && !written.startsWith("`");
    if (bare && (lower.equals("true") || lower.equals("false"))) {
      return Value.constant(TypeFamily.BOOLEAN);
    }
    throw unknown(column, written);
  }

  private Value qualified(Column column, List<String> reversed, String name, Scope scope) {
    List<String> parts = reversed.stream().map(part -> part == null ? "" : part).toList();
    String sourceName = context.identifiers.stored(parts.get(0));
    String schema = parts.size() > 1 ? context.identifiers.stored(parts.get(1)) : null;
    if (parts.size() > 2 || (schema != null && context.dialect == Dialect.TRINO)) {
      schema = context.relations.schemaOf(parts, column);
    }
    Resolution resolution = scope.column(schema, sourceName, name);
    switch (resolution) {
      case Resolution.Found found -> {
        return found(found);
      }
      case Resolution.Ambiguous ambiguous ->
          throw context.refuse(
              "ambiguous-column",
              "More than one column of " + sourceName + " is called " + name + ".",
              column,
              "Give the columns different names.");
      case Resolution.Missing missing -> {}
    }
    if (schema == null && structFields() && scope.source(null, sourceName) == null) {
      if (scope.column(sourceName) instanceof Resolution.Found found) {
        return fieldOf(found(found), name);
      }
    }
    throw unknown(column, sourceName + "." + column.getColumnName());
  }

  /// A field of a composite value: the row's own field if it is known, else computed from it.
  Value fieldOf(Value value, String name) {
    List<Field> row = value.row();
    if (row != null) {
      for (Field field : row) {
        if (context.identifiers.same(field.name(), name)) {
          return field.value();
        }
      }
    }
    return value.derived(TypeFamily.UNKNOWN);
  }

  /// All columns of a source as one value.
  Value wholeRow(Source source, Object node) {
    if (source.open()) {
      return Value.unknown();
    }
    countTarget(source);
    return Value.row(source.fields());
  }

  boolean wholeRowsAreValues() {
    return context.dialect == Dialect.POSTGRESQL || context.dialect == Dialect.DUCKDB;
  }

  private boolean structFields() {
    return context.dialect == Dialect.DUCKDB
        || context.dialect == Dialect.TRINO
        || context.dialect == Dialect.ANSI;
  }

  private Value found(Resolution.Found found) {
    Source owner = found.owner();
    if (owner != null) {
      countTarget(owner);
    } else if (target != null && target.table() != null) {
      countMerged(found.value());
    }
    return found.value();
  }

  private void countTarget(Source source) {
    if (source == target) {
      targetReferences++;
    }
  }

  private void countMerged(Value value) {
    Source watched = target;
    if (watched != null
        && value.sources().stream().anyMatch(column -> column.table().equals(watched.table()))) {
      targetReferences++;
    }
  }

  private RuntimeException unknown(Column column, String name) {
    return context.refuse(
        "unknown-column",
        "There is no column " + name + " here.",
        column,
        "Check the spelling, or refresh the schema if the column is new.");
  }
}
