package dev.sluice.governance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void whatTheServerRunsAfterTheLastTokenBelongsToTheStatementAndRefusesIt() {
    for (String text :
        List.of(
            "SELECT 1 /*!50000 UNION SELECT 2 */",
            "SELECT 1 /*! */ ; SELECT 2",
            "SELECT 1 -- plain\n /*M!100000 , 2 */")) {
      SqlScript script = SqlScript.cut(text, Dialect.MARIADB);
      assertThat(script.problemIn(script.statements().getFirst())).as(text).isPresent();
    }
    SqlScript plain = SqlScript.cut("SELECT 1 /* plain */", Dialect.MARIADB);
    assertThat(plain.statements().getFirst().text()).isEqualTo("SELECT 1");
  }

  private static List<String> cut(Dialect dialect, String script) {
    SqlScript result = SqlScript.cut(script, dialect);
    assertThat(result.problems()).isEmpty();
    return result.statements().stream().map(StatementText::text).toList();
  }

  @Test
  void emptyStatementsVanishAndCommentsAroundAreLeftOut() {
    assertThat(cut(Dialect.POSTGRESQL, ";; /* a */ SELECT 1 -- b\n; ;\nSELECT 2"))
        .containsExactly("SELECT 1", "SELECT 2");
    assertThat(cut(Dialect.POSTGRESQL, "-- nothing")).isEmpty();
  }

  @Test
  void semicolonsInsideLiteralsAndCommentsDoNotCut() {
    assertThat(cut(Dialect.POSTGRESQL, "SELECT ';', \";\", $x$;$x$ /*;*/; SELECT 2"))
        .containsExactly("SELECT ';', \";\", $x$;$x$", "SELECT 2");
    assertThat(cut(Dialect.MYSQL, "SELECT `;`, \";\" # ;\n; SELECT 2"))
        .containsExactly("SELECT `;`, \";\"", "SELECT 2");
  }

  @Test
  void dollarQuotesAreOrdinaryNamesToMysql() {
    assertThat(cut(Dialect.MYSQL, "SELECT id $$; SELECT ssn $$"))
        .containsExactly("SELECT id $$", "SELECT ssn $$");
  }

  @Test
  void theClientsDelimiterIsFollowed() {
    String script =
        "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\ndelimiter ;\nSELECT 2;";
    assertThat(cut(Dialect.MYSQL, script))
        .containsExactly("CREATE PROCEDURE p() BEGIN SELECT 1; END", "SELECT 2");
    assertThat(cut(Dialect.MARIADB, "DELIMITER $$\nSELECT 1$$SELECT 2$$"))
        .containsExactly("SELECT 1", "SELECT 2");
  }

  @Test
  void goOnItsOwnLineEndsABatch() {
    assertThat(cut(Dialect.SQLSERVER, "SELECT 1\n  go  \nSELECT go\nFROM t"))
        .containsExactly("SELECT 1", "SELECT go\nFROM t");
    assertThat(SqlScript.cut("SELECT 1\nGO 5", Dialect.SQLSERVER).problems())
        .extracting(LexicalProblem::code)
        .containsExactly("batch-count");
  }

  @Test
  void triggerBodiesStayWhole() {
    String trigger =
        "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN"
            + " UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE FROM d; END";
    assertThat(cut(Dialect.SQLITE, trigger + "; SELECT 1")).containsExactly(trigger, "SELECT 1");
  }

  @Test
  void atomicRoutineBodiesStayWhole() {
    String routine =
        "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END;"
            + " SELECT 2; END";
    assertThat(cut(Dialect.POSTGRESQL, routine + "; SELECT 3"))
        .containsExactly(routine, "SELECT 3");
  }

  @Test
  void moreStatementsThanTheLimitAreAProblem() {
    SqlScript script = SqlScript.cut("SELECT 1;".repeat(101), Dialect.POSTGRESQL);
    assertThat(script.statements()).hasSize(100);
    assertThat(script.problems())
        .extracting(LexicalProblem::code)
        .containsExactly("too-many-statements");
  }

  @Test
  void aProblemIsFoundInTheStatementThatItTouches() {
    SqlScript script = SqlScript.cut("SELECT 1; SELECT \\d; SELECT 3", Dialect.POSTGRESQL);
    assertThat(script.problemIn(script.statements().get(0))).isEmpty();
    assertThat(script.problemIn(script.statements().get(1))).isPresent();
    assertThat(script.problemIn(script.statements().get(2))).isEmpty();
  }
}
