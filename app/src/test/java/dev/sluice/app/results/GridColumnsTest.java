package dev.sluice.app.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GridColumnsTest {

  private static GridColumns of(double... widths) {
    GridColumns columns = new GridColumns();
    columns.widths(widths);
    return columns;
  }

  @Test
  void a_position_finds_its_column_and_edges_belong_to_the_right() {
    GridColumns columns = of(50, 100, 60);

    assertThat(columns.at(-1)).isEqualTo(-1);
    assertThat(columns.at(0)).isZero();
    assertThat(columns.at(49.9)).isZero();
    assertThat(columns.at(50)).isEqualTo(1);
    assertThat(columns.at(209.9)).isEqualTo(2);
    assertThat(columns.at(210)).isEqualTo(-1);
  }

  @Test
  void resizing_moves_all_that_follow_and_never_hides_a_column() {
    GridColumns columns = of(50, 100, 60);
    columns.resize(1, 10);

    assertThat(columns.width(1)).isEqualTo(GridColumns.NARROWEST);
    assertThat(columns.width(2)).isEqualTo(60);
    assertThat(columns.total()).isEqualTo(50 + GridColumns.NARROWEST + 60);
  }

  @Test
  void no_columns_are_no_trouble() {
    assertThat(of().at(0)).isEqualTo(-1);
    assertThat(of().total()).isZero();
  }
}
