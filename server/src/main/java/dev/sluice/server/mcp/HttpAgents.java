package dev.sluice.server.mcp;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.governance.sql.StatementLabels;
import dev.sluice.server.directory.Session;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The tools of agents over streamable HTTP: the SDK's servlet, behind the server's own gate, which
/// has checked the token before anything comes here.
public final class HttpAgents implements AutoCloseable {

  /// Where it is mounted.
  public static final String PATH = "/mcp";

  /// Labels of all statements of a session: `workflow=reporting, commit=4f2a`, values
  /// percent-encoded, sent with `initialize`.
  public static final String LABELS = "Sluice-Labels";

  private static final String CANCELLED = "notifications/cancelled";
  private static final int LARGEST = 1 << 20;

  private final AgentSessions sessions;
  private final InFlight inFlight = new InFlight();
  private final McpJsonMapper mapper = McpJsonDefaults.getMapper();
  private final HttpServletStreamableServerTransportProvider servlet;
  private final McpSyncServer mcp;
  private final Set<String> listed = ConcurrentHashMap.newKeySet();
  private final Function<McpSyncServerExchange, AgentDesk> desks;

  public HttpAgents(AgentSessions sessions) {
    this.sessions = sessions;
    this.desks = exchange -> sessions.desk(exchange.sessionId());
    this.servlet =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(mapper)
            .mcpEndpoint(PATH)
            .maxRequestSize(LARGEST * 2)
            .build();
    // Tools run on the request's own virtual thread: many agents wait for a database at once.
    this.mcp =
        AgentServers.furnish(McpServer.sync(servlet), desks, inFlight)
            .immediateExecution(true)
            .build();
  }

  /// Answers one request of an agent.
  public void serve(
      HttpServletRequest request, HttpServletResponse response, Session session, byte[] body)
      throws IOException {
    String id = request.getHeader(HttpHeaders.MCP_SESSION_ID);
    // A foreign id is answered as one that is not there.
    try {
      if (id != null && !sessions.use(id, session)) {
        error(response, 404, "There is no such session. Initialize a new one.");
        return;
      }
    } catch (WorkspaceProblem e) {
      error(response, 403, e.getMessage() + " " + e.wayOut());
      return;
    }
    if (!request.getMethod().equals("POST")) {
      pass(request, response, body);
      if (id != null && request.getMethod().equals("DELETE")) {
        sessions.end(id);
      }
      return;
    }
    JSONRPCMessage message;
    try {
      message =
          McpSchema.deserializeJsonRpcMessage(mapper, new String(body, StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      error(response, 400, "The body is no JSON-RPC message.");
      return;
    }
    switch (message) {
      case JSONRPCRequest asked when asked.method().equals(McpSchema.METHOD_INITIALIZE) -> {
        if (id == null) {
          initialize(request, response, session, body);
        } else {
          error(response, 400, "This session is initialized already.");
        }
      }
      case JSONRPCRequest asked
          when id != null && asked.method().equals(McpSchema.METHOD_TOOLS_CALL) ->
          call(request, response, id, asked);
      case JSONRPCNotification told when id != null && told.method().equals(CANCELLED) -> {
        cancel(id, told);
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
      }
      default -> pass(request, response, body);
    }
  }

  private void call(
      HttpServletRequest request, HttpServletResponse response, String id, JSONRPCRequest asked)
      throws IOException {
    Optional<String> wrong = ToolCalls.wrongShape(asked);
    if (wrong.isEmpty()) {
      pass(request, response, mapper.writeValueAsBytes(ToolCalls.numbered(id, asked)));
      return;
    }
    sessions.desk(id).recorder().refused("tools/call", "bad-arguments", wrong.get());
    answer(response, 200, ToolCalls.refusal(asked.id(), wrong.get()));
  }

  private void initialize(
      HttpServletRequest request, HttpServletResponse response, Session session, byte[] body)
      throws IOException {
    AgentSessions.Waiting waiting;
    try {
      waiting = sessions.open(session, labels(request.getHeader(LABELS)));
      list(waiting.connections());
    } catch (WorkspaceProblem e) {
      error(response, 403, e.getMessage() + " " + e.wayOut());
      return;
    } catch (IllegalArgumentException e) {
      error(response, 400, "The header " + LABELS + " is wrong. " + e.getMessage());
      return;
    }
    Naming naming = new Naming(response, waiting);
    pass(request, naming, body);
    if (!naming.named) {
      waiting.drop();
    }
  }

  /// Tells the desk its session's id before the client can know it.
  private static final class Naming extends HttpServletResponseWrapper {
    private final AgentSessions.Waiting waiting;
    private boolean named;

    Naming(HttpServletResponse response, AgentSessions.Waiting waiting) {
      super(response);
      this.waiting = waiting;
    }

    @Override
    public void setHeader(String name, String value) {
      if (name.equalsIgnoreCase(HttpHeaders.MCP_SESSION_ID)) {
        waiting.named(value);
        named = true;
      }
      super.setHeader(name, value);
    }
  }

  private static Map<String, String> labels(@org.jspecify.annotations.Nullable String header) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String part : header == null ? new String[0] : header.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("It reads NAME=VALUE, NAME=VALUE.");
      }
      labels.put(
          part.substring(0, equals).strip(),
          URLDecoder.decode(part.substring(equals + 1).strip(), StandardCharsets.UTF_8));
    }
    if (!StatementLabels.areLabels(labels)) {
      throw new IllegalArgumentException(
          "A label has a name of lower-case letters, digits, \"_\", \".\" and \"-\".");
    }
    return labels;
  }

  private void list(List<String> connections) {
    List<String> fresh = connections.stream().filter(listed::add).toList();
    AgentServers.list(mcp, desks, fresh);
  }

  private void cancel(String session, JSONRPCNotification told) {
    if (told.params() instanceof Map<?, ?> params && params.get("requestId") != null) {
      inFlight.cancel(InFlight.key(session, params.get("requestId")));
    }
  }

  private void pass(HttpServletRequest request, HttpServletResponse response, byte[] body)
      throws IOException {
    HeldRequest held = new HeldRequest(request, response, body);
    try {
      servlet.service(held, response);
    } catch (ServletException e) {
      throw new IOException("The MCP servlet failed.", e);
    }
    HeldAsync stream = held.held();
    if (stream != null) {
      stream.await();
    }
  }

  private void error(HttpServletResponse response, int status, String words) throws IOException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", null);
    answer.put("error", Map.of("code", -32600, "message", words));
    answer(response, status, answer);
  }

  private void answer(HttpServletResponse response, int status, Map<String, Object> answer)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(mapper.writeValueAsString(answer));
    response.getWriter().flush();
  }

  /// Sessions open now.
  public int count() {
    return sessions.count();
  }

  @Override
  public void close() {
    try {
      mcp.closeGracefully();
    } catch (UncheckedIOException e) {
      // A reader that is gone needs no goodbye.
    }
    sessions.close();
  }
}
