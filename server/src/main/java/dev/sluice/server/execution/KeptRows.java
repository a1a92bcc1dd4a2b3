package dev.sluice.server.execution;

import dev.sluice.governance.codec.Redaction;
import dev.sluice.governance.codec.Sensitive;
import dev.sluice.governance.codec.wire.RowChanges;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of one table before and after a statement, unmasked: only ever kept sealed, and shown
/// through [RowView] alone.
///
/// @param kind what became of all of them; empty when no rows could be kept
/// @param schema of the table, empty when it is not one table
/// @param table its name
/// @param key columns of its primary key, in key order
/// @param columns of the table, in its order
/// @param types of the columns, as the engine calls them
/// @param assigned ordinals of columns that an UPDATE sets
/// @param before the database's text of each value; as many rows as `after`, or none
/// @param after likewise; in the order of `before`
/// @param truncated there were more
/// @param withheld why there are none, for people
/// @param sideEffects what happens besides, for people
/// @param noUndo why a statement made of these rows would not take all of it back; empty when it
///     would
public record KeptRows(
    Optional<RowChanges.Kind> kind,
    String schema,
    String table,
    List<String> key,
    List<String> columns,
    List<String> types,
    List<Integer> assigned,
    @Sensitive List<List<@Nullable String>> before,
    @Sensitive List<List<@Nullable String>> after,
    boolean truncated,
    String withheld,
    List<String> sideEffects,
    String noUndo) {
  public KeptRows {
    key = List.copyOf(key);
    columns = List.copyOf(columns);
    types = List.copyOf(types);
    assigned = List.copyOf(assigned);
    before = rows(before);
    after = rows(after);
    sideEffects = List.copyOf(sideEffects);
  }

  static KeptRows none(String why, List<String> sideEffects) {
    return new KeptRows(
        Optional.empty(),
        "",
        "",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        why,
        sideEffects,
        "No rows from before and after were kept.");
  }

  private static List<List<@Nullable String>> rows(List<List<@Nullable String>> rows) {
    List<List<@Nullable String>> copy = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    return Collections.unmodifiableList(copy);
  }

  @Override
  public String toString() {
    return Redaction.describe(this);
  }
}
