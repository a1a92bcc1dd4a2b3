package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final Comparison.Words WORDS =
      new Comparison.Words("change", "added", "removed", "changed", "same", "(empty)");

  private static ResultColumn open(String label) {
    return new ResultColumn(label, "text", Optional.empty());
  }

  private static ResultColumn masked(String label, int ordinal) {
    return new ResultColumn(
        label,
        "text",
        Optional.of(new ColumnMask(ordinal, Set.of(), Set.of(), MaskSpec.of("email"), false)));
  }

  private static GridModel grid(List<ResultColumn> columns, @Nullable Object[]... rows) {
    ColumnStore store = new ColumnStore(columns.size());
    store.append(List.of(rows));
    return new GridModel(columns, store);
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  /// Each row in one line; NULL as such.
  private static List<String> lines(GridModel shown) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < shown.rows(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < shown.width(); column++) {
        cells.add(shown.isNull(row, column) ? "NULL" : shown.text(row, column));
      }
      lines.add(String.join("|", cells));
    }
    return lines;
  }

  @Test
  void null_and_empty_are_different_and_rows_belong_together_by_their_key_not_their_place() {
    List<ResultColumn> columns = List.of(open("city"), open("id"));
    Comparison found =
        Comparison.of(
            grid(columns, row("Rome", 1), row("", 2), row("Oslo", 3)),
            grid(columns, row("Oslo", 3), row(null, 2), row("Bari", 4)));

    assertThat(found.key()).containsExactly(1);
    assertThat(lines(found.grid(false, WORDS)))
        .containsExactly("removed|Rome|1", "changed|(empty) → NULL|2", "added|Bari|4");
    assertThat(lines(found.grid(true, WORDS))).contains("same|Oslo|3");
  }

  @Test
  void what_is_masked_on_one_side_is_neither_compared_nor_a_key_and_stays_masked() {
    Comparison found =
        Comparison.of(
            grid(List.of(open("id"), open("email")), row(1, "a@x"), row(2, "b@x")),
            grid(List.of(open("id"), masked("email", 1)), row(1, "***"), row(2, "***")));

    assertThat(found.masked()).containsExactly("email");
    assertThat(found.same()).isEqualTo(2);
    assertThat(found.grid(true, WORDS).masked(0, 2)).isTrue();
    assertThat(Comparison.of(found("a"), found("b"), Set.of(0)).key()).isEmpty();
  }

  private static GridModel found(String value) {
    return grid(List.of(masked("only", 0)), row(value));
  }

  @Test
  void rows_that_share_a_key_are_compared_in_order_and_that_is_said() {
    List<ResultColumn> columns = List.of(open("a"), open("b"));
    Comparison found =
        Comparison.of(
            grid(columns, row("x", "1"), row("x", "2")),
            grid(columns, row("x", "1"), row("x", "3"), row("x", "4")),
            Set.of(0));

    assertThat(found.sharingKeys()).isEqualTo(2);
    assertThat(lines(found.grid(false, WORDS))).containsExactly("changed|x|2 → 3", "added|x|4");
    assertThat(found.grid(false, WORDS).isMarked(0, 2)).isTrue();
  }

  @Test
  void columns_of_only_one_result_are_named_and_duplicate_labels_pair_in_order() {
    Comparison found =
        Comparison.of(
            grid(List.of(open("id"), open("id"), open("gone")), row(1, 5, "x")),
            grid(List.of(open("id"), open("fresh"), open("id")), row(1, "y", 6)));

    assertThat(found.labels()).containsExactly("id", "id");
    assertThat(found.onlyInOne()).containsExactly("gone", "fresh");
    assertThat(lines(found.grid(false, WORDS))).containsExactly("changed|1|5 → 6");
  }
}
