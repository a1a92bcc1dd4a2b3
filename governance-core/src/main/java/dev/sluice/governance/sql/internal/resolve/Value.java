package dev.sluice.governance.sql.internal.resolve;

import dev.sluice.governance.catalog.ColumnRef;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of the value of an expression: where it comes from and what evaluating it can do.
///
/// @param sources base columns that reach it
/// @param declassified base columns that reach it through `count` or a NULL test only
/// @param type its kind
/// @param direct every source reaches it unchanged; true when there is no source
/// @param known false when the sources cannot be known
/// @param fallible evaluating it can raise an error or a warning
/// @param effectful evaluating it does more than compute
/// @param constant it depends on nothing but literals and parameters
/// @param weight what evaluating it can cost
/// @param modest it is what a column holds, or a small number of the statement: nobody chose it so
///     that computing with it overflows
/// @param base the base column that it is, through plain references only
/// @param row its fields when it is a whole row
public record Value(
    Set<ColumnRef> sources,
    Set<ColumnRef> declassified,
    TypeFamily type,
    boolean direct,
    boolean known,
    boolean fallible,
    boolean effectful,
    boolean constant,
    Weight weight,
    boolean modest,
    @Nullable ColumnRef base,
    @Nullable List<Field> row) {

  /// What evaluating a value can cost, from little to much.
  public enum Weight {
    LIGHT,
    /// A query of its own.
    QUERY,
    /// It is some times as long as what it was made of.
    GROWN,
    /// The statement itself says how large it gets.
    CHOSEN;

    Weight with(Weight other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  private static final Value[] CONSTANTS = new Value[TypeFamily.values().length];

  static {
    for (TypeFamily family : TypeFamily.values()) {
      CONSTANTS[family.ordinal()] =
          new Value(
              Set.of(),
              Set.of(),
              family,
              true,
              true,
              false,
              false,
              true,
              Weight.LIGHT,
              true,
              null,
              null);
    }
  }

  /// A literal, a parameter, or anything else that depends on no row.
  public static Value constant(TypeFamily type) {
    return CONSTANTS[type.ordinal()];
  }

  /// Depends on something outside the statement's tables, such as the clock.
  public static Value open(TypeFamily type) {
    return new Value(
        Set.of(), Set.of(), type, true, true, false, false, false, Weight.LIGHT, true, null, null);
  }

  /// A value whose sources cannot be known.
  public static Value unknown() {
    return new Value(
        Set.of(),
        Set.of(),
        TypeFamily.UNKNOWN,
        false,
        false,
        false,
        false,
        false,
        Weight.LIGHT,
        false,
        null,
        null);
  }

  public static Value column(ColumnRef column, TypeFamily type) {
    return new Value(
        Set.of(column),
        Set.of(),
        type,
        true,
        true,
        false,
        false,
        false,
        Weight.LIGHT,
        true,
        column,
        null);
  }

  /// A whole row.
  public static Value row(List<Field> fields) {
    Value all = computed(fields.stream().map(Field::value).toList(), TypeFamily.ROW);
    return new Value(
        all.sources,
        all.declassified,
        TypeFamily.ROW,
        all.sources.isEmpty(),
        all.known,
        all.fallible,
        all.effectful,
        false,
        all.weight,
        fields.stream().allMatch(field -> field.value().modest()),
        null,
        List.copyOf(fields));
  }

  /// Something computed from others.
  public static Value computed(Collection<Value> parts, TypeFamily type) {
    Set<ColumnRef> sources = Set.of();
    Set<ColumnRef> declassified = Set.of();
    boolean known = true;
    boolean fallible = false;
    boolean effectful = false;
    boolean constant = true;
    Weight weight = Weight.LIGHT;
    for (Value part : parts) {
      sources = union(sources, part.sources);
      declassified = union(declassified, part.declassified);
      known &= part.known;
      fallible |= part.fallible;
      effectful |= part.effectful;
      constant &= part.constant;
      weight = weight.with(part.weight);
    }
    return new Value(
        sources,
        declassified,
        type,
        sources.isEmpty(),
        known,
        fallible,
        effectful,
        constant,
        weight,
        false,
        null,
        null);
  }

  /// One of the two, unchanged: set operations, merged columns.
  public Value either(Value other) {
    @Nullable List<Field> sameRow =
        row != null && other.row != null && row.size() == other.row.size()
            ? eitherRow(row, other.row)
            : null;
    return new Value(
        union(sources, other.sources),
        union(declassified, other.declassified),
        type == other.type ? type : type == TypeFamily.NULL ? other.type : commonType(other),
        direct && other.direct,
        known && other.known,
        fallible || other.fallible,
        effectful || other.effectful,
        constant && other.constant,
        weight.with(other.weight),
        modest && other.modest,
        null,
        sameRow);
  }

  private TypeFamily commonType(Value other) {
    return other.type == TypeFamily.NULL ? type : TypeFamily.UNKNOWN;
  }

  private static List<Field> eitherRow(List<Field> left, List<Field> right) {
    List<Field> fields = new java.util.ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      fields.add(new Field(left.get(i).name(), left.get(i).value().either(right.get(i).value())));
    }
    return fields;
  }

  /// This value computed further: no longer direct, nor a base column, nor a row.
  public Value derived(TypeFamily newType) {
    return new Value(
        sources,
        declassified,
        newType,
        sources.isEmpty(),
        known,
        fallible,
        effectful,
        constant,
        weight,
        false,
        null,
        null);
  }

  /// Also fed by the sources of another, which is not shown itself.
  public Value influencedBy(Value other) {
    if (other.sources.isEmpty()
        && other.declassified.isEmpty()
        && other.known
        && !other.fallible
        && !other.effectful
        && other.weight == Weight.LIGHT
        && (other.constant || !constant)) {
      return this;
    }
    return new Value(
        union(sources, other.sources),
        union(declassified, other.declassified),
        type,
        direct && other.sources.isEmpty(),
        known && other.known,
        fallible || other.fallible,
        effectful || other.effectful,
        constant && other.constant,
        weight.with(other.weight),
        modest,
        null,
        row);
  }

  public Value failing() {
    return fallible ? this : with(type, true, effectful, constant, weight, modest, base, row);
  }

  public Value acting() {
    return with(type, fallible, true, false, weight, modest, base, row);
  }

  /// The same sources, but seen only through a declassifier.
  public Value declassify(TypeFamily newType) {
    return new Value(
        Set.of(),
        union(declassified, sources),
        newType,
        true,
        known,
        fallible,
        effectful,
        constant,
        weight,
        true,
        null,
        null);
  }

  public Value typed(TypeFamily newType) {
    return newType == type
        ? this
        : with(newType, fallible, effectful, constant, weight, modest, base, row);
  }

  public Value withRow(@Nullable List<Field> fields) {
    return with(
        type,
        fallible,
        effectful,
        constant,
        weight,
        modest,
        base,
        fields == null ? null : List.copyOf(fields));
  }

  /// No longer a base column in itself: one of several rows' values, say.
  public Value withoutBase() {
    return base == null
        ? this
        : with(type, fallible, effectful, constant, weight, modest, null, row);
  }

  /// The same at this weight at least.
  public Value weighing(Weight least) {
    return weight.compareTo(least) >= 0
        ? this
        : with(type, fallible, effectful, constant, least, modest, base, row);
  }

  /// Says whether the value is one that nobody chose to be extreme.
  public Value modest(boolean whether) {
    return modest == whether
        ? this
        : with(type, fallible, effectful, constant, weight, whether, base, row);
  }

  /// Fed by the same sources in the same way.
  private Value with(
      TypeFamily newType,
      boolean fails,
      boolean acts,
      boolean fixed,
      Weight weighs,
      boolean isModest,
      @Nullable ColumnRef newBase,
      @Nullable List<Field> newRow) {
    return new Value(
        sources,
        declassified,
        newType,
        direct,
        known,
        fails,
        acts,
        fixed,
        weighs,
        isModest,
        newBase,
        newRow);
  }

  public static Set<ColumnRef> union(Set<ColumnRef> left, Set<ColumnRef> right) {
    if (left.isEmpty() || left == right) {
      return right;
    }
    if (right.isEmpty() || left.containsAll(right)) {
      return left;
    }
    if (right.containsAll(left)) {
      return right;
    }
    Set<ColumnRef> all = new LinkedHashSet<>(left);
    all.addAll(right);
    return all;
  }
}
