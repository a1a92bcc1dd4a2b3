package dev.sluice.gateway.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownWordsTest {

  private static final CatalogSnapshot CATALOG =
      CatalogSnapshot.of(
          List.of("public"),
          List.of(
              Relation.table(
                  new TableRef("public", "quiet"),
                  List.of(CatalogColumn.of("id", "int"), CatalogColumn.of("note", "text")))),
          List.of());

  private static final String SENT = "INSERT INTO quiet (id, note) VALUES (7, 'abc')";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null value in column \"note\" of relation \"quiet\" violates not-null constraint",
        "duplicate key value violates unique constraint \"quiet_pkey\"",
        "invalid input syntax for type integer: \"abc\"",
        "value too long for type character varying(20)",
        "(conn=12) Duplicate entry '7' for key 'PRIMARY'",
        "(conn=12) Field 'note' doesn't have a default value",
        "(conn=3) Data too long for column 'note' at row 1",
        "[SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE constraint failed: quiet.id)"
      })
  void aWriterReadsWhatHisOwnStatementDidWrong(String words) {
    assertThat(KnownWords.harmless(words, SENT, CATALOG)).as(words).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no: planted@leak.test",
        "invalid input syntax for type integer: \"planted@leak.test\"",
        "(conn=12) Duplicate entry 'planted@leak.test' for key 'mail'",
        "null value in column \"planted@leak.test\" of relation \"quiet\"",
        "duplicate key value violates unique constraint \"planted@leak.test\"",
        "value too long for type character varying(20) planted",
        "[SQLITE_CONSTRAINT_TRIGGER] A RAISE function within a trigger fired (no: planted)",
        "UNIQUE constraint failed: planted"
      })
  void whatNeitherTheStatementNorTheCatalogSaysIsNotShown(String words) {
    assertThat(KnownWords.harmless(words, SENT, CATALOG)).as(words).isFalse();
  }
}
