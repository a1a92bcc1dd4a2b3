package dev.sluice.cli.mcp;

import dev.sluice.server.mcp.InFlight;
import dev.sluice.server.mcp.ToolCalls;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// One JSON-RPC message a line. The SDK's own stdio transport knows no cancellation; this one stops
/// the call that a `notifications/cancelled` names, and keeps its answer back.
final class StdioTransport implements McpServerTransportProvider {

  private static final int LONGEST_LINE = 32 << 20;
  private static final String SESSION = "stdio";

  private final McpJsonMapper mapper = McpJsonDefaults.getMapper();
  private final BufferedInputStream in;
  private final OutputStream out;
  private final InFlight inFlight;
  private @Nullable McpServerSession session;

  StdioTransport(InputStream in, OutputStream out, InFlight inFlight) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.out = out;
    this.inFlight = inFlight;
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    session = factory.create(new Line());
  }

  /// Handles messages until the input ends.
  void serve() throws IOException {
    McpServerSession current = session;
    if (current == null) {
      throw new IllegalStateException("The server is not built yet.");
    }
    String line = readLine();
    while (line != null) {
      if (!line.isBlank()) {
        take(current, line);
      }
      line = readLine();
    }
    current.close();
  }

  private void take(McpServerSession current, String line) {
    JSONRPCMessage message;
    try {
      message = McpSchema.deserializeJsonRpcMessage(mapper, line);
    } catch (IOException | RuntimeException e) {
      write(
          "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,\"message\":\"This line is"
              + " no JSON-RPC message.\"}}");
      return;
    }
    switch (message) {
      case JSONRPCRequest request when request.method().equals(McpSchema.METHOD_TOOLS_CALL) ->
          call(current, request);
      case JSONRPCNotification told when told.method().equals("notifications/cancelled") ->
          cancel(told);
      default -> handle(current, message);
    }
  }

  private void call(McpServerSession current, JSONRPCRequest request) {
    Optional<String> wrong = ToolCalls.wrongShape(request);
    if (wrong.isEmpty()) {
      handle(current, ToolCalls.numbered(SESSION, request));
      return;
    }
    try {
      write(mapper.writeValueAsString(ToolCalls.refusal(request.id(), wrong.get())));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("A message cannot be written.", e);
    }
  }

  private static void handle(McpServerSession current, JSONRPCMessage message) {
    current.handle(message).subscribe(done -> {}, problem -> {});
  }

  private void cancel(JSONRPCNotification told) {
    if (told.params() instanceof Map<?, ?> params && params.get("requestId") != null) {
      inFlight.cancel(InFlight.key(SESSION, params.get("requestId")));
    }
  }

  private @Nullable String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    int read = in.read();
    if (read < 0) {
      return null;
    }
    while (read >= 0 && read != '\n') {
      if (line.size() >= LONGEST_LINE) {
        throw new IOException("A message is longer than " + LONGEST_LINE + " bytes.");
      }
      line.write(read);
      read = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private synchronized void write(String json) {
    try {
      out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // The client is gone; its input ends too.
    }
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    McpServerSession current = session;
    return current == null ? Mono.empty() : current.sendNotification(method, params);
  }

  @Override
  public Mono<Void> closeGracefully() {
    McpServerSession current = session;
    return current == null ? Mono.empty() : current.closeGracefully();
  }

  private final class Line implements McpServerTransport {

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
      return Mono.fromRunnable(
          () -> {
            boolean unwanted =
                message instanceof JSONRPCResponse response
                    && response.id() != null
                    && inFlight.wasCancelled(InFlight.key(SESSION, response.id()));
            if (!unwanted) {
              send(message);
            }
          });
    }

    private void send(JSONRPCMessage message) {
      try {
        write(mapper.writeValueAsString(message));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("A message cannot be written.", e);
      }
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      return mapper.convertValue(data, type);
    }
  }
}
