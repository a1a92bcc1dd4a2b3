package dev.sluice.bench;

import dev.sluice.gateway.headless.HeadlessWorkspace;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.remote.ServerTrust;
import dev.sluice.gateway.remote.TrustMemory;
import dev.sluice.gateway.workspace.Origin;
import dev.sluice.gateway.workspace.RunEvent;
import dev.sluice.governance.codec.wire.NewServiceIdentity;
import dev.sluice.governance.codec.wire.ServiceIdentityCreated;
import dev.sluice.governance.sql.StatementText;
import dev.sluice.server.SluiceServer;
import dev.sluice.server.directory.AccountSeed;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What programs pay for their own way in, beyond the governed query itself: the JDBC driver beside
/// the workspace that it stands on, and a tool call of the MCP SDK's client beside the time that
/// its query took.
final class AgentBench {

  private static final String GROUP = "Programs";
  private static final int ROWS = 100_000;
  private static final String POINT = "SELECT id, status FROM orders WHERE id = 7";
  private static final String MANY = "SELECT id, name, city, amount FROM long_list";

  private final boolean full;
  private final Consumer<String> said;
  private final List<Figure> figures = new ArrayList<>();

  AgentBench(boolean full, Consumer<String> said) {
    this.full = full;
    this.said = said;
  }

  List<Figure> run() throws Exception {
    Path folder = Files.createTempDirectory("sluice-bench-agents");
    try (BenchServer shop = BenchServer.start()) {
      shop.execute(
          "CREATE TABLE long_list AS SELECT n AS id, 'Person ' || n AS name, 'City ' || n % 90 AS"
              + " city, n * 3 AS amount FROM generate_series(1, "
              + ROWS
              + ") n");
      List<AccountSeed> people =
          List.of(
              AccountSeed.person(
                  "ana",
                  "Ana",
                  "ana@acme.test",
                  Set.of("analysts"),
                  Set.of("analyst"),
                  BenchServer.PASSWORD),
              AccountSeed.person(
                  "admin",
                  "Ada",
                  "ada@acme.test",
                  Set.of("admins"),
                  Set.of("server-admin"),
                  BenchServer.PASSWORD));
      try (SluiceServer server = shop.server(folder, shop.store(), people)) {
        driver(server, folder);
        mcp(server);
      }
    } finally {
      ServerBench.delete(folder);
    }
    return List.copyOf(figures);
  }

  private interface Once {
    void run() throws Exception;
  }

  private static double milliseconds(Once once) throws Exception {
    long from = System.nanoTime();
    once.run();
    return (System.nanoTime() - from) / 1e6;
  }

