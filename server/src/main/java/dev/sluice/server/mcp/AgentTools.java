package dev.sluice.server.mcp;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.server.mcp.ToolShapes.Argument;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole list of what an agent can call. There is nothing here that decides on a request,
/// changes a policy, an account or a right, or ends a session.
public final class AgentTools {

  private static final Logger LOG = LoggerFactory.getLogger(AgentTools.class);
  private static final int USUAL_ROWS = 100;
  private static final int MOST_ROWS = 1000;
  private static final int MOST_ENTRIES = 200;

  private static final Argument CONNECTION =
      ToolShapes.text("connection", "A name from list_connections.", true);
  private static final Argument SQL =
      ToolShapes.text("sql", "One SQL statement in the connection's dialect.", true);
  private static final Argument ROWS =
      ToolShapes.number("max_rows", "Rows to answer at most (" + USUAL_ROWS + ").", MOST_ROWS);

  private final Function<McpSyncServerExchange, AgentDesk> desks;
  private final InFlight inFlight;

  /// @param desks finds the session's desk
  /// @param inFlight the transport's register of calls
  public AgentTools(Function<McpSyncServerExchange, AgentDesk> desks, InFlight inFlight) {
    this.desks = desks;
    this.inFlight = inFlight;
  }

  private interface Handler {
    Answer answer(AgentDesk desk, Arguments arguments, AgentDesk.Call call)
        throws WorkspaceProblem, BadArguments, InterruptedException;
  }

  /// Every tool.
  public List<SyncToolSpecification> all() {
    return List.of(
        tool(
            "list_connections",
            "Lists the databases that you may use, whom you act for, and what this session may"
                + " still spend.",
            List.of(),
            Map.of("connections", ToolShapes.objects()),
            ToolShapes.hints(true, false, true),
            (desk, arguments, call) -> desk.connections()),
        tool(
            "describe_schema",
            "Describes tables and columns, with what you see masked and why.",
            List.of(CONNECTION, ToolShapes.text("table", "Only this table.", false)),
            Map.of("tables", ToolShapes.objects(), "truncated", Map.of("type", "boolean")),
            ToolShapes.hints(true, false, true),
            (desk, arguments, call) ->
                desk.schema(arguments.connection(), arguments.name("table"))),
        tool(
            "check",
            "Says what would happen with statements (allow, needs-approval or deny, what is"
                + " masked, and why) without running anything.",
            List.of(CONNECTION, SQL),
            Map.of("ran", Map.of("const", false), "statements", ToolShapes.objects()),
            ToolShapes.hints(true, false, true),
            (desk, arguments, call) -> desk.check(arguments.connection(), arguments.sql())),
        tool(
            "query",
            "Runs one statement if it is allowed, and answers its rows, masked. A refusal says"
                + " which rule, why, where, and what to do next.",
            List.of(CONNECTION, SQL, ROWS),
            ToolShapes.result(),
            ToolShapes.hints(false, true, false),
            (desk, arguments, call) ->
                desk.query(
                    call,
                    arguments.connection(),
                    arguments.sql(),
                    arguments.number("max_rows", USUAL_ROWS, MOST_ROWS))),
        tool(
            "request_approval",
            "Asks the people whom the rules name to approve a statement that needs it. They see"
                + " the statement, your reason and whom you act for.",
            List.of(
                CONNECTION,
                SQL,
                ToolShapes.text("reason", "Why it is needed, for the one who decides.", true)),
            ToolShapes.request(),
            ToolShapes.hints(false, false, false),
            (desk, arguments, call) ->
                desk.requestApproval(
                    arguments.connection(),
                    arguments.sql(),
                    arguments
                        .words("reason")
                        .orElseThrow(
                            () ->
                                new BadArguments(
                                    "\"reason\" is missing: why it is needed, in a sentence.")))),
        tool(
            "approval_status",
            "Says how your requests stand.",
            List.of(ToolShapes.text("request_id", "Only this one.", false)),
            Map.of("requests", ToolShapes.objects()),
            ToolShapes.hints(true, false, true),
            (desk, arguments, call) -> desk.approvals(arguments.name("request_id"))),
        tool(
            "run_approved",
            "Has the server run a statement of yours that people have approved, exactly as they"
                + " saw it. Each run uses up one of its uses.",
            List.of(ToolShapes.text("request_id", "From request_approval.", true), ROWS),
            ToolShapes.result(),
            ToolShapes.hints(false, true, false),
            (desk, arguments, call) ->
                desk.runApproved(
                    call,
                    arguments
                        .name("request_id")
                        .orElseThrow(() -> new BadArguments("\"request_id\" is missing.")),
                    arguments.number("max_rows", USUAL_ROWS, MOST_ROWS))),
        tool(
            "explain_refusal",
            "Explains a refusal of this session by its id, or why a statement would be refused.",
            List.of(
                ToolShapes.text("refusal_id", "From an earlier answer.", false),
                ToolShapes.text("connection", "With sql: where it would run.", false),
                ToolShapes.text("sql", "With connection: the statement.", false)),
            Map.of("explanations", ToolShapes.objects()),
            ToolShapes.hints(true, false, true),
            (desk, arguments, call) ->
                desk.explain(
                    arguments.name("refusal_id"),
                    arguments.name("connection"),
                    arguments.words("sql"))),
        tool(
            "my_activity",
            "Shows what you did and what was decided, newest first, as your owner sees it too.",
            List.of(
                ToolShapes.text("text", "Only entries with these words.", false),
                ToolShapes.number("limit", "Entries at most (20).", MOST_ENTRIES)),
            Map.of("entries", ToolShapes.objects(), "more", Map.of("type", "boolean")),
            ToolShapes.hints(true, false, true),
            (desk, arguments, call) ->
                desk.activity(
                    arguments.name("text").orElse(""),
                    arguments.number("limit", 20, MOST_ENTRIES))));
  }

