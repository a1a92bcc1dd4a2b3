package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Span;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HighlighterTest {

  private static List<StyledRange> style(String text, Highlighter.Overlay... overlays) {
    return Highlighter.style(
        Highlighter.tokens(text, Dialect.POSTGRESQL), text.length(), List.of(overlays));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT 1",
        "SELECT 'drop table' -- x\n, $$a$$ FROM t;",
        "SELECT 'open",
        "/* /* nested */ */ select €",
        "SELECT \"a\"\"b\", \u0000 x"
      })
  void ranges_cover_any_text_without_gaps(String text) {
    int at = 0;
    for (StyledRange range : style(text)) {
      assertThat(range.start()).isEqualTo(at);
      at = range.end();
    }
    assertThat(at).isEqualTo(text.length());
  }

  @Test
  void words_inside_a_string_are_not_keywords() {
    assertThat(style("SELECT 'select'"))
        .extracting(StyledRange::styles)
        .containsExactly(List.of("sql-keyword"), List.of(), List.of("sql-string"));
  }

  @Test
  void an_overlay_splits_a_word_and_keeps_its_colour() {
    assertThat(style("SELECT", new Highlighter.Overlay(new Span(2, 4), "sql-refused")))
        .containsExactly(
            new StyledRange(0, 2, List.of("sql-keyword")),
            new StyledRange(2, 4, List.of("sql-keyword", "sql-refused")),
            new StyledRange(4, 6, List.of("sql-keyword")));
  }

  @Test
  void an_overlay_beyond_the_text_is_cut() {
    assertThat(style("a", new Highlighter.Overlay(new Span(0, 99), "sql-masked")))
        .containsExactly(new StyledRange(0, 1, List.of("sql-masked")));
  }

  @Test
  void lines_too_long_to_be_coloured_are_one_plain_piece_and_others_keep_their_colours() {
    String text = "SELECT 1;\nSELECT 'abcdefghij', 22222, x\n, 'k\nl';\nSELECT '0123456789 123456";
    List<StyledRange> ranges = LongLines.plain(text, style(text), 20);
    int at = 0;
    for (StyledRange range : ranges) {
      assertThat(range.start()).isEqualTo(at);
      at = range.end();
    }
    assertThat(at).isEqualTo(text.length());
    assertThat(ranges)
        .contains(
            new StyledRange(10, text.indexOf('\n', 10), List.of()),
            new StyledRange(text.lastIndexOf('\n') + 1, text.length(), List.of()));
    assertThat(ranges.getFirst()).isEqualTo(style(text).getFirst());
    assertThat(LongLines.plain(text, style(text), 100)).isEqualTo(style(text));
  }
}
