package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.governance.masking.ColumnMask;
import dev.sluice.governance.masking.MaskSpec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GridArrangementTest {

  private GridModel grid;

  @BeforeEach
  void fill() {
    ColumnStore store = new ColumnStore(4);
    store.append(
        List.of(
            new Object[] {1L, "Lena", "l•••@•••", new BigDecimal("10.50")},
            new Object[] {2L, null, "m•••@•••", new BigDecimal("9007199254740993")},
            new Object[] {3L, "Mei", "t•••@•••", null},
            new Object[] {4L, "lena b", null, new BigDecimal("-2")}));
    Optional<ColumnMask> mask =
        Optional.of(new ColumnMask(2, Set.of(), Set.of(), MaskSpec.of("email"), false));
    grid =
        new GridModel(
            List.of(
                new ResultColumn("id", "int8", Optional.empty()),
                new ResultColumn("name", "text", Optional.empty()),
                new ResultColumn("email", "text", mask),
                new ResultColumn("total", "numeric", Optional.empty())),
            store);
  }

  private List<String> labels(ColumnLayout layout) {
    GridModel shown = grid.laidOut(layout);
    return java.util.stream.IntStream.range(0, shown.width())
        .mapToObj(column -> shown.column(column).label())
        .toList();
  }

  private List<Integer> rows(RowOrder.Wish wish) {
    RowOrder order = RowOrder.of(grid.store(), wish);
    return java.util.stream.IntStream.range(0, order.size()).mapToObj(order::row).toList();
  }

  @Test
  void columns_are_moved_hidden_and_pinned_without_touching_the_result() {
    ColumnLayout all = ColumnLayout.all(4);

    assertThat(labels(all.move(3, 0))).containsExactly("total", "id", "name", "email");
    assertThat(labels(all.hide(1))).containsExactly("id", "email", "total");
    assertThat(labels(all.pin(2))).containsExactly("email", "id", "name", "total");
    assertThat(all.pin(2).frozen()).isEqualTo(1);
    assertThat(all.pin(2).pin(3).shown()).containsExactly(2, 3, 0, 1);
    assertThat(all.hide(0).hide(0).hide(0).hide(0).shown()).containsExactly(3);
  }

  @Test
  void a_masked_column_stays_masked_wherever_it_is_moved() {
    GridModel moved = grid.laidOut(ColumnLayout.all(4).move(2, 0));

    assertThat(moved.masked(0)).isTrue();
    assertThat(moved.masked(2)).isFalse();
    assertThat(CopyFormat.CSV.write(moved, 0, 0, 0, 1, true))
        .isEqualTo("email,id\r\nl•••@•••,1\r\n");
  }

  @Test
  void header_filters_compare_numbers_as_numbers_and_know_null() {
    RowOrder.Wish none = RowOrder.Wish.NONE;

    assertThat(rows(none.where(3, ">9"))).containsExactly(0, 1);
    assertThat(rows(none.where(3, "=9007199254740993"))).containsExactly(1);
    assertThat(rows(none.where(3, "=9007199254740992"))).isEmpty();
    assertThat(rows(none.where(1, "null"))).containsExactly(1);
    assertThat(rows(none.where(1, "!null").where(1, "LENA"))).containsExactly(0, 3);
    assertThat(rows(none.where(1, "lena").where(3, "<0"))).containsExactly(3);
    assertThat(none.where(1, "x").where(1, " ").isNone()).isTrue();
  }

  @Test
  void statistics_are_exact_and_leave_masked_cells_out() {
    SelectionStatistics sums = SelectionStatistics.of(grid, new GridSelection(0, 2, 3, 3));

    assertThat(sums.masked()).isEqualTo(4);
    assertThat(sums.cells()).isEqualTo(4);
    assertThat(sums.missing()).isEqualTo(1);
    assertThat(sums.sum()).isEqualByComparingTo("9007199254741001.50");
    assertThat(sums.least()).contains(new BigDecimal("-2"));
  }

  @Test
  void a_result_on_its_side_keeps_its_masks() {
    GridModel side = Transposed.of(grid, 1, 2, "Column", "Row");

    assertThat(side.rows()).isEqualTo(4);
    assertThat(side.width()).isEqualTo(3);
    assertThat(side.text(0, 0)).isEqualTo("id");
    assertThat(side.isNull(1, 1)).isTrue();
    assertThat(side.masked(2, 1)).isTrue();
    assertThat(side.masked(2, 0)).isFalse();
    assertThat(side.masked(3, 1)).isFalse();
  }

  @Test
  void what_is_looked_for_is_found_onwards_and_around() {
    assertThat(GridSearch.find(grid, "LENA", 0, 1, true)).contains(new GridSearch.Hit(3, 1));
    assertThat(GridSearch.find(grid, "lena", 3, 1, true)).contains(new GridSearch.Hit(0, 1));
    assertThat(GridSearch.find(grid, "lena", 0, 1, false)).contains(new GridSearch.Hit(3, 1));
    assertThat(GridSearch.find(grid, "nobody", 0, 0, true)).isEmpty();
  }

  @Test
  void inserts_and_lists_quote_what_needs_it() {
    assertThat(CopyFormat.IN_LIST.write(grid, 0, 3, 1, 1, true))
        .isEqualTo("('Lena', 'Mei', 'lena b')");
    assertThat(CopyFormat.INSERT.write(grid, 1, 1, 0, 3, true))
        .isEqualTo(
            "INSERT INTO result (id, name, email, total) VALUES (2, NULL, 'm•••@•••',"
                + " 9007199254740993);\n");
  }

  @Test
  void a_value_that_a_spreadsheet_would_run_is_disarmed() {
    ColumnStore store = new ColumnStore(1);
    store.append(List.<Object[]>of(new Object[] {"=HYPERLINK(1)"}, new Object[] {"-5"}));
    GridModel armed =
        new GridModel(List.of(new ResultColumn("x", "text", Optional.empty())), store);

    assertThat(CopyFormat.CSV.write(armed, 0, 1, 0, 0, false))
        .isEqualTo("'=HYPERLINK(1)\r\n-5\r\n");
  }

  @Test
  void charts_measure_no_masked_column_and_stay_small() {
    assertThat(ChartModel.numericColumns(grid)).containsExactly(0, 3);
    ChartModel bars = ChartModel.of(grid, ChartModel.Kind.BAR, 1, 3);
    assertThat(bars.points()).hasSize(3);
    assertThat(bars.dropped()).isEqualTo(1);

    ColumnStore many = new ColumnStore(1);
    for (int i = 0; i < 50_000; i++) {
      many.append(List.<Object[]>of(new Object[] {i == 777 ? 1_000_000 : i % 100}));
    }
    GridModel large = new GridModel(List.of(new ResultColumn("n", "int4", Optional.empty())), many);
    ChartModel line = ChartModel.of(large, ChartModel.Kind.LINE, -1, 0);
    assertThat(line.points()).hasSizeLessThanOrEqualTo(ChartModel.MOST_POINTS);
    assertThat(line.points()).anyMatch(point -> point.y() == 1_000_000);
    assertThat(line.thinned()).isEqualTo(50_000 - line.points().size());
    ChartModel histogram = ChartModel.of(large, ChartModel.Kind.HISTOGRAM, -1, 0);
    assertThat(histogram.points().stream().mapToDouble(ChartModel.Point::y).sum())
        .isEqualTo(50_000);
  }

  @Test
  void a_large_value_is_capped_and_its_size_is_known() {
    ColumnStore store = new ColumnStore(1);
    store.append(List.<Object[]>of(new Object[] {"x".repeat(3_000_000)}, new Object[] {"short"}));

    assertThat(store.text(0, 0)).hasSize(ColumnStore.VALUE_LIMIT);
    assertThat(store.isCapped(0, 0)).isTrue();
    assertThat(store.fullLength(0, 0)).isEqualTo(3_000_000);
    assertThat(store.isCapped(1, 0)).isFalse();
  }

  @Test
  void values_have_other_forms() {
    assertThat(ValueForms.json("{\"a\": [1, 2]}")).isPresent();
    assertThat(ValueForms.json("17")).isEmpty();
    assertThat(ValueForms.json("{broken")).isEmpty();
    assertThat(ValueForms.json("[".repeat(5000))).isEmpty();
    assertThat(ValueForms.hexDump("AB\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .startsWith("00000000  41 42 0a ")
        .endsWith("AB.\n");
    assertThat(CellValues.bytes(CellValues.text(new byte[] {1, -1}))).contains(new byte[] {1, -1});
  }
}
