package dev.sluice.app.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFormatTest {

  @Test
  void clauses_get_lines_of_their_own() {
    assertThat(SqlFormat.format("select a, b from t where c = 1", Dialect.POSTGRESQL))
        .contains("\nfrom", "\nwhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select $$ drop  table $$, 'a  b', E'\\n', a->>'x', b::text from t -- why\n",
        "select 1;;select 'open",
        "select a@>b, c ? 'd', e #>> '{x}' from t",
        "€ ∑ weird"
      })
  void no_word_is_ever_changed(String text) {
    assertThat(words(SqlFormat.format(text, Dialect.POSTGRESQL))).isEqualTo(words(text));
  }

  private static Object words(String text) {
    return Highlighter.tokens(text, Dialect.POSTGRESQL).stream()
        .filter(token -> token.kind().significant())
        .map(token -> token.text())
        .toList();
  }
}
