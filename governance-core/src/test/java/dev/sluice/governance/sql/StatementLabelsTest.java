package dev.sluice.governance.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementLabelsTest {

  @Test
  void theLastCommentInSqlcommenterFormGivesLabels() {
    assertThat(
            StatementLabels.of(
                "SELECT 1 /*commit='4f2a',workflow='nightly%20load',model='a\\'b'*/ ;\n"))
        .isEqualTo(Map.of("commit", "4f2a", "workflow", "nightly load", "model", "a'b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "SELECT 1 /* just words */",
        "SELECT 1 /*workflow=nightly*/",
        "SELECT 1 /*workflow='nightly' and more*/",
        "SELECT '/*workflow=''x''*/'",
        "/*workflow='nightly'*/ SELECT 1",
        "SELECT 1 /*WORKFLOW='nightly'*/",
        "SELECT 1 /*workflow='a%0ab'*/",
        "SELECT 1 /*",
        "SELECT 1 /*/",
        "*/"
      })
  void everythingElseGivesNone(String statement) {
    assertThat(StatementLabels.of(statement)).isEmpty();
  }

  @Test
  void aStatementAddsToWhatItsSessionSaysAndDoesNotContradictIt() {
    Actor agent =
        new Actor.Agent(somebody("agent"), somebody("ana"), Map.of("workflow", "reporting"));
    assertThat(agent.withLabels(Map.of("workflow", "other", "run", "7")).labels())
        .isEqualTo(Map.of("workflow", "reporting", "run", "7"));
  }

  private static Principal somebody(String subject) {
    return new Principal("local", subject, null, subject, Set.of(), Set.of());
  }

  @Test
  void aScriptLeavesEachStatementItsOwnLabels() {
    var statements =
        SqlScript.cut(
                "SELECT 1 /*workflow='one'*/; SELECT 2 -- plain\n; SELECT 3 /* words */;"
                    + " SELECT 4 /*workflow='four'*/",
                Dialect.POSTGRESQL)
            .statements();

    assertThat(statements)
        .extracting(statement -> StatementLabels.of(statement.text()).getOrDefault("workflow", ""))
        .containsExactly("one", "", "", "four");
    assertThat(statements.get(1).text()).isEqualTo("SELECT 2");
  }
}
