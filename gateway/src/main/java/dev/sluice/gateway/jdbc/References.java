package dev.sluice.gateway.jdbc;

import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Foreign keys in the shape that JDBC prescribes. What happens on a change of the key is not
/// known.
final class References {

  static final List<String> LABELS =
      List.of(
          "PKTABLE_CAT",
          "PKTABLE_SCHEM",
          "PKTABLE_NAME",
          "PKCOLUMN_NAME",
          "FKTABLE_CAT",
          "FKTABLE_SCHEM",
          "FKTABLE_NAME",
          "FKCOLUMN_NAME",
          "KEY_SEQ",
          "UPDATE_RULE",
          "DELETE_RULE",
          "FK_NAME",
          "PK_NAME",
          "DEFERRABILITY");

  private References() {}

  /// @param schema of a side, null for any
  /// @param table of a side, null for any
  record Side(@Nullable String schema, @Nullable String table) {
    boolean takes(TableRef ref) {
      return (schema == null || ref.schema().equals(schema))
          && (table == null || ref.name().equals(table));
    }
  }

  /// A row for each column of each key.
  ///
  /// @param from the side that refers
  /// @param to the side that is referred to
  static List<@Nullable Object[]> rows(List<Relation> relations, Side from, Side to) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Relation relation : relations) {
      for (ForeignKey key : relation.foreignKeys()) {
        boolean wanted = from.takes(relation.ref()) && to.takes(key.target());
        for (int at = 0; wanted && at < key.columns().size(); at++) {
          rows.add(row(relation.ref(), key, at));
        }
      }
    }
    return rows;
  }

  private static @Nullable Object[] row(TableRef from, ForeignKey key, int at) {
    return new @Nullable Object[] {
      null,
      key.target().schema(),
      key.target().name(),
      at < key.targetColumns().size() ? key.targetColumns().get(at) : null,
      null,
      from.schema(),
      from.name(),
      key.columns().get(at),
      (short) (at + 1),
      (short) DatabaseMetaData.importedKeyNoAction,
      (short) DatabaseMetaData.importedKeyNoAction,
      null,
      null,
      (short) DatabaseMetaData.importedKeyNotDeferrable
    };
  }
}
