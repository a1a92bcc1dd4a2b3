package dev.sluice.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.governance.sql.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The built-in attacks, live, on every ring that can be started here.
class AttackTest {

  private static final Set<String> ANALYSTS = Set.of("analysts");

  private static void nothingCameThrough(AttackScore score) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    score.print(new PrintStream(told, true, StandardCharsets.UTF_8));
    JsonNode numbers = JsonMapper.shared().readTree(score.json());
    String words = told.toString(StandardCharsets.UTF_8);
    assertThat(numbers.path("cases").asInt()).isGreaterThan(100);
    assertThat(numbers.path("benign").asInt()).isGreaterThan(30);
    assertThat(numbers.path("leaks").asInt()).as(words).isZero();
    assertThat(numbers.path("changed").asInt()).as(words).isZero();
    assertThat(numbers.path("benign_wrong").asInt()).as(words).isZero();
    assertThat(score.failed()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "DUCKDB"})
  void theCoreAloneLetsNothingThroughOnFiles(Dialect engine) throws Exception {
    nothingCameThrough(new Attack(AttackSet.builtIn(), engine, true, ANALYSTS).run());
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void theCoreAloneLetsNothingThroughOnServers(Dialect engine) throws Exception {
    nothingCameThrough(new Attack(AttackSet.builtIn(), engine, true, ANALYSTS).run());
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void theDatabaseAloneLetsNothingThrough(Dialect engine) throws Exception {
    nothingCameThrough(new Attack(AttackSet.builtIn(), engine, false, ANALYSTS).run());
  }

  /// Without any ring the same cases must come through, else they would prove nothing.
  @Test
  void withoutARingTheAttacksSucceed() throws Exception {
    AttackScore score =
        new Attack(AttackSet.builtIn(), Dialect.SQLITE, true, ANALYSTS)
            .run((ground, policy, attacker, context) -> new NoRing(ground));
    JsonNode numbers = JsonMapper.shared().readTree(score.json());
    assertThat(numbers.path("leaks").asInt()).isGreaterThan(50);
    assertThat(numbers.path("changed").asInt()).isGreaterThan(10);
    assertThat(score.failed()).isTrue();
  }

  @Test
  void aSurveyIsWrittenOnlyAsAWhole() {
    var told = new java.io.StringWriter();
    int code =
        new picocli.CommandLine(new AttackCommand())
            .setErr(new java.io.PrintWriter(told))
            .execute("--write-docs");
    assertThat(code).isEqualTo(2);
    assertThat(told.toString()).contains("--write-docs goes with --all.");
  }

  @Test
  void partsOfAFixtureAreForTheirEngineAlone() {
    String text =
        """
        CREATE TABLE t (id INTEGER);
        -- PostgreSQL only
        CREATE SCHEMA a;
        -- MySQL only: a database of that name
        -- CREATE VIEW b AS SELECT 1;
        -- DuckDB only: CREATE SCHEMA c; CREATE SCHEMA d;
        """;
    assertThat(Fixture.statements(text, Dialect.POSTGRESQL))
        .isEqualTo(List.of("CREATE TABLE t (id INTEGER)", "CREATE SCHEMA a"));
    assertThat(Fixture.statements(text, Dialect.MARIADB))
        .isEqualTo(List.of("CREATE TABLE t (id INTEGER)", "CREATE VIEW b AS SELECT 1"));
    assertThat(Fixture.statements(text, Dialect.DUCKDB))
        .isEqualTo(List.of("CREATE TABLE t (id INTEGER)", "CREATE SCHEMA c", "CREATE SCHEMA d"));
    assertThat(Fixture.statements(text, Dialect.SQLITE))
        .isEqualTo(List.of("CREATE TABLE t (id INTEGER)"));
  }
}
