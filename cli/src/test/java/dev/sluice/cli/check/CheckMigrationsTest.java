package dev.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.gateway.decision.LocalCore;
import dev.sluice.gateway.parser.BoundedParserWorker;
import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.policy.EngineParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckMigrationsTest {

  private static final BoundedParserWorker WORKER = BoundedParserWorker.standard();
  private static final LocalCore CORE = LocalCore.of(WORKER);

  @TempDir private Path folder;
  private int code;

  @AfterAll
  static void stop() {
    WORKER.close();
  }

  private String check(CheckFile.Form form, Map<String, String> placeholders, Path... files)
      throws BadInput, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    code =
        new CheckFile(CORE, new VerdictPrinter(new PrintWriter(new StringWriter()), Ink.PLAIN))
            .run(
                List.of(files).stream().map(Path::toString).toList(),
                placeholders,
                form,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                Optional.empty(),
                "postgresql",
                Optional.of(new Policies(EngineParts.none()).fromText(AgentShop.POLICY)),
                new Actor.Pipeline(
                    Lines.principal("deployment", Set.of("analysts"), Set.of()), Map.of()),
                engine -> new ConnectionContext("shop", "production", engine, "direct", Map.of()));
    return out.toString(StandardCharsets.UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static List<JsonNode> results(String sarif) {
    List<JsonNode> all = new ArrayList<>();
    JsonNode log = JsonMapper.shared().readTree(sarif);
    assertThat(log.path("version").asString()).isEqualTo("2.1.0");
    log.path("runs").path(0).path("results").forEach(all::add);
    return all;
  }

  private static String file(JsonNode result) {
    return result
        .path("locations")
        .path(0)
        .path("physicalLocation")
        .path("artifactLocation")
        .path("uri")
        .asString();
  }

  @Test
  void aFlywayFolderIsCheckedInItsOrderEachMigrationAgainstWhatThoseBeforeItLeave()
      throws Exception {
    write("V1__begin.sql", "CREATE TABLE parcels (id int PRIMARY KEY);\nSELECT id FROM parcels;\n");
    write("V1.1__more.sql", "ALTER TABLE parcels ADD COLUMN channel varchar(20), ADD b int;");
    write("V2__fill.sql", "UPDATE parcels\nSET channel = '${channel}' WHERE id = 1;");
    write("V10__rename.sql", "ALTER TABLE parcels RENAME COLUMN channel TO road;");
    write("R__read.sql", "SELECT road, b FROM parcels;");
    write("U10__back.sql", "DROP TABLE parcels;");

    List<JsonNode> found = results(check(CheckFile.Form.SARIF, Map.of("channel", "web"), folder));
    assertThat(code).isEqualTo(4);
    assertThat(found.stream().map(each -> Path.of(file(each)).getFileName().toString()))
        .containsExactly(
            "V1__begin.sql", "V1.1__more.sql", "V2__fill.sql", "V10__rename.sql", "U10__back.sql");
    assertThat(found.get(2).path("ruleId").asString()).isEqualTo("writes-need-a-second-person");
    assertThat(found.get(2).path("level").asString()).isEqualTo("warning");
    assertThat(found.get(2).path("message").path("text").asString()).contains("group:data-owners");
    assertThat(found.get(4).path("level").asString()).isEqualTo("error");
    assertThat(found.get(4).path("ruleId").asString()).isEqualTo("no-destructive-ddl");
    JsonNode region =
        found.get(4).path("locations").path(0).path("physicalLocation").path("region");
    assertThat(region.path("startLine").asInt()).isEqualTo(1);
    assertThat(region.path("endColumn").asInt()).isGreaterThan(region.path("startColumn").asInt());

    assertThatThrownBy(() -> check(CheckFile.Form.TEXT, Map.of(), folder))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("--placeholder channel=VALUE");
    write("V2.0__again.sql", "SELECT 1;");
    assertThatThrownBy(() -> check(CheckFile.Form.TEXT, Map.of("channel", "web"), folder))
        .hasMessageContaining("same version");
  }

  @Test
  void annotationsOfGitHubNameFileLineRuleAndNeverBreakOutOfTheirLine() throws Exception {
    Path file = write("odd,name.sql", "SELECT id\nFROM nowhere\nWHERE x = '::error::\n%0A';");
    String told = check(CheckFile.Form.GITHUB, Map.of(), file);
    assertThat(told.lines()).hasSize(1);
    assertThat(told)
        .startsWith("::error file=")
        .contains("odd%2Cname.sql")
        .contains("title=sluice%3A ");
    assertThat(code).isEqualTo(4);
  }

  @Test
  void aLiquibaseChangelogIsCheckedChangeSetByChangeSet() throws Exception {
    write("sql/second.sql", "--liquibase formatted sql\n--changeset ana:2\nDROP TABLE parcels;");
    Path xml =
        write(
            "changelog.xml",
            """
            <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
              <changeSet id="1" author="ana">
                <comment>first</comment>
                <sql>CREATE TABLE parcels (id int PRIMARY KEY)</sql>
                <sql>SELECT id FROM parcels</sql>
              </changeSet>
              <include file="more.yaml"/>
            </databaseChangeLog>
            """);
    write(
        "more.yaml",
        """
        databaseChangeLog:
          - changeSet:
              id: 2
              author: ana
              changes:
                - sqlFile: {path: sql/second.sql}
        """);
    List<JsonNode> found = results(check(CheckFile.Form.SARIF, Map.of(), xml));
    assertThat(found).hasSize(2);
    assertThat(found.get(0).path("level").asString()).isEqualTo("warning");
    assertThat(
            found
                .get(0)
                .path("locations")
                .path(0)
                .path("physicalLocation")
                .path("region")
                .path("startLine")
                .asInt())
        .isEqualTo(4);
    assertThat(file(found.get(1))).endsWith("sql/second.sql");
    assertThat(found.get(1).path("ruleId").asString()).isEqualTo("no-destructive-ddl");

    Path other =
        write(
            "other.xml",
            "<databaseChangeLog><changeSet id='1' author='a'><dropTable tableName='x'/>"
                + "</changeSet></databaseChangeLog>");
    assertThatThrownBy(() -> check(CheckFile.Form.TEXT, Map.of(), other))
        .hasMessageContaining("update-sql");
    Path hostile =
        write(
            "hostile.xml",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><databaseChangeLog><changeSet>"
                + "<sql>&x;</sql></changeSet></databaseChangeLog>");
    assertThatThrownBy(() -> check(CheckFile.Form.TEXT, Map.of(), hostile))
        .isInstanceOf(BadInput.class);
  }
}
