package dev.sluice.governance.enforcement;

/// A masked column as SQL.
///
/// @param sql an expression over the column; never fails for a value the column can hold, never
///     contains a key
/// @param exact it gives the very value that the mask of the core gives; false when the engine
///     cannot express it and the column shows as a typed NULL instead
/// @param reason why not, empty when exact
public record SqlMask(String sql, boolean exact, String reason) {

  static SqlMask exact(String sql) {
    return new SqlMask(sql, true, "");
  }

  static SqlMask instead(String sql, String reason) {
    return new SqlMask(sql, false, reason);
  }
}
