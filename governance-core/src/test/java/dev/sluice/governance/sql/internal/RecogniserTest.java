package dev.sluice.governance.sql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.ParserWorker;
import dev.sluice.governance.sql.StatementText;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecogniserTest {

  /// Effects with objects, then the inner statement; or the refusal's code.
  private static String named(Dialect dialect, String text) {
    GateResult result = Gate.read(StatementText.of(text), dialect, ParserWorker.onCallerThread());
    return switch (result) {
      case GateResult.Parsed parsed -> "parsed";
      case GateResult.Refused refused -> "<" + refused.refusal().code() + ">";
      case GateResult.Recognised recognised ->
          recognised.statement().effects().stream()
                  .map(
                      effect ->
                          effect.kind()
                              + String.join(",", effect.objects())
                                  .transform(
                                      objects -> objects.isEmpty() ? "" : "(" + objects + ")"))
                  .collect(Collectors.joining(" "))
              + recognised
                  .statement()
                  .inner()
                  .map(inner -> " " + inner.role() + "[" + inner.text().text() + "]")
                  .orElse("");
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "POSTGRESQL ¦ BEGIN ¦ TRANSACTION",
        "POSTGRESQL ¦ BEGIN ISOLATION LEVEL SERIALIZABLE, READ ONLY ¦ TRANSACTION SESSION",
        "POSTGRESQL ¦ START TRANSACTION READ WRITE ¦ TRANSACTION SESSION",
        "POSTGRESQL ¦ ROLLBACK TO SAVEPOINT a ¦ TRANSACTION",
        "POSTGRESQL ¦ COMMIT AND CHAIN ¦ TRANSACTION SESSION",
        "SQLITE ¦ BEGIN IMMEDIATE ¦ TRANSACTION SESSION",
        "MARIADB ¦ BEGIN NOT ATOMIC DELETE FROM t ¦ EXECUTE",
        "POSTGRESQL ¦ BEGIN DELETE FROM t ¦ <unrecognised>",
        "POSTGRESQL ¦ SET search_path = a, b ¦ SESSION",
        "POSTGRESQL ¦ SET ROLE boss ¦ SESSION ROLE",
        "POSTGRESQL ¦ RESET ALL ¦ SESSION",
        "MYSQL ¦ SET GLOBAL x = 1 ¦ SESSION ALTER",
        "MYSQL ¦ SET @x = (SELECT a FROM t) ¦ <unrecognised>",
        "MARIADB ¦ SET STATEMENT a = 1 FOR DELETE FROM t ¦ <unrecognised>",
        "MYSQL ¦ RESET MASTER ¦ MAINTENANCE",
        "POSTGRESQL ¦ SHOW work_mem ¦ SHOW",
        "POSTGRESQL ¦ SHOW app.secret ¦ <values-in-answer>",
        "MYSQL ¦ SHOW TABLES FROM d LIKE 'a%' ¦ SHOW",
        "MYSQL ¦ SHOW FULL PROCESSLIST ¦ <values-in-answer>",
        "MYSQL ¦ SHOW TABLES WHERE (SELECT 1) ¦ <unrecognised>",
        "MYSQL ¦ SHOW WARNINGS ¦ <values-in-answer>",
        "TRINO ¦ SHOW STATS FOR t ¦ <unrecognised>",
        "TRINO ¦ SHOW COLUMNS FROM t ¦ SHOW",
        "MYSQL ¦ DESC t ¦ SHOW(t)",
        "DUCKDB ¦ DESCRIBE SELECT 1 ¦ SHOW DESCRIBED[SELECT 1]",
        "DUCKDB ¦ SUMMARIZE t ¦ parsed",
        "SQLITE ¦ PRAGMA table_info(t) ¦ SHOW",
        "SQLITE ¦ PRAGMA main.cache_size ¦ SHOW",
        "SQLITE ¦ PRAGMA cache_size = 10 ¦ SESSION",
        "SQLITE ¦ PRAGMA cache_size(10) ¦ SESSION",
        "SQLITE ¦ PRAGMA own_setting ¦ <unrecognised>",
        "SQLITE ¦ PRAGMA wal_checkpoint ¦ MAINTENANCE",
        "DUCKDB ¦ PRAGMA storage_info('t') ¦ CALL",
        "POSTGRESQL ¦ EXPLAIN DELETE FROM t ¦ EXPLAIN EXPLAINED[DELETE FROM t]",
        "POSTGRESQL ¦ EXPLAIN ANALYZE DELETE FROM t ¦ EXPLAIN EXPLAINED_AND_RUN[DELETE FROM t]",
        "POSTGRESQL ¦ EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t"
            + " ¦ EXPLAIN EXPLAINED_AND_RUN[DELETE FROM t]",
        "POSTGRESQL ¦ EXPLAIN (ANALYZE off) SELECT 1 ¦ EXPLAIN EXPLAINED[SELECT 1]",
        "POSTGRESQL ¦ EXPLAIN (ODD) SELECT 1 ¦ <unrecognised>",
        "POSTGRESQL ¦ EXPLAIN (SELECT 1) ¦ EXPLAIN EXPLAINED[(SELECT 1)]",
        "SQLITE ¦ EXPLAIN QUERY PLAN SELECT 1 ¦ EXPLAIN EXPLAINED[SELECT 1]",
        "MYSQL ¦ EXPLAIN FORMAT=JSON SELECT 1 ¦ EXPLAIN EXPLAINED[SELECT 1]",
        "MYSQL ¦ EXPLAIN FOR CONNECTION 5 ¦ <unrecognised>",
        "MARIADB ¦ ANALYZE FORMAT=JSON DELETE FROM t ¦ EXPLAIN EXPLAINED_AND_RUN[DELETE FROM t]",
        "MARIADB ¦ ANALYZE TABLE t ¦ MAINTENANCE",
        "POSTGRESQL ¦ ANALYZE t ¦ MAINTENANCE",
        "POSTGRESQL ¦ COPY t (a, b) TO STDOUT ¦ FILE COPIED_OUT[SELECT a, b FROM t]",
        "POSTGRESQL ¦ COPY (SELECT 1) TO PROGRAM 'x' ¦ PROGRAM COPIED_OUT[SELECT 1]",
        "POSTGRESQL ¦ COPY t FROM '/x' ¦ COPY(t) FILE",
        "POSTGRESQL ¦ COPY t FROM STDIN ¦ COPY(t)",
        "MYSQL ¦ LOAD DATA INFILE 'x' INTO TABLE t ¦ COPY(t) FILE",
        "DUCKDB ¦ LOAD httpfs ¦ FILE",
        "SQLITE ¦ VACUUM INTO 'x' ¦ MAINTENANCE FILE",
        "POSTGRESQL ¦ DECLARE c CURSOR FOR SELECT 1 ¦ EXECUTE CURSOR[SELECT 1]",
        "POSTGRESQL ¦ PREPARE p (int) AS DELETE FROM t ¦ EXECUTE PREPARED[DELETE FROM t]",
        "MYSQL ¦ PREPARE p FROM 'DELETE FROM t' ¦ EXECUTE",
        "MARIADB ¦ EXECUTE IMMEDIATE 'x' ¦ EXECUTE",
        "POSTGRESQL ¦ DO $$ BEGIN END $$ ¦ EXECUTE",
        "POSTGRESQL ¦ CALL s.p(1) ¦ CALL(s.p)",
        "POSTGRESQL ¦ CREATE TABLE a AS SELECT 1 WITH NO DATA ¦ CREATE(a) STORED[SELECT 1]",
        "MYSQL ¦ CREATE TABLE a (b int) SELECT 1 AS b ¦ CREATE(a) STORED[SELECT 1 AS b]",
        "POSTGRESQL ¦ CREATE TABLE a (b int CHECK (b IN (SELECT 1))) ¦ <unrecognised>",
        "POSTGRESQL ¦ CREATE TABLE a WITH (fillfactor=70) AS SELECT 1 ¦ CREATE(a) STORED[SELECT 1]",
        "POSTGRESQL ¦ CREATE VIEW v AS SELECT 1 WITH LOCAL CHECK OPTION ¦ CREATE(v) DEFINED[SELECT"
            + " 1]",
        "POSTGRESQL ¦ CREATE ROLE r ¦ CREATE(r) ROLE(r)",
        "POSTGRESQL ¦ CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a) ¦ CREATE(i)",
        "POSTGRESQL ¦ ALTER TABLE s.t ADD c int ¦ ALTER(s.t)",
        "POSTGRESQL ¦ ALTER TABLE t RENAME TO u ¦ ALTER(t) RENAME(t)",
        "POSTGRESQL ¦ DROP TABLE IF EXISTS a, b.c CASCADE ¦ DROP(a,b.c)",
        "POSTGRESQL ¦ DROP U&\"TABLE\" t ¦ <unrecognised>",
        "POSTGRESQL ¦ TRUNCATE ONLY a, b ¦ TRUNCATE(a,b)",
        "MYSQL ¦ RENAME TABLE a TO b, c TO d ¦ RENAME(a,b,c,d)",
        "POSTGRESQL ¦ GRANT SELECT ON a, b TO c ¦ GRANT(a,b)",
        "POSTGRESQL ¦ REVOKE ALL ON a FROM b ¦ REVOKE(a)",
        "POSTGRESQL ¦ NOTIFY a, 'b' ¦ NETWORK",
        "POSTGRESQL ¦ LOCK TABLE a IN SHARE MODE ¦ LOCK(a)",
        "POSTGRESQL ¦ COMMENT ON TABLE a IS 'b' ¦ ALTER",
        "POSTGRESQL ¦ SECURITY LABEL ON TABLE a IS 'b' ¦ ALTER",
        "POSTGRESQL ¦ IMPORT FOREIGN SCHEMA a FROM SERVER b INTO c ¦ CREATE NETWORK",
        "MYSQL ¦ HANDLER t OPEN ¦ EXECUTE",
        "MYSQL ¦ KILL 5 ¦ MAINTENANCE",
        "MYSQL ¦ FLUSH TABLES ¦ MAINTENANCE",
        "MYSQL ¦ XA START 'a' ¦ TRANSACTION SESSION",
        "POSTGRESQL ¦ FROBNICATE t ¦ <unrecognised>",
        "POSTGRESQL ¦ 'x' ¦ <unrecognised>",
      })
  void namesTheStatement(Dialect dialect, String text, String expected) {
    assertThat(named(dialect, text)).isEqualTo(expected);
  }

  @Test
  void theInnerStatementKeepsItsPlace() {
    String text = "EXPLAIN /* why */ SELECT 1";
    GateResult.Recognised result =
        (GateResult.Recognised)
            Gate.read(StatementText.of(text), Dialect.POSTGRESQL, ParserWorker.onCallerThread());
    assertThat(result.statement().inner().orElseThrow().text().span().start())
        .isEqualTo(text.indexOf("SELECT"));
    assertThat(result.statement().printed()).isEqualTo("EXPLAIN SELECT 1");
    assertThat(result.statement().printedWith("SELECT 2")).isEqualTo("EXPLAIN SELECT 2");
  }
}
