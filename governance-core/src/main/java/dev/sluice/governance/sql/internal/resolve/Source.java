package dev.sluice.governance.sql.internal.resolve;

import dev.sluice.governance.catalog.TableRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing in a FROM clause, as it can be referred to. Identity matters: the same table twice is
/// two sources.
public final class Source {
  private final String name;
  private final @Nullable String schema;
  private final List<Field> fields;
  private final List<Field> systemFields;
  private final boolean open;
  private final @Nullable TableRef table;

  /// @param name alias or table name, unquoted, as the dialect folds it; empty when it has none
  /// @param schema schema by which its columns may be qualified, null when aliased
  /// @param fields its columns in order
  /// @param systemFields columns that no star shows
  /// @param open its columns are not all known
  /// @param table the relation that it is
  public Source(
      String name,
      @Nullable String schema,
      List<Field> fields,
      List<Field> systemFields,
      boolean open,
      @Nullable TableRef table) {
    this.name = name;
    this.schema = schema;
    this.fields = List.copyOf(fields);
    this.systemFields = List.copyOf(systemFields);
    this.open = open;
    this.table = table;
  }

  public static Source derived(String name, List<Field> fields) {
    boolean open = fields.stream().anyMatch(field -> field.name().equals("*"));
    return new Source(name, null, fields, List.of(), open, null);
  }

  public String name() {
    return name;
  }

  public @Nullable String schema() {
    return schema;
  }

  public List<Field> fields() {
    return fields;
  }

  public List<Field> systemFields() {
    return systemFields;
  }

  public boolean open() {
    return open;
  }

  public @Nullable TableRef table() {
    return table;
  }
}
