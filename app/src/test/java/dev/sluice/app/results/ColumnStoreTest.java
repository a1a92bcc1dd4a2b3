package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnStoreTest {

  @Test
  void values_come_back_exactly_across_chunks() {
    ColumnStore store = new ColumnStore(2);
    for (int batch = 0; batch < 10; batch++) {
      List<Object[]> rows = new ArrayList<>();
      for (int row = 0; row < 1001; row++) {
        int number = batch * 1001 + row;
        rows.add(new Object[] {(long) number, number % 3 == 0 ? null : "ä€" + number});
      }
      store.append(rows);
    }

    assertThat(store.rows()).isEqualTo(10_010);
    for (int row : new int[] {0, 1, 4095, 4096, 4097, 8192, 10_009}) {
      assertThat(store.text(row, 0)).isEqualTo(String.valueOf(row));
      assertThat(store.isNull(row, 1)).isEqualTo(row % 3 == 0);
      assertThat(store.text(row, 1)).isEqualTo(row % 3 == 0 ? "" : "ä€" + row);
    }
  }

  @Test
  void null_and_the_empty_text_differ() {
    ColumnStore store = new ColumnStore(2);
    store.append(List.<Object[]>of(new Object[] {null, ""}));

    assertThat(store.isNull(0, 0)).isTrue();
    assertThat(store.isNull(0, 1)).isFalse();
  }

  @Test
  void big_numbers_stay_exact() {
    ColumnStore store = new ColumnStore(2);
    BigDecimal big = new BigDecimal("12345678901234567890.1234567890");
    store.append(List.<Object[]>of(new Object[] {big, Long.MAX_VALUE}));

    assertThat(store.text(0, 0)).isEqualTo("12345678901234567890.1234567890");
    assertThat(store.text(0, 1)).isEqualTo("9223372036854775807");
  }

  @Test
  void a_value_is_kept_to_its_first_megabyte() {
    ColumnStore store = new ColumnStore(1);
    store.append(List.<Object[]>of(new Object[] {"x".repeat(3_000_000)}));

    assertThat(store.text(0, 0)).hasSize(ColumnStore.VALUE_LIMIT);
    assertThat(store.preview(0, 0, 10)).hasSize(10);
  }

  @Test
  void a_row_of_another_width_is_refused() {
    ColumnStore store = new ColumnStore(2);

    assertThatThrownBy(() -> store.append(List.<Object[]>of(new Object[] {1})))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_cell_costs_little_more_than_its_text() {
    ColumnStore store = new ColumnStore(10);
    for (int batch = 0; batch < 50; batch++) {
      List<Object[]> rows = new ArrayList<>();
      for (int row = 0; row < 1000; row++) {
        Object[] values = new Object[10];
        java.util.Arrays.fill(values, 123456L + row);
        rows.add(values);
      }
      store.append(rows);
    }

    assertThat(store.bytes()).isLessThan(50_000L * 10 * 14);
  }
}