  private static double median(List<Double> all) {
    double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// Both in turn, so that what the machine does besides meets both alike.
  private void driver(SluiceServer server, Path folder) throws Exception {
    said.accept("measuring the JDBC driver beside the workspace it stands on");
    Properties login = new Properties();
    login.setProperty("user", "ana");
    login.setProperty("password", BenchServer.PASSWORD);
    login.setProperty("state", folder.resolve("driver").toString());
    try (Connection driver =
            DriverManager.getConnection("jdbc:sluice:" + server.address() + "/shop", login);
        HeadlessWorkspace core =
            HeadlessWorkspace.open(
                ServerTrust.pin(server.address(), server.info()),
                (trust, memory) ->
                    HttpServerClient.signIn(
                        trust, memory, "ana", BenchServer.PASSWORD.toCharArray(), "bench"),
                folder.resolve("core"),
                new Origin("cli", Map.of()))) {
      compare(
          "point query",
          "driver.point",
          POINT,
          1,
          Measuring.times(full, 400, 150, 40),
          driver,
          core);
      compare(
          "100,000 rows",
          "driver.rows",
          MANY,
          ROWS,
          Measuring.times(full, 30, 12, 4),
          driver,
          core);
    }
  }

  private void compare(
      String words,
      String name,
      String sql,
      int expected,
      int times,
      Connection driver,
      HeadlessWorkspace core)
      throws Exception {
    for (int warm = 0; warm < Math.max(5, times / 3); warm++) {
      overDriver(driver, sql, expected);
      overCore(core, sql, expected);
    }
    List<Double> ours = new ArrayList<>();
    List<Double> beside = new ArrayList<>();
    for (int time = 0; time < times; time++) {
      beside.add(milliseconds(() -> overCore(core, sql, expected)));
      ours.add(milliseconds(() -> overDriver(driver, sql, expected)));
    }
    double base = median(beside);
    double whole = median(ours);
    figures.add(Figure.of(GROUP, name + ".core.ms", words + " over the core, median", base, "ms"));
    figures.add(
        Figure.of(GROUP, name + ".driver.ms", words + " over jdbc:sluice:, median", whole, "ms"));
    figures.add(
        Figure.of(
                GROUP,
                name + ".overhead",
                words + ", what the driver adds",
                (whole / base - 1) * 100,
                "%")
            .atMost(5));
  }

  private static void overDriver(Connection driver, String sql, int expected) throws SQLException {
    int count = 0;
    long sum = 0;
    try (Statement statement = driver.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          sum += String.valueOf(rows.getObject(column)).length();
        }
        count++;
      }
    }
    check(count, expected, sum);
  }

  private static void overCore(HeadlessWorkspace core, String sql, int expected)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicLong count = new AtomicLong();
    AtomicLong sum = new AtomicLong();
    AtomicReference<@Nullable RunEvent> last = new AtomicReference<>();
    core.workspace()
        .run(
            "shop",
            StatementText.of(sql),
            event -> {
              switch (event) {
                case RunEvent.Rows more -> {
                  for (@Nullable Object[] row : more.rows()) {
                    Arrays.stream(row)
                        .forEach(value -> sum.addAndGet(String.valueOf(value).length()));
                  }
                  count.addAndGet(more.rows().size());
                }
                case RunEvent.StateChanged open -> {}
                case RunEvent.ColumnsKnown open -> {}
                case RunEvent.Completed end -> ended.countDown();
                case RunEvent.Refused end -> ended(last, end, ended);
                case RunEvent.Failed end -> ended(last, end, ended);
                case RunEvent.Cancelled end -> ended(last, end, ended);
              }
            });
    ended.await();
    if (last.get() != null) {
      throw new IllegalStateException(String.valueOf(last.get()));
    }
    check((int) count.get(), expected, sum.get());
  }

  private static void ended(
      AtomicReference<@Nullable RunEvent> last, RunEvent event, CountDownLatch ended) {
    last.set(event);
    ended.countDown();
  }

  private static void check(int count, int expected, long sum) {
    if (count != expected || sum == 0) {
      throw new IllegalStateException(count + " rows came, not " + expected);
    }
  }

  /// A call's time less what its own answer says that the query took. That is cut to whole
  /// milliseconds, so the figure is too high by half of one.
  private void mcp(SluiceServer server) throws Exception {
    said.accept("measuring tool calls over HTTP");
    String token = token(server);
    try (McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(server.address().toString())
                    .endpoint("/mcp")
                    .httpRequestCustomizer(
                        (request, method, uri, body, context) ->
                            request.header("Authorization", "Bearer " + token))
                    .build())
            .requestTimeout(Duration.ofSeconds(30))
            .build()) {
      client.initialize();
      List<Double> beyond = new ArrayList<>();
      int times = Measuring.times(full, 300, 150, 40);
      for (int time = 0; time < times + times / 2; time++) {
        long from = System.nanoTime();
        McpSchema.CallToolResult answer =
            client.callTool(
                new McpSchema.CallToolRequest(
                    "query", Map.of("connection", "shop", "sql", POINT, "max_rows", 5)));
        double whole = (System.nanoTime() - from) / 1e6;
        if (!(answer.structuredContent() instanceof Map<?, ?> told)
            || !(told.get("milliseconds") instanceof Number query)) {
          throw new IllegalStateException("No rows came: " + answer.structuredContent());
        }
        if (time >= times / 2) {
          beyond.add(whole - query.doubleValue());
        }
      }
      figures.add(
          Figure.of(
                  GROUP,
                  "mcp.beyond.ms",
                  "MCP call beyond its governed query, median",
                  median(beyond),
                  "ms")
              .atMost(5));
    }
  }

  private static String token(SluiceServer server) throws Exception {
    ServiceIdentityCreated who;
    try (HttpServerClient admin =
        HttpServerClient.signIn(
            ServerTrust.pin(server.address(), server.info()),
            TrustMemory.inMemory(),
            "admin",
            BenchServer.PASSWORD.toCharArray(),
            "bench")) {
      who =
          admin
              .identities()
              .add(new NewServiceIdentity("agent", "bench", "ana", Set.of(), Map.of(), ""));
    }
    String form =
        "grant_type=client_credentials&client_id="
            + encoded(who.identity().id())
            + "&client_secret="
            + encoded(who.secret())
            + "&resource="
            + encoded(server.address() + "/mcp");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(server.address() + "/oauth/token"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString(form))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException("No token: " + answer.statusCode());
      }
      return JsonMapper.shared().readTree(answer.body()).path("access_token").asString();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
