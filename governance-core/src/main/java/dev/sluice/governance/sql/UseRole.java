package dev.sluice.governance.sql;

/// The ways a column can be used other than by being shown. All but [#DECLASSIFIED] tell something
/// about the values, so policy decides on them.
public enum UseRole {
  PREDICATE,
  JOIN,
  GROUP,
  HAVING,
  DISTINCT,
  SET_OPERATION,
  ORDER,
  WINDOW,
  QUALIFY,
  FILTER,
  LIMIT,
  /// An argument that sets how many rows a table function returns.
  ROWS,
  PIVOT,
  /// Flows into something that outlives the statement: a table, a variable, a file.
  COPY,
  /// Flows into an operation that can raise an error or warning for some value.
  FALLIBLE,
  /// Flows into an argument that sets how much time or memory an operation takes.
  COSTLY,
  /// Read or used by a statement whose plan is shown.
  EXPLAIN,
  /// Flows into a function of which nothing is known.
  UNKNOWN_FUNCTION,
  /// Seen only through `count(m)`, `count(DISTINCT m)` or `m IS [NOT] NULL`.
  DECLASSIFIED
}
