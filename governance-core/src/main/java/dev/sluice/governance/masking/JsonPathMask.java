package dev.sluice.governance.masking;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Hides parts of a JSON text: `hide` lists the paths to hide, or `show` the only ones to keep.
/// Paths are `$.name.other`, `$.items[*].name` and `$..name` (at any depth); `*` stands for every
/// member. Hidden texts become the redaction token, everything else hidden becomes null. What is
/// not JSON is redacted whole.
///
/// ```example
/// {algorithm: json-path, hide: ["$.who.name", "$..iban"]}
/// '{"who":{"name":"Jane","age":41}}' -> '{"who":{"name":"[redacted]","age":41}}'
/// '{"a":{"b":{"iban":7}}}' -> '{"a":{"b":{"iban":null}}}'
/// not json -> "[redacted]"
/// ```
///
/// ```example
/// {algorithm: json-path, show: "$.items[*].sku"}
/// '{"items":[{"sku":"A1","price":3}]}' -> '{"items":[{"sku":"A1","price":null}]}'
/// ```
final class JsonPathMask extends TextMask {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final List<List<String>> paths;
  private final boolean show;

  /// @throws IllegalArgumentException when a path is not understood
  JsonPathMask(List<String> paths, boolean show) {
    this.paths = paths.stream().map(JsonPathMask::steps).toList();
    this.show = show;
  }

  @Override
  String maskText(String text) {
    try {
      JsonNode tree = MAPPER.readTree(text);
      return tree.isContainer()
          ? MAPPER.writeValueAsString(visit(tree, paths))
          : TypedRedaction.TOKEN;
    } catch (JacksonException notJson) {
      return TypedRedaction.TOKEN;
    }
  }

  /// @param left what is still to be matched of each path that fits so far
  private JsonNode visit(JsonNode node, List<List<String>> left) {
    boolean reached = left.stream().anyMatch(List::isEmpty);
    if (reached) {
      return show ? node : hidden(node);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object
          .properties()
          .forEach(e -> copy.set(e.getKey(), visit(e.getValue(), next(left, e.getKey()))));
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(element -> copy.add(visit(element, next(left, "[*]"))));
      return copy;
    }
    return show ? hidden(node) : node;
  }

  private static List<List<String>> next(List<List<String>> left, String step) {
    List<List<String>> next = new ArrayList<>();
    for (List<String> path : left) {
      boolean anyDepth = path.getFirst().equals("..");
      String wanted = anyDepth ? path.get(1) : path.getFirst();
      if (anyDepth) {
        next.add(path);
      }
      if (wanted.equals(step) || (wanted.equals("*") && !step.equals("[*]"))) {
        next.add(path.subList(anyDepth ? 2 : 1, path.size()));
      }
    }
    return next;
  }

  private static JsonNode hidden(JsonNode node) {
    return node.isString() ? StringNode.valueOf(TypedRedaction.TOKEN) : NullNode.getInstance();
  }

  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    int at = 1;
    boolean valid = path.startsWith("$") && path.length() > 1;
    while (valid && at < path.length()) {
      if (path.startsWith("[*]", at)) {
        steps.add("[*]");
        at += 3;
        continue;
      }
      if (path.startsWith("..", at)) {
        steps.add("..");
        at += 2;
      } else if (path.charAt(at) == '.') {
        at++;
      } else {
        valid = false;
        continue;
      }
      int end = at;
      while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
        end++;
      }
      valid = end > at;
      steps.add(path.substring(at, end));
      at = end;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "A path looks like $.person.name, $.items[*].name or $..name, not \"" + path + "\".");
    }
    return List.copyOf(steps);
  }
}
