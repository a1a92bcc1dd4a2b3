package dev.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.governance.policy.EngineParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The protocol of `check --batch`: one line out for each line in, in order, whatever comes in.
class CheckBatchTest {

  private static final BoundedParserWorker WORKER = BoundedParserWorker.standard();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String POLICY =
      """
      version: 3
      connections: [{name: shop, environment: production, owner: tests}]
      classifications: [{tag: pii.email, columns: [people.mail]}]
      masks: {pii.email: {algorithm: email, uses: deny}}
      rules:
        - {id: no-drops, when: 'statement.effects.exists(e, e.kind == "DROP")', effect: block, message: Nothing is dropped.}
        - id: changes
          when: statement.writes
          effect: require-approval
          approvers: {any-of: ["group:owners"], quorum: 1, decide-within: 8h, use-within: 1h}
        - {id: reads, when: '"analysts" in user.groups && statement.reads_only', effect: allow}
      """;

  private static final String LINE =
      """
      {"id": "%s", "dialect": "postgresql", "default_schema": "public",
       "schema": [{"schema": "public", "name": "people", "columns": ["id", {"name": "mail", "type": "text"}]},
                  {"schema": "public", "name": "mails", "kind": "view", "columns": ["m"],
                   "definition": "SELECT mail AS m FROM people"}],
       "sql": %s, "policy_file": %s,
       "actor": {"subject": "ada", "groups": ["analysts"], "kind": "person"},
       "connection": {"name": "shop", "environment": "production"}}
      """;

  @TempDir Path folder;

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  private String line(String id, String sql) throws IOException {
    Path policy = folder.resolve("policy.yaml");
    Files.writeString(policy, POLICY, StandardCharsets.UTF_8);
    return LINE.formatted(
            id, JSON.writeValueAsString(sql), JSON.writeValueAsString(policy.toString()))
        .replace("\n", " ");
  }

  private static List<JsonNode> answers(byte[] input) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    CheckLines lines =
        new CheckLines(
            LocalCore.of(WORKER).scripts(), new Policies(EngineParts.none()), Optional.empty());
    new Batch(lines).run(new ByteArrayInputStream(input), output);
    List<JsonNode> answers = new ArrayList<>();
    for (String line : output.toString(StandardCharsets.UTF_8).split("\n")) {
      answers.add(JSON.readTree(line));
    }
    return answers;
  }

  private JsonNode answer(String sql) throws IOException {
    List<JsonNode> answers = answers((line("1", sql) + "\n").getBytes(StandardCharsets.UTF_8));
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }

  private JsonNode only(String sql) throws IOException {
    JsonNode statements = answer(sql).get("statements");
    assertThat(statements).hasSize(1);
    return statements.get(0);
  }

  @Test
  void badLinesAnswerWithAnErrorAndNeverStopTheBatch() throws Exception {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.write("not json\n".getBytes(StandardCharsets.UTF_8));
    input.write("\n".getBytes(StandardCharsets.UTF_8));
    input.write(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"', '\n'});
    input.write("[1, 2]\n".getBytes(StandardCharsets.UTF_8));
    input.write(
        "{\"id\": 7, \"dialect\": \"klingon\", \"sql\": \"x\"}\n".getBytes(StandardCharsets.UTF_8));
    input.write("{\"id\": 8, \"dialect\": \"ansi\"}\n".getBytes(StandardCharsets.UTF_8));
    input.write(
        "{\"id\": 9, \"dialect\": \"ansi\", \"sql\": \"SELECT 1\", \"policy_file\": \"/nowhere\"}\n"
            .getBytes(StandardCharsets.UTF_8));
    input.write(line("10", "SELECT id FROM people").getBytes(StandardCharsets.UTF_8));
    List<JsonNode> answers = answers(input.toByteArray());
    assertThat(answers).hasSize(8);
    assertThat(answers.subList(0, 7))
        .allSatisfy(answer -> assertThat(answer.has("error")).isTrue());
    assertThat(answers.get(4).get("id").asInt()).isEqualTo(7);
    assertThat(answers.get(7).get("statements").get(0).get("decision").asString())
        .isEqualTo("allow");
  }

  @Test
  void withoutAPolicyOnlyTheAnalysisIsAnswered() throws Exception {
    JsonNode answer =
        answers(
                "{\"id\": 1, \"dialect\": \"ansi\", \"schema\": [{\"name\": \"t\", \"columns\": [\"a\"]}], \"sql\": \"SELECT a FROM t\"}"
                    .getBytes(StandardCharsets.UTF_8))
            .getFirst();
    JsonNode statement = answer.get("statements").get(0);
    assertThat(statement.has("decision")).isFalse();
    assertThat(statement.get("columns").get(0).get("sources").get(0).asString()).isEqualTo("t.a");
    assertThat(statement.get("complete").asBoolean()).isTrue();
  }

  @Test
  void sensitiveOutputsCarryTheirMaskAndTheirSources() throws Exception {
    JsonNode direct = only("SELECT m FROM mails").get("columns").get(0);
    assertThat(direct.get("mask").asString()).isEqualTo("email");
    assertThat(direct.get("sources").get(0).asString()).isEqualTo("public.people.mail");
    assertThat(direct.get("direct").asBoolean()).isTrue();
    JsonNode derived = only("SELECT upper(mail) FROM people").get("columns").get(0);
    assertThat(derived.get("mask").asString()).isEqualTo("redact");
    assertThat(derived.get("direct").asBoolean()).isFalse();
  }

  @Test
  void aMaskingRefusalNamesTheTagAndThePlaceInCodePoints() throws Exception {
    String sql = "SELECT id /* 😀 */ FROM people WHERE mail = 'x'";
    JsonNode statement = only(sql);
    assertThat(statement.get("decision").asString()).isEqualTo("deny");
    assertThat(statement.get("rule").asString()).isEqualTo("mask:pii.email");
    int start = statement.get("span").get(0).asInt();
    int[] points = sql.codePoints().toArray();
    assertThat(new String(points, start, 4)).isEqualTo("mail");
    assertThat(statement.get("end").asInt()).isEqualTo(points.length);
  }

  @Test
  void everyStatementOfAScriptIsDecided() throws Exception {
    JsonNode statements =
        answer("SELECT id FROM people; DROP TABLE people; INSERT INTO people (id) VALUES (1)")
            .get("statements");
    assertThat(statements).hasSize(3);
    assertThat(statements.get(0).get("decision").asString()).isEqualTo("allow");
    assertThat(statements.get(1).get("decision").asString()).isEqualTo("deny");
    assertThat(statements.get(1).get("rule").asString()).isEqualTo("no-drops");
    assertThat(statements.get(2).get("decision").asString()).isEqualTo("needs-approval");
  }

  @Test
  void whatCannotBeReadIsOneRefusedStatement() throws Exception {
    for (String sql : List.of("SELECT 'open", "\u0000", "SELECT 1 \u202e FROM people")) {
      JsonNode statements = answer(sql).get("statements");
      assertThat(statements).as(sql).isNotEmpty();
      assertThat(statements)
          .as(sql)
          .anySatisfy(
              statement -> assertThat(statement.get("decision").asString()).isEqualTo("deny"));
    }
  }

  @Test
  void aTextOfMegabytesAndDeepNestingAreAnswered() throws Exception {
    assertThat(answer("SELECT " + "1+".repeat(600_000) + "1").has("statements")).isTrue();
    JsonNode deep = only("SELECT " + "(".repeat(5000) + "1" + ")".repeat(5000));
    assertThat(deep.get("decision").asString()).isEqualTo("deny");
  }
}
