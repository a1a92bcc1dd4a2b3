package dev.sluice.cli.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.gateway.jdbc.StatementDeniedException;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.ApprovalRequest;
import dev.sluice.governance.approval.ApprovalState;
import dev.sluice.governance.approval.Review;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Flyway, which nobody here wrote, migrates a production database through the driver. Each
/// statement waits for the people whom the policy names.
@Timeout(90)
class MigrationToolTest {

  @TempDir static Path folder;
  private static AgentShop shop;

  @BeforeAll
  static void start() throws Exception {
    shop = AgentShop.open(folder.resolve("server"));
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static String url() {
    return "jdbc:sluice:"
        + shop.address()
        + "/shop?label.workflow=flyway&approval=wait&wait=20s&state="
        + folder.resolve("state");
  }

  private static Flyway flyway(Path scripts) {
    return Flyway.configure()
        .dataSource(url(), "analyst", AgentShop.PASSWORD)
        .locations("filesystem:" + scripts)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  /// Somebody who answers every request while the work lasts.
  private static final class Owner implements AutoCloseable {
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private final HttpServerClient client;
    private final Thread thread;

    Owner(Function<ApprovalRequest, Review.Verdict> answers) throws WorkspaceProblem {
      client = shop.signIn("owner");
      thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        answer(answers);
                        Thread.sleep(100);
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
    }

    private void answer(Function<ApprovalRequest, Review.Verdict> answers) {
      try {
        for (ApprovalRequest request : client.inbox()) {
          if (request.state() == ApprovalState.PENDING) {
            client.review(request.id(), answers.apply(request), "seen");
            texts.add(request.capsule().text());
          }
        }
      } catch (WorkspaceProblem e) {
        texts.add("problem: " + e.code());
      }
    }

    @Override
    public void close() throws InterruptedException {
      thread.interrupt();
      thread.join();
      client.close();
    }
  }

  @Test
  void flywayMigratesStatementByStatementAsPeopleApproveAndRunsNothingTwice() throws Exception {
    Path scripts = Files.createDirectories(folder.resolve("good"));
    Files.writeString(
        scripts.resolve("V1__notes.sql"),
        "-- what people write down; beside orders\n"
            + "CREATE TABLE notes (id int PRIMARY KEY, word text);\n"
            + "INSERT INTO notes VALUES (1, 'a; b'), (2, $t$c; d$t$);\n");
    Files.writeString(
        scripts.resolve("V2__longer_notes.sql"),
        "ALTER TABLE notes ADD COLUMN length int; UPDATE notes SET length = 4;\n");
    try (Owner owner = new Owner(request -> Review.Verdict.APPROVE)) {
      assertThat(flyway(scripts).migrate().migrationsExecuted).isEqualTo(2);
      assertThat(shop.look("SELECT string_agg(word || length, ',' ORDER BY id) FROM notes"))
          .isEqualTo("a; b4,c; d4");
      assertThat(shop.look("SELECT string_agg(version, ',' ORDER BY 1) FROM flyway_schema_history"))
          .isEqualTo("0,1,2");
      int asked = owner.texts.size();
      assertThat(owner.texts)
          .anyMatch(text -> text.contains("ALTER TABLE notes"))
          .anyMatch(text -> text.contains("INSERT INTO \"public\".\"flyway_schema_history\""));

      Flyway again = flyway(scripts);
      assertThat(again.migrate().migrationsExecuted).isZero();
      again.validate();
      assertThat(again.info().applied())
          .extracting(MigrationInfo::getScript)
          .contains("V1__notes.sql", "V2__longer_notes.sql");
      assertThat(owner.texts).hasSize(asked);

      Path bad = Files.createDirectories(folder.resolve("bad"));
      for (String name : List.of("V1__notes.sql", "V2__longer_notes.sql")) {
        Files.copy(scripts.resolve(name), bad.resolve(name));
      }
      Files.writeString(bad.resolve("V3__away.sql"), "DROP TABLE orders;\n");
      assertThatThrownBy(() -> flyway(bad).migrate())
          .isInstanceOf(FlywayException.class)
          .hasMessageContaining("DROP and TRUNCATE do not run in production");
      assertThat(shop.look("SELECT count(*) FROM orders")).isEqualTo("2000");
    }
  }

  @Test
  void aStatementThatWaitsAndIsRejectedDoesNotRun() throws Exception {
    try (Owner owner = new Owner(request -> Review.Verdict.REJECT);
        Connection connection = DriverManager.getConnection(url(), "analyst", AgentShop.PASSWORD);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> statement.executeUpdate("UPDATE orders SET status = 'gone' WHERE id = 9"))
          .isInstanceOf(StatementDeniedException.class)
          .hasMessageContaining("was not approved");
      assertThat(owner.texts).hasSize(1);
    }
    assertThat(shop.look("SELECT status FROM orders WHERE id = 9")).isEqualTo("open");
  }
}
