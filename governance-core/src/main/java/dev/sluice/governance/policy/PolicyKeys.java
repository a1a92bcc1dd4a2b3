package dev.sluice.governance.policy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What may stand at a place of a policy, out of the published schema: for editors that complete.
public final class PolicyKeys {

  private static final JsonNode SCHEMA = JsonMapper.builder().build().readTree(PolicySchema.text());

  /// Stands in a path for any item of a list.
  public static final String ITEM = "[]";

  private PolicyKeys() {}

  /// The keys of a mapping, each with a description that may be empty.
  ///
  /// @param path keys from the top, with [#ITEM] for a list's items; empty for the document itself
  /// @return empty where no mapping with known keys stands
  public static Map<String, String> at(List<String> path) {
    JsonNode node = node(path);
    Map<String, String> keys = new TreeMap<>();
    node.path("properties")
        .properties()
        .forEach(
            property ->
                keys.put(
                    property.getKey(),
                    resolved(property.getValue()).path("description").asString("")));
    return keys;
  }

  /// The words that may stand at a place; empty when they are not enumerated.
  public static List<String> values(List<String> path) {
    return node(path).path("enum").valueStream().map(word -> word.asString("")).toList();
  }

  private static JsonNode node(List<String> path) {
    JsonNode at = SCHEMA;
    for (String step : path) {
      JsonNode here = resolved(at);
      if (step.equals(ITEM)) {
        at = here.path("items");
      } else if (here.path("properties").has(step)) {
        at = here.path("properties").path(step);
      } else {
        at = here.path("additionalProperties");
      }
    }
    return resolved(at);
  }

  private static JsonNode resolved(JsonNode node) {
    JsonNode at = node;
    for (int depth = 0; depth < 8 && at.has("$ref"); depth++) {
      at = SCHEMA.at(at.path("$ref").asString("").substring(1));
    }
    return at;
  }
}
