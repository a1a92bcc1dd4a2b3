package dev.sluice.server.mcp;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `tools/call` messages, before they come to the SDK.
public final class ToolCalls {

  private static final int INVALID_PARAMS = -32602;

  private ToolCalls() {}

  /// What is wrong with a call that the SDK would leave without an answer; empty when nothing is.
  public static Optional<String> wrongShape(JSONRPCRequest request) {
    if (!(request.params() instanceof Map<?, ?> params)) {
      return Optional.of("A call has params: an object with name and arguments.");
    }
    if (!(params.get("name") instanceof String)) {
      return Optional.of("A call has a name, which is a text.");
    }
    boolean object = params.get("arguments") == null || params.get("arguments") instanceof Map;
    boolean meta = params.get("_meta") == null || params.get("_meta") instanceof Map;
    return object && meta
        ? Optional.empty()
        : Optional.of("The arguments and _meta of a call are objects.");
  }

  /// The answer to a call of the wrong shape.
  public static Map<String, Object> refusal(Object id, String words) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("jsonrpc", "2.0");
    answer.put("id", id);
    answer.put("error", Map.of("code", INVALID_PARAMS, "message", words));
    return answer;
  }

  /// The request with its own id where tools find it.
  public static JSONRPCRequest numbered(String session, JSONRPCRequest request) {
    if (!(request.params() instanceof Map<?, ?> params)) {
      return request;
    }
    Map<Object, Object> all = new HashMap<>(params);
    Map<Object, Object> meta = new HashMap<>();
    if (params.get("_meta") instanceof Map<?, ?> own) {
      meta.putAll(own);
    }
    meta.put(InFlight.KEY, InFlight.key(session, request.id()));
    all.put("_meta", meta);
    return new JSONRPCRequest(request.jsonrpc(), request.method(), request.id(), all);
  }
}
