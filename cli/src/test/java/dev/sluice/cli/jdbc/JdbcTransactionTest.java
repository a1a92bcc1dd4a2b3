package dev.sluice.cli.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.gateway.connection.ConnectionDefinition;
import dev.sluice.gateway.jdbc.ApprovalNeededException;
import dev.sluice.gateway.jdbc.StatementDeniedException;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.Review;
import dev.sluice.governance.sql.Dialect;
import dev.sluice.server.Target;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transactions over JDBC, each statement of them governed.
class JdbcTransactionTest {

  private static final String POLICY =
      AgentShop.POLICY
          .replace(
              "owner: data-platform}\n",
              "owner: data-platform}\n"
                  + "  - {name: notes, environment: development, owner: data-platform}\n")
          .replace(
              "when: statement.writes\n", "when: statement.writes && connection.name == \"shop\"\n")
          .replace(
              "  - id: analysts-read\n",
              "  - id: notes-are-ours\n"
                  + "    when: connection.name == \"notes\"\n"
                  + "    effect: allow\n"
                  + "    limits: {rows: 10000, seconds: 30}\n"
                  + "  - id: analysts-read\n");

  @TempDir static Path folder;
  private static AgentShop shop;

  @BeforeAll
  static void start() throws Exception {
    Path file = folder.resolve("notes.db");
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = raw.createStatement()) {
      statement.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, word TEXT)");
      statement.execute("INSERT INTO notes VALUES (1, 'first'), (2, 'second'), (3, 'third')");
    }
    shop =
        AgentShop.open(
            folder.resolve("server"),
            config -> {
              List<Target> targets = new ArrayList<>(config.targets());
              targets.add(
                  Target.file(
                      ConnectionDefinition.file("notes", Dialect.SQLITE, file.toString()),
                      "development",
                      "data-platform"));
              return config.withTargets(targets).withPolicy(POLICY);
            });
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static Connection connect(String connection) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "analyst");
    properties.setProperty("password", AgentShop.PASSWORD);
    properties.setProperty("state", folder.resolve("state").toString());
    return DriverManager.getConnection(url(connection), properties);
  }

  private static String url(String connection) {
    return "jdbc:sluice:" + shop.address() + "/" + connection;
  }

  private static int count() throws SQLException {
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("notes.db"));
        Statement statement = raw.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM notes")) {
      return row.getInt(1);
    }
  }

  @Test
  void whatIsRolledBackIsGoneAndWhatIsCommittedStays() throws Exception {
    try (Connection connection = connect("notes");
        Statement statement = connection.createStatement()) {
      assertThat(connection.getMetaData().supportsTransactions()).isTrue();
      connection.setAutoCommit(false);
      assertThat(statement.executeUpdate("INSERT INTO notes VALUES (10, 'ten')")).isEqualTo(1);
      // Its own transaction sees it; nobody else does.
      assertThat(read(statement, "SELECT word FROM notes WHERE id = 10")).isEqualTo("ten");
      assertThat(count()).isEqualTo(3);
      connection.rollback();
      assertThat(count()).isEqualTo(3);

      statement.executeUpdate("INSERT INTO notes VALUES (11, 'eleven')");
      Savepoint mark = connection.setSavepoint("half_way");
      statement.executeUpdate("INSERT INTO notes VALUES (12, 'twelve')");
      connection.rollback(mark);
      connection.commit();
      assertThat(count()).isEqualTo(4);
      assertThatThrownBy(() -> connection.setSavepoint("x; DROP TABLE notes"))
          .isInstanceOf(SQLException.class);

      statement.executeUpdate("DELETE FROM notes WHERE id = 11");
      connection.setAutoCommit(true);
      assertThat(count()).isEqualTo(3);
      statement.executeUpdate("INSERT INTO notes VALUES (13, 'thirteen')");
      connection.setAutoCommit(false);
      statement.executeUpdate("DELETE FROM notes WHERE id = 13");
    }
    // A connection that is closed rolls back; deleting outside puts things as they were.
    try (Connection connection = connect("notes");
        Statement statement = connection.createStatement()) {
      assertThat(read(statement, "SELECT word FROM notes WHERE id = 13")).isEqualTo("thirteen");
      statement.executeUpdate("DELETE FROM notes WHERE id = 13");
    }
    try (HttpServerClient analyst = shop.signIn("analyst")) {
      List<String> written =
          analyst.timeline(TimelineQuery.newest(100)).entries().stream()
              .map(entry -> entry.statement())
              .toList();
      assertThat(written).contains("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT half_way");
    }
  }

  private static String read(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  @Test
  void eachStatementOfATransactionIsGovernedAndAFailedOneIsNotCommitted() throws Exception {
    try (Connection connection = connect("shop");
        Statement one = connection.createStatement();
        Statement other = connection.createStatement()) {
      connection.setAutoCommit(false);
      try (ResultSet rows = one.executeQuery("SELECT id, email FROM customers ORDER BY id")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(2)).doesNotContain("person1@");
        // A second statement in the same transaction, while the first is still read.
        assertThat(read(other, "SELECT count(*) FROM orders")).isEqualTo("2000");
        int more = 1;
        while (rows.next()) {
          more++;
        }
        assertThat(more).isEqualTo(2000);
      }
      assertThatThrownBy(() -> other.execute("DROP TABLE orders"))
          .isInstanceOf(StatementDeniedException.class);
      connection.commit();

      String write = "UPDATE orders SET status = 'void' WHERE id = 9";
      String[] id = new String[1];
      assertThatThrownBy(() -> other.execute(write))
          .isInstanceOfSatisfying(
              ApprovalNeededException.class, needed -> id[0] = needed.requestId());
      try (HttpServerClient owner = shop.signIn("owner")) {
        owner.review(id[0], Review.Verdict.APPROVE, "fine");
      }
      // It would run on the server, outside this transaction: said, not pretended.
      assertThatThrownBy(() -> other.execute(write))
          .hasMessageContaining("in a transaction of its own");
      connection.rollback();
      connection.setAutoCommit(true);
      assertThat(other.executeUpdate(write)).isEqualTo(1);

      connection.setAutoCommit(false);
      assertThatThrownBy(() -> read(other, "SELECT 1 / (id - 1) FROM orders WHERE id = 1"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(connection::commit)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40000"));
      assertThat(read(other, "SELECT count(*) FROM orders")).isEqualTo("2000");
      connection.rollback();
    }
    assertThat(shop.look("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'"))
        .isEqualTo("0");
  }

  @Test
  void aToolThatNobodyHereWroteRollsBackAndCommits() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    sqlline.SqlLine tool = new sqlline.SqlLine();
    try (PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      tool.setOutputStream(stream);
      tool.setErrorStream(stream);
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "-u",
                  url("notes") + "?state=" + folder.resolve("sqlline"),
                  "-n",
                  "analyst",
                  "-p",
                  AgentShop.PASSWORD,
                  "-d",
                  "dev.sluice.gateway.jdbc.SluiceDriver",
                  "--color=false"));
      for (String line :
          List.of(
              "!autocommit off",
              "INSERT INTO notes VALUES (30, 'rolled back');",
              "!rollback",
              "INSERT INTO notes VALUES (31, 'kept');",
              "!commit",
              "SELECT word FROM notes WHERE id >= 30;")) {
        arguments.add("-e");
        arguments.add(line);
      }
      tool.begin(arguments.toArray(String[]::new), InputStream.nullInputStream(), false);
    }
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("kept").contains("1 row selected");
    try (Connection raw = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("notes.db"));
        Statement statement = raw.createStatement()) {
      assertThat(statement.executeUpdate("DELETE FROM notes WHERE id >= 30")).isEqualTo(1);
    }
  }
}
