package dev.sluice.cli.check;

import dev.sluice.governance.identity.Actor;
import dev.sluice.governance.identity.Principal;
import dev.sluice.governance.policy.ConnectionContext;
import dev.sluice.governance.sql.Dialect;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Reads the parts of a line. Absent parts have defaults that favour refusal: no groups,
/// production.
public final class Lines {

  private Lines() {}

  static String text(JsonNode node, String field, String otherwise) throws BadInput {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isString()) {
      throw new BadInput("\"" + field + "\" must be a text.");
    }
    return value.stringValue();
  }

  static JsonNode array(JsonNode node, String field) throws BadInput {
    if (node.isMissingNode() || node.isNull() || node.isArray()) {
      return node;
    }
    throw new BadInput("\"" + field + "\" must be a list.");
  }

  static Set<String> texts(JsonNode node, String field) throws BadInput {
    Set<String> values = new TreeSet<>();
    for (JsonNode value : array(node.path(field), field)) {
      if (!value.isString()) {
        throw new BadInput("\"" + field + "\" must hold texts.");
      }
      values.add(value.stringValue());
    }
    return values;
  }

  private static Map<String, String> labels(JsonNode node) throws BadInput {
    Map<String, String> labels = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> label : node.path("labels").properties()) {
      labels.put(label.getKey(), text(node.path("labels"), label.getKey(), ""));
    }
    return labels;
  }

  /// The dialect of a word.
  public static Dialect dialect(String word) throws BadInput {
    return Dialect.named(word.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new BadInput(
                    "\"dialect\" must be one of "
                        + Arrays.stream(Dialect.values())
                            .map(Dialect::id)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /// Somebody by subject and groups, verified by nobody: for deciding, never for running as.
  public static Principal principal(String subject, Set<String> groups, Set<String> roles) {
    String name = subject.isBlank() ? "anonymous" : subject;
    return new Principal("local", name, name.indexOf('@') > 0 ? name : null, name, groups, roles);
  }

  /// Who a line says it is.
  public static Actor actor(JsonNode line) throws BadInput {
    JsonNode node = line.path("actor");
    Principal principal =
        principal(text(node, "subject", ""), texts(node, "groups"), texts(node, "roles"));
    String kind = text(node, "kind", "person");
    return switch (kind) {
      case "person" -> new Actor.Person(principal, labels(node));
      case "agent" -> new Actor.Agent(principal, owner(node, principal), labels(node));
      case "pipeline" -> new Actor.Pipeline(principal, labels(node));
      default -> throw new BadInput("\"kind\" of an actor is person, agent or pipeline.");
    };
  }

  private static Principal owner(JsonNode node, Principal agent) throws BadInput {
    JsonNode owner = node.path("on_behalf_of");
    if (owner.isString()) {
      return principal(owner.stringValue(), agent.groups(), agent.roles());
    }
    if (owner.isObject()) {
      return principal(text(owner, "subject", ""), texts(owner, "groups"), texts(owner, "roles"));
    }
    return agent;
  }

  static ConnectionContext connection(JsonNode line, Dialect dialect) throws BadInput {
    JsonNode node = line.path("connection");
    return new ConnectionContext(
        text(node, "name", ""),
        text(node, "environment", "production"),
        dialect,
        text(node, "ring", "direct"),
        labels(node));
  }
}
