package dev.sluice.server.execution;

import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.codec.wire.ApprovedRun;
import dev.sluice.governance.codec.wire.RowChanges;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import dev.sluice.governance.masking.MaskingPlan;
import dev.sluice.governance.masking.RowMasker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows kept rows to one person.
public final class RowView {

  /// What somebody sees of a table now.
  ///
  /// @param columns that the table has
  /// @param masks by column
  /// @param someRows a row filter keeps them from rows of it
  public record Sight(Set<ColumnRef> columns, Map<ColumnRef, MaskSpec> masks, boolean someRows) {
    public Sight {
      columns = Set.copyOf(columns);
      masks = Map.copyOf(masks);
    }
  }

  /// @param withheld why there are no rows; empty when there are
  public record Shown(
      List<ApprovedRun.Column> columns, List<RowChanges.Row> rows, String withheld) {}

  private RowView() {}

  /// @param maskers makes the masker of a plan
  public static Shown of(KeptRows kept, Sight sight, Function<MaskingPlan, RowMasker> maskers) {
    if (kept.kind().isEmpty()) {
      return new Shown(List.of(), List.of(), kept.withheld());
    }
    if (sight.someRows()) {
      return nothing("You see only some rows of this table, so none are shown here.");
    }
    dev.sluice.governance.catalog.TableRef table =
        new dev.sluice.governance.catalog.TableRef(kept.schema(), kept.table());
    List<ColumnMask> masks = new ArrayList<>();
    List<ApprovedRun.Column> columns = new ArrayList<>();
    for (int ordinal = 0; ordinal < kept.columns().size(); ordinal++) {
      ColumnRef column = new ColumnRef(table, kept.columns().get(ordinal));
      // A column that is gone has no classification any more: nothing of it is shown.
      MaskSpec spec =
          sight.columns().contains(column) ? sight.masks().get(column) : MaskSpec.redact();
      if (spec != null) {
        masks.add(new ColumnMask(ordinal, Set.of(), Set.of(column), spec, false));
      }
      columns.add(
          new ApprovedRun.Column(
              column.column(), kept.types().get(ordinal), spec == null ? "" : spec.algorithm()));
    }
    try {
      RowMasker masker = maskers.apply(new MaskingPlan(kept.columns(), masks));
      Set<Integer> written =
          masks.stream()
              .map(ColumnMask::ordinal)
              .filter(kept.assigned()::contains)
              .collect(Collectors.toSet());
      return new Shown(columns, rows(kept, masker, written), "");
    } catch (IllegalArgumentException mask) {
      return nothing("A mask of this table does not fit its rows, so none are shown.");
    }
  }

  private static Shown nothing(String why) {
    return new Shown(List.of(), List.of(), why);
  }

  private static List<RowChanges.Row> rows(
      KeptRows kept, RowMasker masker, Set<Integer> maskedAndWritten) {
    RowChanges.Kind kind = kept.kind().orElseThrow();
    List<RowChanges.Row> rows = new ArrayList<>();
    int count = Math.max(kept.before().size(), kept.after().size());
    for (int index = 0; index < count; index++) {
      List<@Nullable String> before = masked(kept.before(), index, masker);
      List<@Nullable String> after = masked(kept.after(), index, masker);
      rows.add(new RowChanges.Row(kind, before, after, changed(before, after, maskedAndWritten)));
    }
    return rows;
  }

  /// Compares what is shown: whether a masked value changed would tell what it was.
  private static List<Integer> changed(
      List<@Nullable String> before, List<@Nullable String> after, Set<Integer> maskedAndWritten) {
    List<Integer> changed = new ArrayList<>();
    if (before.size() == after.size()) {
      for (int ordinal = 0; ordinal < before.size(); ordinal++) {
        if (maskedAndWritten.contains(ordinal)
            || !Objects.equals(before.get(ordinal), after.get(ordinal))) {
          changed.add(ordinal);
        }
      }
    }
    return changed;
  }

  private static List<@Nullable String> masked(
      List<List<@Nullable String>> rows, int index, RowMasker masker) {
    if (index >= rows.size()) {
      return List.of();
    }
    @Nullable Object[] row = rows.get(index).toArray();
    masker.mask(row);
    return Arrays.stream(row)
        .<@Nullable String>map(value -> value == null ? null : value.toString())
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
