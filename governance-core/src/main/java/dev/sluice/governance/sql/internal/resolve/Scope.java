package dev.sluice.governance.sql.internal.resolve;

import dev.sluice.governance.catalog.ColumnRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What names mean at one place of a statement: the FROM items of one query, the common table
/// expressions in force, and the query around it.
public final class Scope {

  /// How a column name resolved.
  public sealed interface Resolution {
    record Found(Value value, @Nullable Source owner) implements Resolution {}

    record Ambiguous() implements Resolution {}

    record Missing() implements Resolution {}
  }

  /// A column that an unqualified name or a star can mean; `owner` is null for a merged column.
  public record Visible(Field field, @Nullable Source owner) {}

  private static final Resolution MISSING = new Resolution.Missing();
  private static final Resolution AMBIGUOUS = new Resolution.Ambiguous();

  private final Identifiers identifiers;
  private final @Nullable Scope outer;
  private final @Nullable Scope enclosing;
  private final List<Source> sources = new ArrayList<>();
  private List<Visible> visible = new ArrayList<>();
  private final Map<String, List<Field>> commonTables = new HashMap<>();
  private final java.util.Set<String> announced = new java.util.HashSet<>();
  private final Map<String, Object> windows = new HashMap<>();
  private List<Field> outputs = List.of();
  private AliasUse aliasUse = AliasUse.NONE;

  /// When a name may mean an output of the select list.
  public enum AliasUse {
    NONE,
    /// Only if no input column has the name.
    AFTER_COLUMNS,
    /// Together with an input column of that name: both are sources.
    WITH_COLUMNS
  }

  private Scope(Identifiers identifiers, @Nullable Scope outer, @Nullable Scope enclosing) {
    this.identifiers = identifiers;
    this.outer = outer;
    this.enclosing = enclosing;
  }

  public static Scope root(Identifiers identifiers) {
    return new Scope(identifiers, null, null);
  }

  /// A query inside this one that sees its columns.
  public Scope correlated() {
    return new Scope(identifiers, this, this);
  }

  /// A query in the FROM clause: it sees what is around this query, not this query's own items.
  public Scope derivedTable() {
    return new Scope(identifiers, outer, this);
  }

  /// Items in parentheses of this query's FROM clause, before they are part of it.
  public Scope group() {
    return new Scope(identifiers, outer, this);
  }

  /// An operand of a set operation, or the inside of parentheses: it sees what this query sees from
  /// outside.
  public Scope derivedQuery() {
    return derivedTable();
  }

  public @Nullable Scope outer() {
    return outer;
  }

  public List<Source> sources() {
    return sources;
  }

  public List<Visible> visible() {
    return visible;
  }

  public void setVisible(List<Visible> columns) {
    visible = columns;
  }

  /// Adds a source and makes its columns visible.
  public void add(Source source) {
    sources.add(source);
    source.fields().forEach(field -> visible.add(new Visible(field, source)));
  }

  /// Adds a source whose columns can only be named with its name in front.
  public void addQualifiedOnly(Source source) {
    sources.add(source);
  }

  public void defineCommonTable(String name, List<Field> fields) {
    commonTables.put(key(name), fields);
  }

  /// Says that a common table of this name will be defined: until then the name means nothing.
  public void announce(String name) {
    announced.add(key(name));
  }

  /// Whether the nearest common table of this name is announced but not yet defined.
  public boolean pending(String name) {
    for (Scope scope = this; scope != null; scope = scope.enclosing) {
      if (scope.commonTables.containsKey(key(name))) {
        return false;
      }
      if (scope.announced.contains(key(name))) {
        return true;
      }
    }
    return false;
  }

  public @Nullable List<Field> commonTable(String name) {
    for (Scope scope = this; scope != null; scope = scope.enclosing) {
      List<Field> fields = scope.commonTables.get(key(name));
      if (fields != null) {
        return fields;
      }
    }
    return null;
  }

  public void defineWindow(String name, Object definition) {
    windows.put(key(name), definition);
  }

  public @Nullable Object window(String name) {
    return windows.get(key(name));
  }

  /// Makes the outputs of the select list available to names, in the given way.
  public void exposeOutputs(List<Field> fields, AliasUse use) {
    outputs = fields;
    aliasUse = use;
  }

  public List<Field> outputs() {
    return outputs;
  }

  private String key(String name) {
    return identifiers.caseSensitive() ? name : Identifiers.lower(name);
  }

