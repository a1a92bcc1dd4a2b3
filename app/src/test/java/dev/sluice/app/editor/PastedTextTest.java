package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PastedTextTest {

  @Test
  void nul_becomes_visible_and_is_counted() {
    assertThat(PastedText.of("a\0b\0", 0)).isEqualTo(new PastedText("a␀b␀", false, 2));
  }

  @Test
  void line_ends_of_other_systems_become_ours() {
    assertThat(PastedText.of("a\r\nb\rc", 0).text()).isEqualTo("a\nb\nc");
  }

  @Test
  void more_than_a_tab_holds_stays_out_whole() {
    assertThat(PastedText.of("x".repeat(PastedText.LIMIT), 1).tooLarge()).isTrue();
    assertThat(PastedText.of("x".repeat(PastedText.LIMIT), 1).text()).isEmpty();
    assertThat(PastedText.of("x".repeat(PastedText.LIMIT), 0).tooLarge()).isFalse();
  }
}