  private SyncToolSpecification tool(
      String name,
      String description,
      List<Argument> arguments,
      Map<String, Object> output,
      ToolAnnotations hints,
      Handler handler) {
    Set<String> known = arguments.stream().map(Argument::name).collect(Collectors.toSet());
    return SyncToolSpecification.builder()
        .tool(
            McpSchema.Tool.builder()
                .name(name)
                .description(description)
                .inputSchema(ToolShapes.input(arguments))
                .outputSchema(ToolShapes.output(output))
                .annotations(hints)
                .build())
        .callHandler((exchange, request) -> call(exchange, request, known, handler))
        .build();
  }

  private CallToolResult call(
      McpSyncServerExchange exchange, CallToolRequest request, Set<String> known, Handler handler) {
    AgentDesk desk = desks.apply(exchange);
    Map<String, Object> meta = request.meta() == null ? Map.of() : request.meta();
    Object key = meta.getOrDefault(InFlight.KEY, new Object());
    StopSwitch stop = new StopSwitch();
    try {
      if (!inFlight.begin(key, stop::stop)) {
        return cancelledBefore(desk);
      }
      return desk.refuseCall(request.name())
          .map(Answer::result)
          .orElseGet(() -> answered(exchange, request, known, handler, desk, meta, stop));
    } finally {
      inFlight.end(key);
    }
  }

  private static CallToolResult answered(
      McpSyncServerExchange exchange,
      CallToolRequest request,
      Set<String> known,
      Handler handler,
      AgentDesk desk,
      Map<String, Object> meta,
      StopSwitch stop) {
    try {
      Object token = meta.get("progressToken");
      AgentDesk.Call call =
          new AgentDesk.Call(stop::set, (rows, word) -> tellProgress(exchange, token, rows, word));
      return handler.answer(desk, new Arguments(request.arguments(), known), call).result();
    } catch (BadArguments e) {
      String reason = String.valueOf(e.getMessage());
      desk.recorder().refused(request.name(), "bad-arguments", reason);
      return desk.refused(
              Refusals.plain(
                  "bad-arguments", "", reason, "Call it again in the shape of its schema."))
          .result();
    } catch (WorkspaceProblem e) {
      return desk.refused(Refusals.of(e)).result();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.stop();
      return cancelledBefore(desk);
    } catch (RuntimeException e) {
      LOG.error("The tool {} failed.", request.name(), e);
      return desk.refused(
              Refusals.plain(
                  "internal",
                  "",
                  "This program made an error (" + e.getClass().getSimpleName() + ").",
                  "Try again; if it stays so, tell your owner."))
          .result();
    }
  }

  private static CallToolResult cancelledBefore(AgentDesk desk) {
    return desk.refused(
            Refusals.plain("cancelled", "", "The call was cancelled.", "Call it again if needed."))
        .result();
  }

  private static void tellProgress(
      McpSyncServerExchange exchange, @Nullable Object token, long rows, String word) {
    if (token == null) {
      return;
    }
    Map<String, Object> none = new LinkedHashMap<>();
    exchange.progressNotification(
        new McpSchema.ProgressNotification(
            token, (double) rows, null, word.toLowerCase(java.util.Locale.ROOT), none));
  }
}
