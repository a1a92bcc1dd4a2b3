package dev.sluice.server.mcp;

import dev.sluice.gateway.workspace.WorkspaceProblem;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Schemas as resources, the same answer as describe_schema gives.
final class SchemaResources {

  private static final String PREFIX = "sluice://connections/";
  private static final String SUFFIX = "/schema";

  private final Function<McpSyncServerExchange, AgentDesk> desks;

  SchemaResources(Function<McpSyncServerExchange, AgentDesk> desks) {
    this.desks = desks;
  }

  List<SyncResourceSpecification> of(List<String> connections) {
    return connections.stream()
        .map(
            name ->
                new SyncResourceSpecification(
                    McpSchema.Resource.builder(uri(name), name + " schema")
                        .description("Tables and columns of " + name + ", with what is masked.")
                        .mimeType("application/json")
                        .build(),
                    this::read))
        .toList();
  }

  SyncResourceTemplateSpecification template() {
    return new SyncResourceTemplateSpecification(
        McpSchema.ResourceTemplate.builder(PREFIX + "{connection}" + SUFFIX, "schema")
            .description("Tables and columns of a connection, with what is masked.")
            .mimeType("application/json")
            .build(),
        this::read);
  }

  private static String uri(String connection) {
    return PREFIX
        + URLEncoder.encode(connection, StandardCharsets.UTF_8).replace("+", "%20")
        + SUFFIX;
  }

  private ReadResourceResult read(McpSyncServerExchange exchange, ReadResourceRequest request) {
    String uri = request.uri();
    AgentDesk desk = desks.apply(exchange);
    Answer answer = desk.refuseCall("resources/read").orElseGet(() -> answer(desk, uri));
    return new ReadResourceResult(
        List.of(
            new McpSchema.TextResourceContents(
                uri, "application/json", Answer.json(answer.object()))));
  }

  private static Answer answer(AgentDesk desk, String uri) {
    if (!uri.startsWith(PREFIX)
        || !uri.endsWith(SUFFIX)
        || uri.length() <= PREFIX.length() + SUFFIX.length()) {
      return desk.refused(
          Refusals.plain("not-found", "", "There is no such resource.", "List the resources."));
    }
    try {
      String name =
          URLDecoder.decode(
              uri.substring(PREFIX.length(), uri.length() - SUFFIX.length()),
              StandardCharsets.UTF_8);
      return desk.schema(name, Optional.empty());
    } catch (WorkspaceProblem e) {
      return desk.refused(Refusals.of(e));
    } catch (IllegalArgumentException e) {
      return desk.refused(
          Refusals.plain("not-found", "", "There is no such resource.", "List the resources."));
    }
  }
}
