package dev.sluice.cli.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.gateway.jdbc.ApprovalNeededException;
import dev.sluice.gateway.jdbc.StatementDeniedException;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.governance.approval.Review;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcDriverTest {

  @TempDir static Path folder;
  private static AgentShop shop;
  private static Connection analyst;

  @BeforeAll
  static void start() throws Exception {
    shop = AgentShop.open(folder.resolve("server"));
    analyst = connect("analyst");
  }

  @AfterAll
  static void stop() throws Exception {
    analyst.close();
    shop.close();
  }

  private static Connection connect(String account) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", account);
    properties.setProperty("password", AgentShop.PASSWORD);
    properties.setProperty("label.workflow", "jdbc-test");
    properties.setProperty("state", folder.resolve("state").toString());
    return DriverManager.getConnection(url(), properties);
  }

  private static String url() {
    return "jdbc:sluice:" + shop.address() + "/shop";
  }

  @Test
  void everyValueOfAResultIsMasked() throws Exception {
    try (Statement statement = analyst.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT id, email, name AS n, email AS other FROM customers ORDER BY id LIMIT 2")) {
      ResultSetMetaData shape = rows.getMetaData();
      assertThat(shape.getColumnCount()).isEqualTo(4);
      assertThat(shape.getColumnLabel(2)).isEqualTo("email");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      for (Object seen :
          List.of(
              rows.getString("email"),
              rows.getObject(2),
              rows.getObject("other", String.class),
              new String(rows.getBytes(2), StandardCharsets.UTF_8))) {
        assertThat(seen.toString()).doesNotContain("person1").contains("@");
      }
      assertThat(rows.getString("n")).startsWith("P").doesNotContain("Person");
      assertThat(rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void aDenialCarriesItsStateRuleAndWayOut() throws Exception {
    try (Statement statement = analyst.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DROP TABLE orders"))
          .isInstanceOfSatisfying(
              StatementDeniedException.class,
              denied -> {
                assertThat(denied.getSQLState()).isEqualTo("42501");
                assertThat(denied.rule()).isEqualTo("no-destructive-ddl");
                assertThat(denied.waysOut()).isNotEmpty();
              });
      assertThatThrownBy(() -> statement.executeQuery("SELECT nothing FROM nowhere"))
          .isInstanceOfSatisfying(
              SQLException.class, problem -> assertThat(problem.getSQLState()).isEqualTo("42000"));
      assertThatThrownBy(() -> statement.execute("SELECT 1; DELETE FROM orders"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> statement.executeQuery("SELECT 1/0").next())
          .isInstanceOfSatisfying(
              SQLException.class, problem -> assertThat(problem.getSQLState()).isEqualTo("22012"));
    }
  }

  @Test
  void whatNeedsApprovalIsAskedForOnceAndRunsOnceItIsApproved() throws Exception {
    try (PreparedStatement update =
        analyst.prepareStatement("UPDATE orders SET status = ? WHERE id = ?")) {
      update.setString(1, "it's void");
      update.setInt(2, 77);
      List<String> requests = new ArrayList<>();
      for (int tries = 0; tries < 2; tries++) {
        assertThatThrownBy(update::executeUpdate)
            .isInstanceOfSatisfying(
                ApprovalNeededException.class,
                needed -> {
                  assertThat(needed.getSQLState()).isEqualTo("SL001");
                  requests.add(needed.requestId());
                });
      }
      assertThat(requests.getFirst()).isNotBlank().isEqualTo(requests.getLast());
      try (HttpServerClient owner = shop.signIn("owner")) {
        assertThat(owner.request(requests.getFirst()).capsule().text())
            .isEqualTo("UPDATE orders SET status = 'it''s void' WHERE id = 77");
        owner.review(requests.getFirst(), Review.Verdict.APPROVE, "fine");
      }
      assertThat(update.executeUpdate()).isEqualTo(1);
      assertThat(shop.look("SELECT status FROM orders WHERE id = 77")).isEqualTo("it's void");
      assertThatThrownBy(update::executeUpdate).isInstanceOf(ApprovalNeededException.class);
    }
  }

  @Test
  void bindsAreDecidedAndWrittenDownAndNeverBecomeMoreThanOneValue() throws Exception {
    try (PreparedStatement select =
        analyst.prepareStatement(
            "SELECT id, ? AS told FROM orders WHERE id = ? AND note <> '?' -- ?")) {
      for (String text :
          List.of("'; DROP TABLE orders; --", "a\\'b", "$$x$$", "/* */", "é\uD83D\uDE00", "")) {
        select.setString(1, text);
        select.setLong(2, 5);
        try (ResultSet rows = select.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString("told")).isEqualTo(text);
        }
      }
      select.setString(1, "nul\0");
      assertThatThrownBy(select::executeQuery).isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> select.setInt(3, 1)).isInstanceOf(SQLException.class);
      select.clearParameters();
      assertThatThrownBy(select::executeQuery).hasMessageContaining("Parameter 1 has no value");
    }
    try (PreparedStatement hidden =
        analyst.prepareStatement("SELECT id FROM customers WHERE email = ?")) {
      hidden.setString(1, "person1@acme.test");
      assertThatThrownBy(hidden::executeQuery).isInstanceOf(StatementDeniedException.class);
    }
    try (HttpServerClient me = shop.signIn("analyst")) {
      assertThat(me.timeline(TimelineQuery.newest(100)).entries())
          .anyMatch(
              entry ->
                  entry.statement().contains("'$$x$$' AS told")
                      && entry.detail().contains("workflow=jdbc-test"));
    }
  }

  @Test
  void aResultLargerThanMemoryBuffersIsReadInBatchesAndCanBeLeft() throws Exception {
    try (Statement statement = analyst.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery("SELECT a.id FROM orders a, orders b WHERE b.id <= 20")) {
        int count = 0;
        while (rows.next()) {
          count += rows.getInt(1) > 0 ? 1 : 0;
        }
        assertThat(count).isEqualTo(40_000);
      }
      ResultSet left = statement.executeQuery("SELECT a.id FROM orders a, orders b");
      assertThat(left.next()).isTrue();
      left.close();
      try (ResultSet next = statement.executeQuery("SELECT count(*) FROM orders")) {
        assertThat(next.next()).isTrue();
        assertThat(next.getLong(1)).isEqualTo(2000);
      }
    }
  }

  /// Calls every method of every interface that the driver hands out, with empty arguments. Each is
  /// served by a method of ours or refused; none reaches a database's own driver.
  @Test
  void everyEntryPointIsServedOrRefused() throws Exception {
    Set<String> refused = new TreeSet<>();
    Set<String> served = new TreeSet<>();
    try (Connection connection = connect("analyst")) {
      walk(DatabaseMetaData.class, connection.getMetaData(), served, refused);
      PreparedStatement prepared = connection.prepareStatement("SELECT id FROM orders");
      ResultSet rows = prepared.executeQuery();
      rows.next();
      walk(ResultSetMetaData.class, rows.getMetaData(), served, refused);
      walk(ResultSet.class, rows, served, refused);
      walk(PreparedStatement.class, prepared, served, refused);
      walk(Statement.class, connection.createStatement(), served, refused);
      walk(Connection.class, connection, served, refused);
    }
    assertThat(served.size() + refused.size()).isGreaterThan(450);
    assertThat(refused)
        .contains(
            "Connection.prepareCall",
            "Connection.createBlob",
            "ResultSet.updateString",
            "ResultSet.getBlob",
            "ResultSet.getArray",
            "PreparedStatement.setBlob",
            "Statement.getGeneratedKeys");
    assertThat(served).contains("Connection.createStatement", "ResultSet.getString");
    assertThatThrownBy(() -> analyst.unwrap(org.postgresql.PGConnection.class))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  private static <T> void walk(Class<T> type, T object, Set<String> served, Set<String> refused)
      throws Exception {
    for (Method method : type.getMethods()) {
      if (java.lang.reflect.Modifier.isStatic(method.getModifiers())
          || method.getDeclaringClass() == Wrapper.class
          || Set.of("close", "abort").contains(method.getName())) {
        continue;
      }
      String name = type.getSimpleName() + "." + method.getName();
      @Nullable Object[] arguments = new @Nullable Object[method.getParameterCount()];
      for (int at = 0; at < arguments.length; at++) {
        arguments[at] = empty(method.getParameterTypes()[at]);
      }
      try {
        Object answer = method.invoke(object, arguments);
        served.add(name);
        if (answer != null && method.getReturnType().getName().startsWith("java.sql.")) {
          assertThat(answer.toString()).as(name).startsWith("Sluice ");
        }
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof SQLFeatureNotSupportedException no) {
          assertThat(no.getSQLState()).isEqualTo("0A000");
          refused.add(name);
        } else if (e.getCause() instanceof SQLClientInfoException no) {
          assertThat(no.getSQLState()).isEqualTo("0A000");
          refused.add(name);
        } else {
          assertThat(e.getCause())
              .as(name)
              .isInstanceOfAny(SQLException.class, NullPointerException.class);
          served.add(name);
        }
      }
    }
  }

  private static @Nullable Object empty(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == byte.class) {
      return (byte) 0;
    }
    if (type == short.class) {
      return (short) 0;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == float.class) {
      return 0f;
    }
    if (type == double.class) {
      return 0d;
    }
    return null;
  }

  /// What a schema browser asks: each question has an answer in the shape that JDBC prescribes.
  @Test
  void everyQuestionAboutASchemaIsAnsweredWithRowsOrNone() throws Exception {
    DatabaseMetaData told = analyst.getMetaData();
    for (Method question : DatabaseMetaData.class.getMethods()) {
      if (question.getReturnType() == ResultSet.class) {
        @Nullable Object[] arguments = new @Nullable Object[question.getParameterCount()];
        for (int at = 0; at < arguments.length; at++) {
          arguments[at] = empty(question.getParameterTypes()[at]);
        }
        if (question.getName().equals("getPrimaryKeys")) {
          arguments[2] = "orders";
        }
        try (ResultSet rows = (ResultSet) question.invoke(told, arguments)) {
          assertThat(rows.getMetaData().getColumnCount()).as(question.getName()).isPositive();
          while (rows.next()) {
            assertThat(rows.getMetaData().getColumnLabel(1)).isNotBlank();
          }
        }
      }
    }
    shop.execute("ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers");
    try (Connection fresh = connect("analyst");
        ResultSet keys = fresh.getMetaData().getImportedKeys(null, "public", "orders")) {
      assertThat(keys.next()).isTrue();
      assertThat(keys.getString("PKTABLE_NAME")).isEqualTo("customers");
      assertThat(keys.getString("PKCOLUMN_NAME")).isEqualTo("id");
      assertThat(keys.getString("FKCOLUMN_NAME")).isEqualTo("customer_id");
      assertThat(keys.getShort("KEY_SEQ")).isEqualTo((short) 1);
      assertThat(keys.next()).isFalse();
    }
  }

  @Test
  void aToolThatNobodyHereWroteListsTablesAndReadsMaskedRows() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    sqlline.SqlLine tool = new sqlline.SqlLine();
    try (PrintStream stream = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      tool.setOutputStream(stream);
      tool.setErrorStream(stream);
      tool.begin(
          new String[] {
            "-u",
            url() + "?label.workflow=sqlline&state=" + folder.resolve("sqlline"),
            "-n",
            "analyst",
            "-p",
            AgentShop.PASSWORD,
            "-d",
            "dev.sluice.gateway.jdbc.SluiceDriver",
            "--color=false",
            "--silent=false",
            "-e",
            "!tables",
            "-e",
            "!columns customers",
            "-e",
            "SELECT id, email FROM customers WHERE id <= 3 ORDER BY id;",
            "-e",
            "DROP TABLE orders;"
          },
          InputStream.nullInputStream(),
          false);
    }
    String seen = output.toString(StandardCharsets.UTF_8);
    assertThat(seen)
        .contains("customers")
        .contains("orders")
        .contains("p***@a***.test")
        .contains("DROP and TRUNCATE do not run in production")
        .doesNotContain("person1@acme.test");
    assertThat(shop.look("SELECT count(*) FROM orders")).isEqualTo("2000");
  }
}
