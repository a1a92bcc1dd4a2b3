package dev.sluice.server.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON Schemas of what tools take and answer.
final class ToolShapes {

  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> WHOLE = Map.of("type", "integer");
  private static final Map<String, Object> TRUTH = Map.of("type", "boolean");
  private static final Map<String, Object> OBJECT = Map.of("type", "object");

  private ToolShapes() {}

  /// One argument.
  record Argument(String name, Map<String, Object> schema, boolean required) {}

  static Argument text(String name, String description, boolean required) {
    return new Argument(name, Map.of("type", "string", "description", description), required);
  }

  static Argument number(String name, String description, int most) {
    return new Argument(
        name,
        Map.of("type", "integer", "minimum", 1, "maximum", most, "description", description),
        false);
  }

  static Map<String, Object> input(List<Argument> arguments) {
    Map<String, Object> properties = new LinkedHashMap<>();
    arguments.forEach(argument -> properties.put(argument.name(), argument.schema()));
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        arguments.stream().filter(Argument::required).map(Argument::name).toList(),
        "additionalProperties",
        false);
  }

  /// Every answer has a status; a refused one carries the refusal instead of the rest.
  static Map<String, Object> output(Map<String, Object> own) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("status", Map.of("type", "string", "enum", List.of("ok", "refused")));
    properties.put("refusal", refusal());
    properties.putAll(own);
    return Map.of("type", "object", "properties", properties, "required", List.of("status"));
  }

  static Map<String, Object> listOf(Map<String, Object> items) {
    return Map.of("type", "array", "items", items);
  }

  static Map<String, Object> objects() {
    return listOf(OBJECT);
  }

  static Map<String, Object> result() {
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("trust", Map.of("const", "untrusted"));
    shape.put("notice", TEXT);
    shape.put(
        "columns",
        listOf(
            Map.of(
                "type",
                "object",
                "properties",
                Map.of("name", TEXT, "type", TEXT, "masked", TRUTH, "mask", TEXT),
                "required",
                List.of("name", "type", "masked"))));
    shape.put("rows", listOf(Map.of("type", "array")));
    shape.put("truncated", TRUTH);
    shape.put("update_count", WHOLE);
    shape.put("milliseconds", WHOLE);
    shape.put("warnings", listOf(TEXT));
    shape.put("event_id", TEXT);
    shape.put("budget", OBJECT);
    return shape;
  }

  static Map<String, Object> request() {
    return Map.of(
        "request_id", TEXT, "state", TEXT, "decided_by", listOf(TEXT), "people_needed", WHOLE);
  }

  private static Map<String, Object> refusal() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("refusal_id", TEXT);
    properties.put("code", TEXT);
    properties.put("rule", TEXT);
    properties.put("rules", listOf(TEXT));
    properties.put("reason", TEXT);
    properties.put("span", Map.of("type", List.of("object", "null")));
    properties.put("ways_out", listOf(OBJECT));
    properties.put("how_to_request", Map.of("type", List.of("object", "null")));
    return Map.of(
        "type",
        "object",
        "properties",
        properties,
        "required",
        List.of("code", "rule", "reason", "span", "ways_out", "how_to_request"));
  }

  static McpSchema.ToolAnnotations hints(boolean readOnly, boolean destructive, boolean again) {
    return McpSchema.ToolAnnotations.builder()
        .readOnlyHint(readOnly)
        .destructiveHint(destructive)
        .idempotentHint(again)
        .openWorldHint(false)
        .build();
  }
}
