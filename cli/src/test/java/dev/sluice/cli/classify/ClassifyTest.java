package dev.sluice.cli.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.run.Database;
import dev.sluice.cli.run.Discovered;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.connection.ConnectionDefinition.Transport;
import dev.sluice.gateway.connection.DatabaseLogin;
import dev.sluice.governance.discovery.Proposal;
import dev.sluice.governance.policy.ParsedPolicy;
import dev.sluice.governance.policy.PolicyParser;
import dev.sluice.governance.sql.Dialect;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Proposals for real databases: found by values where names say nothing, and never with a value.
class ClassifyTest {

  @TempDir Path folder;

  private static void fill(Connection connection, boolean postgres) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(80), k1 VARCHAR(40),"
              + " k2 VARCHAR(40), email_verified INTEGER, city VARCHAR(40), data BLOB)"
                  .replace("BLOB", postgres ? "bytea" : "BLOB"));
      statement.execute("CREATE TABLE \"odd \"\"one\" (\"e mail\" VARCHAR(80))");
      for (int i = 0; i < 30; i++) {
        statement.execute(
            "INSERT INTO people VALUES ("
                + i
                + ", 'planted"
                + i
                + "@mail.test', "
                // Mostly NULL: the first rows alone would tell nothing.
                + (i < 8 ? "NULL" : "'" + card(i) + "'")
                + ", 'lot "
                + i
                + "', 1, 'Kiel', NULL)");
        statement.execute("INSERT INTO \"odd \"\"one\" VALUES ('planted" + i + "@mail.test')");
      }
    }
  }

  private static String card(int number) {
    String start = "411111111111%03d".formatted(number);
    int sum = 0;
    for (int index = 0; index < start.length(); index++) {
      int digit = start.charAt(start.length() - 1 - index) - '0';
      int doubled = index % 2 == 0 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return start + (10 - sum % 10) % 10;
  }

  private static void judge(Database database) throws Exception {
    Discovered found = Discovered.in(database, Duration.ofSeconds(30));
    assertThat(found.proposals())
        .filteredOn(Proposal::confident)
        .extracting(proposal -> proposal.column().column() + " " + proposal.tag())
        .containsExactlyInAnyOrder("email pii.email", "k1 finance.card", "e mail pii.email");
    assertThat(found.notSampled()).isEmpty();
    Findings findings = new Findings(found.proposals(), 0, found.notSampled());
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    findings.print(new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(told.toString(StandardCharsets.UTF_8) + findings.json() + findings.yaml())
        .contains("finance.card")
        .contains("100 %")
        .doesNotContain("planted")
        .doesNotContain("4111");
    assertThat(
            PolicyParser.parse(
                "version: 1\nconnections: [{name: shop, environment: production, owner: o}]\n"
                    + findings.yaml(),
                "pasted"))
        .isInstanceOf(ParsedPolicy.Parsed.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SQLITE", "DUCKDB"})
  void valuesTellWhatNamesDoNotInFiles(Dialect engine) throws Exception {
    Path file = folder.resolve("shop.db");
    try (Connection connection = DriverManager.getConnection("jdbc:" + engine.id() + ":" + file)) {
      fill(connection, false);
    }
    try (Database database =
        new Database(
            ConnectionDefinition.file("shop", engine, file.toString()), DatabaseLogin.none())) {
      judge(database);
    }
  }

  @Tag("slow")
  @Test
  void valuesTellWhatNamesDoNotInPostgresql() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
      try (Connection connection = server.getPostgresDatabase().getConnection()) {
        fill(connection, true);
      }
      try (Database database =
          new Database(
              ConnectionDefinition.server(
                  "shop",
                  Dialect.POSTGRESQL,
                  "127.0.0.1",
                  server.getPort(),
                  "postgres",
                  Transport.NONE),
              new DatabaseLogin("test", "postgres", "postgres"))) {
        judge(database);
      }
    }
  }

  @Test
  void nothingToProposeIsSaidInWords() {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    new Findings(List.of(), 2, List.of())
        .print(new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(told.toString(StandardCharsets.UTF_8))
        .isEqualTo("Nothing is proposed. Already in the policy: 2. Nothing was changed.\n");
  }
}
