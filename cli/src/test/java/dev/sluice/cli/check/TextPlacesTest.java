package dev.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextPlacesTest {

  @Test
  void placesCountLinesAndCodePointsFromOne() {
    TextPlaces places = new TextPlaces("a\r\n\n😀b\nc\n");
    assertThat(places.place(0)).isEqualTo("1:1");
    assertThat(places.place(2)).as("the line's own end").isEqualTo("1:3");
    assertThat(places.place(3)).isEqualTo("2:1");
    assertThat(places.place(4)).isEqualTo("3:1");
    assertThat(places.place(6)).as("after a character of two units").isEqualTo("3:2");
    assertThat(places.place(8)).isEqualTo("4:1");
    assertThat(places.place(10)).as("after the last line").isEqualTo("5:1");
    assertThat(places.place(99)).as("beyond the end").isEqualTo("5:1");
    assertThat(new TextPlaces("").place(0)).isEqualTo("1:1");
  }

  /// Twenty thousand places in a text of a megabyte: quadratic work would take minutes.
  @Test
  void placesOfALongFileAreFoundAtOnce() {
    TextPlaces places = new TextPlaces("SELECT 1 FROM people WHERE id = 4711;\n".repeat(30_000));
    long started = System.nanoTime();
    for (int statement = 0; statement < 30_000; statement++) {
      assertThat(places.place(statement * 38 + 7).endsWith(":8")).isTrue();
    }
    assertThat(System.nanoTime() - started).isLessThan(20_000_000_000L);
  }
}
