package dev.sluice.governance.sql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.LexicalLimits;
import dev.sluice.governance.sql.LexicalModes;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.Span;
import dev.sluice.governance.sql.StatementText;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

  private static GateResult read(Dialect dialect, String text) {
    return Gate.read(StatementText.of(text), dialect, ParserWorker.onCallerThread());
  }

  /// What would be sent, or the refusal's code in angle brackets.
  private static String outcome(Dialect dialect, String text) {
    return switch (read(dialect, text)) {
      case GateResult.Parsed parsed -> parsed.printed();
      case GateResult.Recognised recognised -> recognised.statement().printed();
      case GateResult.Refused refused -> "<" + refused.refusal().code() + ">";
    };
  }

  /// Texts that the parser by itself reads as something harmless. They must not come through as
  /// what it sees: each is either refused or comes through as what the server does.
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "POSTGRESQL ¦ SELECT 1; DROP TABLE x ¦ <several-statements>",
        "DUCKDB ¦ SELECT 4 // 2, secret FROM people ¦ SELECT 4 // 2, secret FROM people",
        "DUCKDB ¦ DELETE FROM people WHERE id = 4 // 2 OR true"
            + " ¦ DELETE FROM people WHERE id = 4 // 2 OR true",
        "MYSQL ¦ SELECT 5--1, secret FROM people ¦ SELECT 5 - -1, secret FROM people",
        "MYSQL ¦ SELECT 1 /*! UNION SELECT secret FROM people */ ¦ <executable-comment>",
        "MYSQL ¦ SELECT /*+ SET_VAR(sql_mode='') */ secret FROM people ¦ SELECT secret FROM people",
        "MARIADB ¦ SELECT 1 /*M!100000 UNION SELECT 2 */ ¦ <executable-comment>",
        "MYSQL ¦ SELECT id /* /* */ , secret FROM people -- */ FROM things"
            + " ¦ SELECT id, secret FROM people",
        "SQLITE ¦ SELECT id /* /* */ , secret FROM people -- */ FROM things"
            + " ¦ SELECT id, secret FROM people",
        "MYSQL ¦ DELETE FROM people /* /* */ -- */ WHERE id = 1 ¦ DELETE FROM people",
        "SQLITE ¦ DELETE FROM people /* /* */ -- */ WHERE id = 1 ¦ DELETE FROM people",
        "MYSQL ¦ DELETE FROM people#x WHERE id = 1 ¦ DELETE FROM people",
        "MYSQL ¦ UPDATE people SET total = @a#b WHERE id = 1 ¦ UPDATE people SET total = @a",
        "POSTGRESQL ¦ SELECT @pay FROM people ¦ SELECT abs(pay) FROM people",
        "DUCKDB ¦ SELECT @pay FROM people ¦ SELECT abs(pay) FROM people",
        "POSTGRESQL ¦ SELECT @pay * 2 FROM people ¦ <unparsed>",
        "POSTGRESQL ¦ SELECT 0#pay::int ¦ SELECT 0 # pay::int",
        "POSTGRESQL ¦ SELECT E'\\'', secret FROM people -- ' ¦ SELECT '''', secret FROM people",
        "DUCKDB ¦ SELECT E'\\'', secret FROM people -- ' ¦ SELECT '''', secret FROM people",
        "MYSQL ¦ SELECT '\\'', secret FROM people -- ' ¦ SELECT '''', secret FROM people",
        "MYSQL ¦ SELECT id $$, secret FROM people -- $$ ¦ SELECT id `$$`, secret FROM people",
        "POSTGRESQL ¦ SELECT U&\"\\0073ecret\" FROM people ¦ SELECT \"secret\" FROM people",
        "POSTGRESQL ¦ SELECT secret FROM (TABLE people) t"
            + " ¦ SELECT secret FROM (SELECT * FROM people) t",
        "DUCKDB ¦ SELECT * FROM (SUMMARIZE people) ¦ SELECT * FROM (SUMMARIZE people)",
        "DUCKDB ¦ SELECT * FROM (PIVOT people ON a USING count(*)) ¦ <statement-in-brackets>",
        "DUCKDB ¦ SELECT #4 FROM people ¦ <positional-reference>",
        "POSTGRESQL ¦ SELECT {fn ucase(secret)} FROM people ¦ <escape-braces>",
        "POSTGRESQL ¦ SELECT a[:secret] FROM people ¦ <colon>",
        "SQLSERVER ¦ SELECT 1 DELETE FROM people ¦ <several-statements>",
        "SQLSERVER ¦ SELECT a FROM t EXEC p ¦ <several-statements>",
        "SQLSERVER ¦ CREATE TABLE t (a int) DROP TABLE x ¦ <several-statements>",
        "SQLSERVER ¦ ALTER TABLE t DROP COLUMN a DROP TABLE x ¦ <several-statements>",
        "SQLSERVER ¦ ALTER TABLE t DROP COLUMN a ¦ ALTER TABLE t DROP COLUMN a",
        "SQLSERVER ¦ GRANT SELECT ON t TO u DELETE FROM t ¦ <several-statements>",
        "SQLSERVER ¦ GRANT SELECT, DELETE ON t TO u ¦ GRANT SELECT, DELETE ON t TO u",
        "SQLITE ¦ SELECT 'p'.secret FROM people p ¦ <string-as-name>",
        "SQLITE ¦ SELECT secret FROM 'people' ¦ <string-as-name>",
        "MYSQL ¦ SELECT secret FROM people PROCEDURE ANALYSE() ¦ <procedure-clause>",
        "MYSQL ¦ SELECT a FROM t PARTITION (a, secret) ¦ <partition-clause>",
        "DUCKDB ¦ SELECT * FROM people ANTI JOIN t USING (id)"
            + " ¦ SELECT * FROM people ANTI JOIN t USING (id)",
        "SQLSERVER ¦ COMMIT DROP TABLE people ¦ <unrecognised>",
        "POSTGRESQL ¦ SELECT 'a' \\gexec ¦ <client-command>",
      })
  void whatTheParserMisreadsDoesNotComeThroughAsItSeesIt(
      Dialect dialect, String text, String expected) {
    assertThat(outcome(dialect, text)).isEqualTo(expected);
  }

  @Test
  void aBareCarriageReturnIsRefused() {
    assertThat(outcome(Dialect.MYSQL, "DELETE FROM people -- x\rWHERE id = 1"))
        .isEqualTo("<bare-carriage-return>");
  }

  @Test
  void stringsFollowTheServerMode() {
    Gate gate =
        new Gate(
            Dialect.MYSQL,
            new LexicalModes(true, true, false, false),
            LexicalLimits.STANDARD,
            ParserWorker.onCallerThread());
    GateResult result = gate.read(StatementText.of("SELECT '\\', secret FROM people -- '"));
    assertThat(result).isInstanceOf(GateResult.Parsed.class);
    assertThat(((GateResult.Parsed) result).printed()).isEqualTo("SELECT '\\', secret FROM people");
  }

  @Test
  void depthAndLengthAreBoundedBeforeTheParser() {
    String deep = "SELECT " + "(".repeat(3_000) + "1" + ")".repeat(3_000);
    assertThat(outcome(Dialect.POSTGRESQL, deep)).isEqualTo("<nesting-too-deep>");
    assertThat(outcome(Dialect.POSTGRESQL, "SELECT 1" + "+1".repeat(200_000)))
        .isEqualTo("<text-too-long>");
    assertThat(outcome(Dialect.POSTGRESQL, "SELECT 1" + "+1".repeat(60_000)))
        .isEqualTo("<expression-too-long>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "POSTGRESQL ¦ SELECT ALL a FROM b ¦ SELECT a FROM b",
        "POSTGRESQL ¦ TABLE a ¦ SELECT * FROM a",
        "POSTGRESQL ¦ SELECT 1 UNION ALL TABLE b ¦ SELECT 1 UNION ALL SELECT * FROM b",
        "POSTGRESQL ¦ INSERT INTO a TABLE b ¦ INSERT INTO a SELECT * FROM b",
        "POSTGRESQL ¦ SELECT point '(1,2)' ¦ SELECT '(1,2)'::point",
        "POSTGRESQL ¦ SELECT 1 AS true ¦ SELECT 1 AS \"true\"",
        "POSTGRESQL ¦ SELECT statement FROM a ¦ SELECT \"statement\" FROM a",
        "POSTGRESQL ¦ SELECT Output FROM a ¦ SELECT \"output\" FROM a",
        "POSTGRESQL ¦ SELECT * FROM a * ¦ SELECT * FROM a",
        "POSTGRESQL ¦ SELECT 1_000 ¦ SELECT 1000",
        "POSTGRESQL ¦ SELECT $q$it's$q$ ¦ SELECT 'it''s'",
        "POSTGRESQL ¦ SELECT größe FROM a ¦ SELECT \"größe\" FROM a",
        "POSTGRESQL ¦ SELECT E'a\\\\''b' ¦ SELECT E'a\\x5c''b'",
        "MYSQL ¦ SELECT 1 || 0 ¦ SELECT 1 OR 0",
        "MYSQL ¦ SELECT a && b FROM t ¦ SELECT a AND b FROM t",
        "MYSQL ¦ SELECT 7 MOD 2 ¦ SELECT 7 % 2",
        "MYSQL ¦ SELECT 'a' 'b' ¦ SELECT 'ab'",
        "MYSQL ¦ SELECT \"a\" ¦ SELECT 'a'",
        "MYSQL ¦ SELECT 1a FROM t ¦ SELECT `1a` FROM t",
        "SQLITE ¦ SELECT [a b] FROM t WHERE x == 1 ¦ SELECT `a b` FROM t WHERE x = 1",
        "SQLITE ¦ SELECT \"a\" FROM t ¦ SELECT \"a\" FROM t",
        "DUCKDB ¦ SELECT div, 2 ** 3 FROM a ¦ SELECT \"div\", 2 ^ 3 FROM a",
        "DUCKDB ¦ SELECT a IS DISTINCT FROM b FROM t ¦ SELECT a IS DISTINCT FROM b FROM t",
        "SQLITE ¦ SELECT a FROM t WHERE b NOT GLOB 'x*' ¦ SELECT a FROM t WHERE b NOT GLOB 'x*'",
        "SQLITE ¦ SELECT a FROM t WHERE b REGEXP 'x' ¦ <regexp>",
        "SQLITE ¦ SELECT a FROM t WHERE b = ?1 ¦ SELECT a FROM t WHERE b = ?1",
        "SQLITE ¦ SELECT a IS b, a IS NOT 1 FROM t"
            + " ¦ SELECT a IS NOT DISTINCT FROM b, a IS DISTINCT FROM 1 FROM t",
        "SQLITE ¦ SELECT a ISNULL, b NOTNULL FROM t ¦ SELECT a IS NULL, b IS NOT NULL FROM t",
        "POSTGRESQL ¦ SELECT a FROM t OFFSET 5 LIMIT 10 ¦ SELECT a FROM t LIMIT 10 OFFSET 5",
        "SQLSERVER ¦ SELECT [a b] FROM t WHERE c !< 2 ¦ SELECT \"a b\" FROM t WHERE c >= 2",
        "SQLSERVER ¦ INSERT t (a) VALUES (1) ¦ INSERT INTO t (a) VALUES (1)",
        "DUCKDB ¦ FROM a ¦ SELECT * FROM a",
        "DUCKDB ¦ FROM a SELECT b WHERE c ¦ SELECT b FROM a WHERE c",
        "DUCKDB ¦ SELECT * FROM (FROM a SELECT b) ¦ SELECT * FROM (SELECT b FROM a)",
        "ANSI ¦ SELECT CAST(a = b AS int) FROM t ¦ SELECT CAST((a = b) AS int) FROM t",
      })
  void spellingsThatTheParserDoesNotKnowAreRewrittenToTheSameMeaning(
      Dialect dialect, String text, String expected) {
    assertThat(outcome(dialect, text)).isEqualTo(expected);
  }

  @Test
  void ordinaryStatementsComeThrough() {
    for (String text :
        new String[] {
          "SELECT DISTINCT ON (a) a, b AS c FROM s.t x LEFT OUTER JOIN u USING (id) WHERE a IN (1,"
              + " 2) AND b LIKE '%x%' GROUP BY a, b HAVING count(*) > 1 ORDER BY 1 DESC NULLS LAST"
              + " LIMIT 5",
          "WITH RECURSIVE q AS (SELECT 1 n UNION ALL SELECT n + 1 FROM q WHERE n < 5) SELECT * FROM"
              + " q",
          "SELECT sum(x) OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)"
              + " FROM t",
          "INSERT INTO t (a, b) VALUES (1, 'x') ON CONFLICT (a) DO UPDATE SET b = excluded.b"
              + " RETURNING *",
          "UPDATE t SET a = 1 FROM u WHERE t.id = u.id",
          "DELETE FROM t USING u WHERE t.id = u.id",
          "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = u.a"
              + " WHEN NOT MATCHED THEN INSERT (id) VALUES (u.id)",
          "SELECT j ->> 'a', j #>> '{a,b}', j @> '{}', a::numeric(10, 2), b[1] FROM t",
          "SELECT CASE WHEN a THEN 1 ELSE 2 END, COALESCE(a, b), EXTRACT(year FROM d), now() FROM"
              + " t",
        }) {
      assertThat(read(Dialect.POSTGRESQL, text)).as(text).isInstanceOf(GateResult.Parsed.class);
    }
  }

  @Test
  void nodesAreFoundInTheStatementAsWritten() {
    String text = "SELECT  /* x */ Upper( name ) AS n,\n b.\"Total\" FROM t WHERE id = 7";
    GateResult.Parsed parsed = (GateResult.Parsed) read(Dialect.POSTGRESQL, text);
    PlainSelect select = (PlainSelect) parsed.statement();
    assertThat(slice(text, parsed.sources().spanOf(select.getSelectItem(0).getExpression())))
        .isEqualTo("Upper( name )");
    assertThat(slice(text, parsed.sources().spanOf(select.getSelectItem(1).getExpression())))
        .isEqualTo("b.\"Total\"");
    assertThat(slice(text, parsed.sources().spanOf(select.getWhere()))).isEqualTo("id = 7");
    assertThat(slice(text, parsed.sources().spanOf(select.getFromItem()))).isEqualTo("t");
  }

  @Test
  void anOffsetOfThePrintedTextIsFoundInTheStatementAsWritten() {
    String text = "SELECT /* a long comment */ a, b FROM t";
    GateResult.Parsed parsed = (GateResult.Parsed) read(Dialect.POSTGRESQL, text);
    int offset = parsed.printed().indexOf("b");
    assertThat(slice(text, parsed.sources().ofPrinted(offset))).isEqualTo("b");
  }

  @Test
  void aRefusalNamesThePlace() {
    String text = "SELECT a FROM t WHERE )";
    GateResult.Refused refused = (GateResult.Refused) read(Dialect.POSTGRESQL, text);
    assertThat(slice(text, refused.refusal().span())).isEqualTo(")");
    assertThat(refused.refusal().wayOut()).isNotBlank();
  }

  private static String slice(String text, Span span) {
    return text.substring(span.start(), span.end());
  }
}
