package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.app.results.RowOrder.Wish;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowOrderTest {

  private final ColumnStore store = new ColumnStore(2);

  @BeforeEach
  void fill() {
    store.append(
        List.<Object[]>of(
            new Object[] {10L, "beta"},
            new Object[] {null, "Alpha"},
            new Object[] {9L, "gamma"},
            new Object[] {-2L, null}));
  }

  private List<Integer> rows(Wish wish) {
    RowOrder order = RowOrder.of(store, wish);
    return IntStream.range(0, order.size()).map(order::row).boxed().toList();
  }

  @Test
  void numbers_sort_as_numbers_and_null_comes_last_either_way() {
    assertThat(rows(new Wish("", 0, false))).containsExactly(3, 2, 0, 1);
    assertThat(rows(new Wish("", 0, true))).containsExactly(0, 2, 3, 1);
  }

  @Test
  void texts_sort_without_case() {
    assertThat(rows(new Wish("", 1, false))).containsExactly(1, 0, 2, 3);
  }

  @Test
  void a_filter_looks_into_every_column_without_case() {
    assertThat(rows(new Wish("ALPHA", -1, false))).containsExactly(1);
    assertThat(rows(new Wish("9", -1, false))).containsExactly(2);
    assertThat(rows(new Wish("a", 1, true))).containsExactly(2, 0, 1);
    assertThat(rows(new Wish("nothing", -1, false))).isEmpty();
  }

  @Test
  void without_a_wish_rows_still_to_come_are_shown_too() {
    RowOrder natural = RowOrder.of(store, Wish.NONE);
    store.append(List.<Object[]>of(new Object[] {1L, "late"}));

    assertThat(natural.size()).isEqualTo(5);
  }
}
