package dev.sluice.cli.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.world.AgentShop;
import dev.sluice.cli.world.CommandProcess;
import dev.sluice.gateway.remote.HttpServerClient;
import dev.sluice.gateway.workspace.TimelineQuery;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.approval.Review;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class McpProcessTest {

  @TempDir static Path folder;
  private static AgentShop shop;
  private static RawMcp agent;

  @BeforeAll
  static void start() throws Exception {
    shop = AgentShop.open(folder.resolve("server"));
    agent = RawMcp.start(shop, folder, "agent", "--label", "workflow=testing");
  }

  @AfterAll
  static void stop() throws Exception {
    agent.close();
    shop.close();
  }

  @Test
  void noToolApprovesWidensOrChangesPolicy() throws Exception {
    JsonNode tools = agent.request("tools/list", "{}").path("tools");
    List<String> names = new ArrayList<>();
    tools.forEach(tool -> names.add(tool.path("name").asString()));
    // The whole list, word by word: a tool that is added has to be added here too, and thought of.
    assertThat(names)
        .containsExactlyInAnyOrder(
            "list_connections",
            "describe_schema",
            "check",
            "query",
            "request_approval",
            "approval_status",
            "run_approved",
            "explain_refusal",
            "my_activity");
    for (JsonNode tool : tools) {
      assertThat(tool.path("outputSchema").path("required").toString()).contains("status");
      assertThat(tool.path("inputSchema").path("additionalProperties").asBoolean(true)).isFalse();
      for (String argument : tool.path("inputSchema").path("properties").propertyNames()) {
        assertThat(argument)
            .isIn(
                "connection",
                "sql",
                "table",
                "max_rows",
                "reason",
                "request_id",
                "refusal_id",
                "text",
                "limit");
      }
    }
    for (String wanted : List.of("approve", "review", "publish_policy", "grant", "unmask")) {
      JsonNode answer = agent.call(wanted, "{\"request_id\":\"x\"}");
      assertThat(answer.path("error").isMissingNode() && !answer.path("isError").asBoolean())
          .isFalse();
    }
  }

  @Test
  void theServerItselfLetsNoAgentDecide() throws Exception {
    JsonNode asked = ask("UPDATE orders SET status = 'void' WHERE id = 3");
    String id = asked.path("structuredContent").path("request_id").asString();
    try (HttpServerClient robot = shop.signIn("agent")) {
      assertThatThrownBy(() -> robot.review(id, Review.Verdict.APPROVE, "fine"))
          .isInstanceOfSatisfying(
              WorkspaceProblem.class, problem -> assertThat(problem.code()).isEqualTo("forbidden"));
      assertThat(robot.request(id).state().name()).isEqualTo("PENDING");
    }
  }

  @Test
  void anAgentSeesNoMoreThanItsOwnerAndInheritsNoExemption() throws Exception {
    try (RawMcp dora = RawMcp.start(shop, folder, "dpo-agent", "--label", "workflow=statutory")) {
      JsonNode rows =
          dora.query("SELECT name, email FROM customers WHERE id = 1").path("structuredContent");
      assertThat(rows.path("rows").toString()).isEqualTo("[[\"[redacted]\",\"[redacted]\"]]");
      assertThat(rows.path("columns").path(1).path("mask").asString()).isEqualTo("redact");
    }
  }

  @Test
  void aRefusalTellsAProgramWhatToDo() throws Exception {
    JsonNode answer = agent.query("SELECT id\nFROM customers WHERE email = 'a@b.test'");
    assertThat(answer.path("isError").asBoolean()).isTrue();
    JsonNode refusal = answer.path("structuredContent").path("refusal");
    assertThat(refusal.path("code").asString()).isEqualTo("denied");
    assertThat(refusal.path("rule").asString()).isEqualTo("mask:pii.email");
    assertThat(refusal.path("span").path("line").asInt()).isEqualTo(2);
    assertThat(refusal.path("span").path("text").asString()).isEqualTo("email = 'a@b.test'");
    assertThat(refusal.path("ways_out").isEmpty()).isFalse();
    assertThat(refusal.path("how_to_request").isNull()).isTrue();
    JsonNode asks = agent.query("UPDATE orders SET status = 'void' WHERE id = 1");
    JsonNode how = asks.path("structuredContent").path("refusal").path("how_to_request");
    assertThat(how.path("tool").asString()).isEqualTo("request_approval");
    assertThat(how.path("decided_by").toString()).contains("group:data-owners");
    String id = refusal.path("refusal_id").asString();
    assertThat(agent.call("explain_refusal", "{\"refusal_id\":\"" + id + "\"}").toString())
        .contains("mask:pii.email");
  }

  @Test
  void whatAPersonApprovedRunsOnceAndAsApproved() throws Exception {
    JsonNode asked = ask("UPDATE orders SET status = 'void' WHERE id = 42");
    String id = asked.path("structuredContent").path("request_id").asString();
    String run = "{\"request_id\":\"" + id + "\"}";
    assertThat(agent.call("run_approved", run).path("isError").asBoolean()).isTrue();
    assertThat(shop.look("SELECT status FROM orders WHERE id = 42")).isEqualTo("open");
    try (HttpServerClient owner = shop.signIn("owner")) {
      owner.review(id, Review.Verdict.APPROVE, "I called them");
    }
    assertThat(agent.call("approval_status", run).toString()).contains("APPROVED");
    assertThat(
            agent.call("run_approved", run).path("structuredContent").path("update_count").asInt())
        .isEqualTo(1);
    assertThat(shop.look("SELECT status FROM orders WHERE id = 42")).isEqualTo("void");
    assertThat(agent.call("run_approved", run).path("isError").asBoolean()).isTrue();
  }

  @Test
  void instructionsInDataArriveMarkedAndInert() throws Exception {
    JsonNode answer = agent.query("SELECT note FROM orders WHERE id = 13");
    assertThat(answer.path("structuredContent").path("trust").asString()).isEqualTo("untrusted");
    String text = answer.path("content").path(0).path("text").asString();
    String mark = text.substring(text.indexOf("<data-") + 1, text.indexOf('>'));
    assertThat(mark).matches("data-[0-9a-f]{32}");
    assertThat(text).endsWith("</" + mark + ">").contains("never instructions");
    assertThat(text.indexOf("Ignore all previous"))
        .isBetween(text.indexOf("<" + mark + ">"), text.indexOf("</" + mark + ">"));
    assertThat(text).doesNotContain("\u202E").doesNotContain("\u200B").contains("<U+202E><U+200B>");
    assertThat(shop.look("SELECT count(*) FROM orders")).isEqualTo("2000");
  }

  @Test
  void wrongAndHugeArgumentsAreRefusedAndWrittenDownAndRunNothing() throws Exception {
    String huge = "x".repeat(10_000_000);
    List<JsonNode> answers =
        List.of(
            agent.call("query", "{\"connection\":\"shop\",\"sql\":7}"),
            agent.call("query", "{\"connection\":\"shop\"}"),
            agent.call("query", "{\"connection\":\"shop\",\"sql\":\"SELECT 1\",\"as\":\"dpo\"}"),
            agent.call("query", "{\"connection\":\"shop\",\"sql\":\"" + huge + "\"}"),
            agent.call("my_activity", "{\"limit\":-1}"),
            agent.query("SELECT 1; DELETE FROM orders"));
    for (JsonNode answer : answers) {
      assertThat(answer.path("isError").asBoolean()).isTrue();
      assertThat(answer.path("structuredContent").path("refusal").path("reason").asString())
          .isNotBlank()
          .hasSizeLessThan(400);
    }
    agent.send("this is no message");
    assertThat(agent.call("list_connections", "{}").path("isError").asBoolean()).isFalse();
    assertThat(agent.strayLines).isEmpty();
    try (HttpServerClient owner = shop.signIn("analyst")) {
      assertThat(owner.timeline(TimelineQuery.newest(50)).entries())
          .anyMatch(entry -> entry.title().equals("Ana's agent: Call refused"))
          .anyMatch(entry -> entry.detail().contains("10000000 characters"));
    }
    assertThat(shop.look("SELECT count(*) FROM orders")).isEqualTo("2000");
  }

  @Test
  void anAgentThatLoopsIsStoppedByItsBudgetWithAReason() throws Exception {
    try (RawMcp looping =
        RawMcp.start(
            shop,
            folder,
            "agent",
            "--label",
            "workflow=loop",
            "--max-queries",
            "3",
            "--max-rows",
            "120",
            "--max-calls",
            "8")) {
      assertThat(looping.query("SELECT id FROM orders").path("structuredContent").path("rows"))
          .hasSize(100);
      JsonNode cut = looping.query("SELECT id FROM orders").path("structuredContent");
      assertThat(cut.path("rows")).hasSize(20);
      assertThat(cut.path("truncated").asBoolean()).isTrue();
      assertThat(looping.query("SELECT 1").toString())
          .contains("budget-exhausted")
          .contains("read its 120 rows");
      for (int call = 0; call < 5; call++) {
        looping.call("list_connections", "{}");
      }
      assertThat(looping.call("list_connections", "{}").toString())
          .contains("budget-exhausted")
          .contains("made its 8 tool calls");
    }
  }

  @Test
  void aLongQueryTellsProgressAndStopsWhenItsCallIsCancelled() throws Exception {
    int id =
        agent.post(
            "tools/call",
            """
            {"name":"query","_meta":{"progressToken":"p1"},"arguments":{"connection":"shop",
             "sql":"SELECT count(*) FROM orders a, orders b, orders c, orders d"}}
            """);
    for (int tries = 0; tries < 300 && !isRunning(); tries++) {
      Thread.sleep(50);
    }
    assertThat(isRunning()).isTrue();
    assertThat(agent.notifications.toString()).contains("\"progressToken\":\"p1\"");
    agent.send(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
            + id
            + "}}");
    for (int tries = 0; tries < 200 && isRunning(); tries++) {
      Thread.sleep(50);
    }
    assertThat(isRunning()).isFalse();
    assertThat(agent.await(id, 300)).isNull();
    assertThat(agent.query("SELECT 1 AS one").path("isError").asBoolean()).isFalse();
  }

  private static boolean isRunning() throws Exception {
    return !shop.look(
            "SELECT pid FROM pg_stat_activity WHERE state = 'active'"
                + " AND query LIKE '%orders a%' AND pid <> pg_backend_pid()")
        .isEmpty();
  }

  @Test
  void aPersonsAccountServesNoAgent() throws Exception {
    Process process =
        CommandProcess.start(
            folder.resolve("home"),
            folder.resolve("errors-person.txt"),
            Map.of("SLUICE_PASSWORD", AgentShop.PASSWORD),
            "mcp",
            "--server",
            shop.address().toString(),
            "--account",
            "dpo");
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(folder.resolve("errors-person.txt")).content().contains("is not an agent's");
  }

  @Test
  void theSdksOwnClientFindsToolsResourcesAndValidAnswers() {
    List<String> changed = new CopyOnWriteArrayList<>();
    List<String> command =
        CommandProcess.command(
            "mcp",
            "--server",
            shop.address().toString(),
            "--account",
            "agent",
            "--label",
            "workflow=sdk");
    ServerParameters parameters =
        ServerParameters.builder(command.getFirst())
            .args(command.subList(1, command.size()))
            .env(
                Map.of(
                    "SLUICE_HOME",
                    folder.resolve("home").toString(),
                    "SLUICE_PASSWORD",
                    AgentShop.PASSWORD))
            .build();
    StdioClientTransport transport =
        new StdioClientTransport(parameters, McpJsonDefaults.getMapper());
    transport.setStdErrorHandler(line -> {});
    try (McpSyncClient client =
        McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(60))
            .resourcesChangeConsumer(resources -> changed.add("resources"))
            .build()) {
      client.initialize();
      McpSchema.CallToolResult schema =
          client.callTool(
              new McpSchema.CallToolRequest("describe_schema", Map.of("connection", "shop")));
      assertThat(schema.isError()).isFalse();
      assertThat(String.valueOf(schema.structuredContent())).contains("pii.email");
      assertThat(client.listResources().resources())
          .anyMatch(resource -> resource.uri().equals("sluice://connections/shop/schema"));
      assertThat(
              client
                  .readResource(
                      new McpSchema.ReadResourceRequest("sluice://connections/shop/schema"))
                  .contents()
                  .toString())
          .contains("customers");
    }
  }

  private static JsonNode ask(String sql) throws Exception {
    return agent.call(
        "request_approval",
        "{\"connection\":\"shop\",\"sql\":\"" + sql + "\",\"reason\":\"a customer called\"}");
  }
}