  /// An unqualified column name, looked up here and then outwards.
  public Resolution column(String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Resolution here = scope.columnHere(name);
      if (!(here instanceof Resolution.Missing)) {
        return here;
      }
    }
    return MISSING;
  }

  private Resolution columnHere(String name) {
    Visible found = null;
    for (Visible candidate : visible) {
      if (identifiers.same(candidate.field().name(), name)) {
        if (found != null) {
          found = exact(found, candidate, name);
          if (found == null) {
            return AMBIGUOUS;
          }
        } else {
          found = candidate;
        }
      }
    }
    Value alias = aliasUse == AliasUse.NONE ? null : output(name);
    if (found != null) {
      Value value = found.field().value();
      Value both = alias != null && aliasUse == AliasUse.WITH_COLUMNS ? value.either(alias) : value;
      return new Resolution.Found(both, found.owner());
    }
    if (alias != null) {
      return new Resolution.Found(alias, null);
    }
    Resolution system = systemColumn(name);
    return system instanceof Resolution.Missing ? openColumn(name) : system;
  }

  /// Of two columns of one source that differ in case only, the one spelled exactly so.
  private static @Nullable Visible exact(Visible first, Visible second, String name) {
    if (first.owner() == null || first.owner() != second.owner()) {
      return null;
    }
    boolean firstExact = first.field().name().equals(name);
    boolean secondExact = second.field().name().equals(name);
    if (firstExact == secondExact) {
      return null;
    }
    return firstExact ? first : second;
  }

  /// The output of the select list with this name; several with one name count together.
  public @Nullable Value output(String name) {
    Value found = null;
    for (Field field : outputs) {
      if (identifiers.same(field.name(), name)) {
        found = found == null ? field.value() : found.either(field.value());
      }
    }
    return found;
  }

  private Resolution systemColumn(String name) {
    Resolution found = MISSING;
    for (Source source : sources) {
      for (Field field : source.systemFields()) {
        if (identifiers.same(field.name(), name)) {
          if (!(found instanceof Resolution.Missing)) {
            return AMBIGUOUS;
          }
          found = new Resolution.Found(field.value(), source);
        }
      }
    }
    return found;
  }

  private Resolution openColumn(String name) {
    List<Source> open = sources.stream().filter(Source::open).toList();
    if (open.isEmpty()) {
      return MISSING;
    }
    if (open.size() > 1) {
      return new Resolution.Found(Value.unknown(), null);
    }
    Source only = open.get(0);
    Value value = openValue(only, name);
    if (outer != null && outer.column(name) instanceof Resolution.Found found) {
      value = value.either(found.value());
    }
    return new Resolution.Found(value, only);
  }

  private static Value openValue(Source source, String name) {
    return source.table() == null
        ? Value.unknown()
        : Value.column(new ColumnRef(source.table(), name), TypeFamily.UNKNOWN);
  }

  /// A column of the named source, looked up here and then outwards.
  public Resolution column(@Nullable String schema, String sourceName, String name) {
    Source source = source(schema, sourceName);
    if (source == null) {
      return MISSING;
    }
    return column(source, name);
  }

  public Resolution column(Source source, String name) {
    Field found = null;
    for (Field field : source.fields()) {
      if (identifiers.same(field.name(), name)) {
        if (found != null) {
          return AMBIGUOUS;
        }
        found = field;
      }
    }
    if (found == null) {
      for (Field field : source.systemFields()) {
        if (identifiers.same(field.name(), name)) {
          found = field;
        }
      }
    }
    if (found != null) {
      return new Resolution.Found(found.value(), source);
    }
    return source.open() ? new Resolution.Found(openValue(source, name), source) : MISSING;
  }

  /// The nearest source of that name; exact spelling wins over another case.
  public @Nullable Source source(@Nullable String schema, String name) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Source folded = null;
      for (Source candidate : scope.sources) {
        if (!identifiers.same(candidate.name(), name) || !schemaMatches(schema, candidate)) {
          continue;
        }
        if (candidate.name().equals(name)) {
          return candidate;
        }
        folded = folded == null ? candidate : folded;
      }
      if (folded != null) {
        return folded;
      }
    }
    return null;
  }

  private boolean schemaMatches(@Nullable String schema, Source candidate) {
    return schema == null
        || (candidate.schema() != null && identifiers.same(candidate.schema(), schema));
  }
}
