package dev.sluice.governance.sql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forms that the parser reads under another shape.
class LentFormsTest {

  private static String outcome(Dialect dialect, String text) {
    return switch (Gate.read(StatementText.of(text), dialect, ParserWorker.onCallerThread())) {
      case GateResult.Parsed parsed -> parsed.printed();
      case GateResult.Recognised recognised -> recognised.statement().printed();
      case GateResult.Refused refused -> "<" + refused.refusal().code() + ">";
    };
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "POSTGRESQL ¦ UPDATE ONLY people SET name = 'x' WHERE id = 1",
        "POSTGRESQL ¦ DELETE FROM ONLY people WHERE id = 1",
        "POSTGRESQL ¦ SELECT (p).* FROM people p",
        "POSTGRESQL ¦ SELECT id, (SELECT p FROM people p LIMIT 1).* FROM things",
        "POSTGRESQL ¦ MERGE INTO people p USING things t ON p.id = t.id"
            + " WHEN MATCHED AND p.id > 3 THEN DO NOTHING WHEN MATCHED THEN DELETE"
            + " WHEN NOT MATCHED THEN DO NOTHING",
        "MYSQL ¦ SELECT id FROM people LOCK IN SHARE MODE",
        "MARIADB ¦ SELECT CONVERT(id, CHAR), CONVERT(CONVERT(a, DATE), DECIMAL (10, 2)) FROM t",
        "MYSQL ¦ SELECT _utf8mb4 'x', _latin1 X'41', BINARY name, BINARY lower(name) FROM people",
        "MYSQL ¦ INSERT INTO people () VALUES ()",
        "SQLITE ¦ INSERT OR IGNORE INTO people (id) VALUES (1)",
        "SQLITE ¦ INSERT OR ABORT INTO people (id) VALUES (1)",
        "SQLITE ¦ INSERT OR FAIL INTO people (id) VALUES (1)",
        "SQLITE ¦ INSERT OR ROLLBACK INTO people (id) VALUES (1)",
        "SQLITE ¦ UPDATE OR IGNORE people SET id = 2 WHERE id = 1",
        "SQLITE ¦ UPDATE OR REPLACE people SET id = 2 WHERE id = 1",
        "SQLITE ¦ SELECT id FROM people AS p INDEXED BY ix, things NOT INDEXED WHERE p.id = 3",
        "DUCKDB ¦ INSERT OR IGNORE INTO people (id) VALUES (1)",
        "DUCKDB ¦ INSERT INTO people BY NAME SELECT 1 AS id",
        "DUCKDB ¦ SELECT p.id FROM people p SEMI JOIN things t ON t.id = p.id",
        "DUCKDB ¦ SELECT p.id FROM people p ANTI JOIN things t ON t.id = p.id",
        "DUCKDB ¦ SELECT * FROM people POSITIONAL JOIN things",
        "DUCKDB ¦ SUMMARIZE people",
        "DUCKDB ¦ SELECT * FROM (SUMMARIZE SELECT id FROM people) s",
        "DUCKDB ¦ SELECT * FROM (DESCRIBE people)",
        "DUCKDB ¦ SELECT * RENAME(name AS n, id AS i) FROM people",
        "DUCKDB ¦ SELECT * EXCLUDE(id) RENAME(name AS n) FROM people",
        "DUCKDB ¦ SELECT id FROM people USING SAMPLE 10",
        "DUCKDB ¦ SELECT id FROM (SELECT id FROM people WHERE id > 3 USING SAMPLE RESERVOIR(5"
            + " ROWS))",
        "DUCKDB ¦ SELECT id FROM people USING SAMPLE SYSTEM(10%)",
        "DUCKDB ¦ SELECT list_reduce(l, lambda a, b: a + b), apply(l, lambda x: x + 1) FROM t",
        "DUCKDB ¦ SELECT [lower(x) FOR x IN [y FOR y IN l] IF x LIKE 'a%'] FROM t",
        "TRINO ¦ SELECT id FROM people OFFSET 3 LIMIT 10",
      })
  void theServerReadsWhatWasWritten(Dialect dialect, String text) {
    assertThat(words(outcome(dialect, text))).isEqualTo(words(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "POSTGRESQL ¦ SELECT substring(name FOR 2) FROM people"
            + " ¦ SELECT substring(name FROM 1 FOR 2) FROM people",
        "POSTGRESQL ¦ SELECT id FROM people WHERE EXISTS (SELECT FROM things)"
            + " ¦ SELECT id FROM people WHERE EXISTS (SELECT 1 FROM things)",
        "POSTGRESQL ¦ SELECT json_object('a' : 1) ¦ SELECT JSON_OBJECT('a' VALUE 1)",
        "MYSQL ¦ SELECT HIGH_PRIORITY id FROM people ¦ SELECT id FROM people",
        "MYSQL ¦ DELETE FROM p USING people p JOIN things t ON t.id = p.id WHERE t.id = 3"
            + " ¦ DELETE p FROM people p JOIN things t ON t.id = p.id WHERE t.id = 3",
        "DUCKDB ¦ SELECT * EXCLUDE id FROM people ¦ SELECT * EXCLUDE(id) FROM people",
        "DUCKDB ¦ SELECT id FROM people TABLESAMPLE 10%"
            + " ¦ SELECT id FROM people TABLESAMPLE SYSTEM (10 PERCENT)",
      })
  void aShortFormIsWrittenOut(Dialect dialect, String text, String sent) {
    assertThat(words(outcome(dialect, text))).isEqualTo(words(sent));
  }

  /// What is lent to the parser must not be a way in for whoever writes it himself.
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "SQLITE ¦ INSERT IGNORE INTO people (id) VALUES (1)",
        "SQLITE ¦ SELECT id FROM people USE INDEX (ix)",
        "POSTGRESQL ¦ UPDATE LOW_PRIORITY people SET id = 1",
        "POSTGRESQL ¦ DELETE LOW_PRIORITY FROM people",
        "POSTGRESQL ¦ SELECT (sluice_row(p)).* FROM people p",
        "POSTGRESQL ¦ MERGE INTO people p USING things t ON p.id = t.id"
            + " WHEN MATCHED THEN UPDATE SET sluice_nothing = 0",
        "MYSQL ¦ SELECT id FROM people FOR KEY SHARE",
        "MYSQL ¦ SELECT TRY_CAST(id AS CHAR) FROM people",
        "MYSQL ¦ SELECT sluice_prefix_binary(name) FROM people",
        "MYSQL ¦ INSERT INTO people DEFAULT VALUES",
        "DUCKDB ¦ SELECT sluice_summary(*) FROM people",
        "DUCKDB ¦ SELECT * REPLACE (sluice_renamed(name) AS id) FROM people",
        "DUCKDB ¦ SELECT sluice_comprehension(l, x -> x) FROM people",
        "DUCKDB ¦ SELECT f(sluice_lambda(0, x -> x)) FROM people",
        "DUCKDB ¦ SELECT id FROM people WINDOW sluice_sample_1000 AS (ORDER BY 1)",
        "TRINO ¦ SELECT id FROM people LIMIT 10 OFFSET 3",
      })
  void aLentShapeWrittenByHandIsRefused(Dialect dialect, String text) {
    assertThat(outcome(dialect, text)).startsWith("<");
  }
}
