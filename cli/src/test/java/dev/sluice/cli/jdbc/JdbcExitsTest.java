package dev.sluice.cli.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.world.AgentShop;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls every method of every JDBC object that the driver hands out, on rows whose cells are all
/// planted, with arguments that mean something, and follows what comes back. A method that a later
/// JDBC adds is called too; an argument of a kind that is not known here fails the test.
class JdbcExitsTest {

  private static final String POLICY =
      AgentShop.POLICY.replace(
          "masks:\n",
          "  - {tag: pii.any, columns: [\"people.s_*\"]}\n"
              + "masks:\n"
              + "  pii.any: {algorithm: redact, uses: deny}\n");

  private static final List<String> PLANTED =
      List.of("zqplant", "7a71706c616e74", "770077", "1977-07", "77777777-7777");

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "open_text",
          "s_mail",
          "s_array",
          "s_json",
          "s_bytes",
          "s_xml",
          "s_int",
          "s_number",
          "s_float",
          "s_date",
          "s_stamp",
          "s_stamptz",
          "s_uuid",
          "s_flag");

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT * FROM people",
          "SELECT p FROM people p",
          "SELECT s_mail AS id, to_jsonb(p) AS open_text FROM people p",
          "SELECT array_agg(s_mail) FROM people",
          "SELECT s_mail::int FROM people",
          "SELECT id FROM people WHERE s_mail LIKE 'a%'",
          "EXPLAIN ANALYZE SELECT * FROM people WHERE s_mail > 'a'",
          "INSERT INTO people (id) VALUES (1) RETURNING *",
          "UPDATE people SET open_text = s_mail",
          "DECLARE c CURSOR FOR SELECT s_mail FROM people",
          "SELECT pg_notify('told', s_mail) FROM people",
          "COPY people TO STDOUT",
          "SELECT query_to_xml('SELECT s_mail FROM people', true, false, '')",
          "{call upper('x')}");

  private static final Map<Class<?>, List<?>> ARGUMENTS = arguments();

  @TempDir static Path folder;

  private final StringBuilder seen = new StringBuilder();
  private final Set<String> called = new TreeSet<>();
  private final Map<Object, Boolean> walked = new IdentityHashMap<>();

  private static Map<Class<?>, List<?>> arguments() {
    Map<Class<?>, List<?>> known = new java.util.HashMap<>();
    List<Integer> numbers = new ArrayList<>();
    for (int column = 0; column <= COLUMNS.size(); column++) {
      numbers.add(column);
    }
    numbers.add(Statement.RETURN_GENERATED_KEYS);
    known.put(int.class, numbers);
    known.put(String.class, COLUMNS);
    known.put(
        Class.class,
        List.of(
            Object.class,
            String.class,
            byte[].class,
            Reader.class,
            InputStream.class,
            java.sql.Blob.class,
            java.sql.Clob.class,
            java.sql.NClob.class,
            java.sql.Array.class,
            java.sql.SQLXML.class,
            java.sql.RowId.class,
            java.sql.Ref.class,
            java.net.URL.class,
            java.sql.Struct.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            Boolean.class,
            Float.class,
            Double.class,
            java.math.BigDecimal.class,
            java.math.BigInteger.class,
            java.time.LocalDate.class,
            java.time.LocalTime.class,
            java.time.LocalDateTime.class,
            java.time.OffsetDateTime.class,
            java.time.ZonedDateTime.class,
            java.time.Instant.class,
            java.util.Date.class,
            java.sql.Date.class,
            java.sql.Time.class,
            java.sql.Timestamp.class,
            java.util.UUID.class,
            Object[].class,
            String[].class,
            org.postgresql.util.PGobject.class,
            org.postgresql.PGConnection.class,
            org.postgresql.PGStatement.class,
            ResultSet.class,
            Statement.class));
    known.put(Map.class, List.of(Map.of("text", String.class)));
    known.put(Calendar.class, List.of(Calendar.getInstance(Locale.ROOT)));
    known.put(int[].class, List.of(new int[] {1, 3}));
    known.put(String[].class, java.util.Collections.singletonList(new String[] {"id", "s_mail"}));
    known.put(boolean.class, List.of(true, false));
    known.put(long.class, List.of(1L));
    known.put(byte.class, List.of((byte) 1));
    known.put(short.class, List.of((short) 1));
    known.put(float.class, List.of(1f));
    known.put(double.class, List.of(1d));
    known.put(byte[].class, List.of(new byte[] {1}));
    known.put(Object[].class, java.util.Collections.singletonList(new Object[] {"x"}));
    known.put(Object.class, List.of("x"));
    known.put(Properties.class, List.of(new Properties()));
    known.put(
        java.util.concurrent.Executor.class,
        List.of((java.util.concurrent.Executor) Runnable::run));
    for (Class<?> none :
        List.of(
            InputStream.class,
            Reader.class,
            java.sql.Blob.class,
            java.sql.Clob.class,
            java.sql.NClob.class,
            java.sql.Array.class,
            java.sql.SQLXML.class,
            java.sql.RowId.class,
            java.sql.Ref.class,
            java.net.URL.class,
            java.sql.Date.class,
            java.sql.Time.class,
            java.sql.Timestamp.class,
            java.math.BigDecimal.class,
            java.sql.SQLType.class,
            java.sql.Savepoint.class,
            java.sql.ShardingKey.class)) {
      known.put(none, Arrays.asList((Object) null));
    }
    return known;
  }

  @Tag("slow")
  @Test
  void noMethodOfTheDriverHandsOutAPlantedValue() throws Exception {
    try (AgentShop shop =
        AgentShop.open(folder.resolve("server"), config -> config.withPolicy(POLICY))) {
      shop.execute(
          "CREATE TABLE people (id int, open_text text, s_mail varchar(60), s_array text[], s_json"
              + " jsonb, s_bytes bytea, s_xml xml, s_int int, s_number numeric, s_float float8,"
              + " s_date date, s_stamp timestamp, s_stamptz timestamptz, s_uuid uuid, s_flag bool);"
              + "INSERT INTO people SELECT n, 'open-text', 'zqplant@x.test', '{zqplant}',"
              + " '{\"k\": \"zqplant\"}', 'zqplant', '<a>zqplant</a>', 770077, 770077.5, 770077.5,"
              + " '1977-07-07', '1977-07-07 07:07:07', '1977-07-07 07:07:07+00',"
              + " '77777777-7777-4777-8777-777777777777', true FROM generate_series(1, 300) n");
      Properties properties = new Properties();
      properties.setProperty("user", "analyst");
      properties.setProperty("password", AgentShop.PASSWORD);
      properties.setProperty("label.workflow", "exits");
      properties.setProperty("approval", "never");
      properties.setProperty("state", folder.resolve("state").toString());
      String url = "jdbc:sluice:" + shop.address() + "/shop";
      try (Connection connection = DriverManager.getConnection(url, properties)) {
        PreparedStatement prepared = connection.prepareStatement("SELECT * FROM people");
        ResultSet rows = prepared.executeQuery();
        assertThat(rows.next()).isTrue();
        walk(ResultSet.class, rows, 0);
        walk(java.sql.ResultSetMetaData.class, rows.getMetaData(), 0);
        walk(PreparedStatement.class, prepared, 0);
        try (Statement statement = connection.createStatement()) {
          for (String sql : STATEMENTS) {
            attempt(statement, sql);
          }
          walk(Statement.class, statement, 0);
        }
        walk(java.sql.DatabaseMetaData.class, connection.getMetaData(), 0);
        walk(Connection.class, connection, 0);
      }
    }
    String text = seen.toString().toLowerCase(Locale.ROOT);
    assertThat(PLANTED).as("planted values that came out").noneMatch(text::contains);
    assertThat(text).as("values that nothing hides").contains("open-text");
    assertThat(called.size()).isGreaterThan(450);
  }

  /// One text through every method of a statement that takes one.
  private void attempt(Statement statement, String sql) throws Exception {
    for (Method method : Statement.class.getMethods()) {
      if (method.getParameterCount() > 0 && method.getParameterTypes()[0] == String.class) {
        for (@Nullable Object[] arguments : combinations(method, List.of(sql))) {
          call(Statement.class, statement, method, arguments, 1);
        }
      }
    }
    call(Statement.class, statement, Statement.class.getMethod("executeBatch"), new Object[0], 1);
    call(
        Statement.class,
        statement,
        Statement.class.getMethod("getGeneratedKeys"),
        new Object[0],
        1);
    call(Statement.class, statement, Statement.class.getMethod("getWarnings"), new Object[0], 1);
    call(Statement.class, statement, Statement.class.getMethod("clearBatch"), new Object[0], 1);
    Connection connection = statement.getConnection();
    for (String name : List.of("prepareStatement", "prepareCall", "nativeSQL")) {
      for (Method method : Connection.class.getMethods()) {
        if (method.getName().equals(name)) {
          for (@Nullable Object[] arguments : combinations(method, List.of(sql))) {
            call(Connection.class, connection, method, arguments, 2);
          }
        }
      }
    }
  }

  private void walk(Class<?> type, Object object, int depth) throws Exception {
    if (depth > 2 || walked.put(object, true) != null) {
      return;
    }
    for (Method method : type.getMethods()) {
      boolean ends = Set.of("close", "abort").contains(method.getName());
      if (!Modifier.isStatic(method.getModifiers()) && !ends) {
        List<?> first =
            method.getParameterCount() == 0
                ? List.of()
                : known(method, method.getParameterTypes()[0]);
        for (@Nullable Object[] arguments : combinations(method, some(type, first))) {
          call(type, object, method, arguments, depth);
        }
      }
    }
  }

  /// Every column of a result; elsewhere a few arguments are as good as all.
  private static List<?> some(Class<?> type, List<?> all) {
    return type == ResultSet.class ? all : all.subList(0, Math.min(3, all.size()));
  }

  private static List<?> known(Method method, Class<?> type) {
    List<?> known = ARGUMENTS.get(type);
    assertThat(known).as("an argument for " + method).isNotNull();
    return java.util.Objects.requireNonNull(known);
  }

  /// Each first argument; with the last one varied where it is a class.
  private static List<@Nullable Object[]> combinations(Method method, List<?> first) {
    List<@Nullable Object[]> all = new ArrayList<>();
    Class<?>[] types = method.getParameterTypes();
    if (types.length == 0) {
      all.add(new Object[0]);
      return all;
    }
    List<?> lasts =
        types.length > 1 && types[types.length - 1] == Class.class
            ? known(method, Class.class)
            : Arrays.asList((Object) null);
    for (Object one : first) {
      for (Object last : lasts) {
        @Nullable Object[] arguments = new @Nullable Object[types.length];
        arguments[0] = one;
        for (int at = 1; at < types.length; at++) {
          arguments[at] =
              last != null && at == types.length - 1 ? last : known(method, types[at]).getFirst();
        }
        all.add(arguments);
      }
    }
    return all;
  }

  private void call(
      Class<?> type, Object object, Method method, @Nullable Object[] arguments, int depth)
      throws Exception {
    called.add(type.getSimpleName() + "." + method);
    try {
      look(method.invoke(object, arguments), depth);
    } catch (InvocationTargetException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        seen.append(cause).append('\n');
        if (cause instanceof SQLException sql && sql.getNextException() != null) {
          seen.append(sql.getNextException()).append('\n');
        }
      }
    }
  }

  private void look(@Nullable Object found, int depth) throws Exception {
    switch (found) {
      case null -> {}
      case byte[] bytes ->
          seen.append(new String(bytes, StandardCharsets.UTF_8))
              .append(HexFormat.of().formatHex(bytes));
      case Object[] array -> {
        for (Object one : array) {
          look(one, depth);
        }
      }
      case InputStream stream -> look(stream.readAllBytes(), depth);
      case Reader reader -> seen.append(text(reader));
      case ResultSet rows -> rows(rows, depth);
      default -> {
        seen.append(found).append('\n');
        for (Class<?> type : found.getClass().getInterfaces()) {
          if (type.getName().startsWith("java.sql.")) {
            walk(type, found, depth + 1);
          }
        }
      }
    }
  }

  private void rows(ResultSet rows, int depth) throws Exception {
    try {
      int width = rows.getMetaData().getColumnCount();
      for (int row = 0; row < 3 && rows.next(); row++) {
        for (int column = 1; column <= width; column++) {
          seen.append(rows.getMetaData().getColumnLabel(column)).append('\n');
          look(rows.getObject(column), depth + 2);
          look(rows.getString(column), depth + 2);
        }
      }
    } catch (SQLException e) {
      seen.append(e).append('\n');
    }
  }

  private static String text(Reader reader) throws IOException {
    StringWriter text = new StringWriter();
    reader.transferTo(text);
    return text.toString();
  }
}
