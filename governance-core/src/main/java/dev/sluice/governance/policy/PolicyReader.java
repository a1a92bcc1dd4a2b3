package dev.sluice.governance.policy;

import dev.sluice.governance.approval.ApproverRule;
import dev.sluice.governance.catalog.DeclaredFunction;
import dev.sluice.governance.masking.MaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/// Turns a document that the schema accepts into a bundle.
final class PolicyReader {

  private static final Set<String> NOT_PARAMETERS = Set.of("algorithm", "uses", "unmask");

  /// Rows that one approved export carries at most, and those of a policy that does not say.
  private static final long MOST_EXPORTED = 100_000;

  private final PolicyDocument document;

  PolicyReader(PolicyDocument document) {
    this.document = document;
  }

  PolicyBundle bundle() {
    JsonNode root = document.root();
    return new PolicyBundle(
        root.path("version").longValue(),
        text(root, "expires").map(text -> OffsetDateTime.parse(text).toInstant()),
        root.path("min-client").asString(""),
        text(root, "mode").orElse("enforce").equals("observe")
            ? PolicyBundle.Mode.OBSERVE
            : PolicyBundle.Mode.ENFORCE,
        list(root, "connections", (node, at) -> connection(node)),
        list(root, "classifications", (node, at) -> classification(node)),
        masks(root.path("masks")),
        list(root, "exemptions", (node, at) -> exemption(node)),
        list(root, "row-filters", (node, at) -> rowFilter(node)),
        root.has("break-glass")
            ? Optional.of(breakGlass(root.path("break-glass")))
            : Optional.empty(),
        root.has("exports") ? Optional.of(exports(root.path("exports"))) : Optional.empty(),
        agents(root.path("agents")),
        list(root, "tests", this::test),
        list(root, "rules", this::rule),
        list(root, "functions", (node, at) -> function(node)));
  }

  private static PolicyBundle.GovernedConnection connection(JsonNode node) {
    return new PolicyBundle.GovernedConnection(
        required(node, "name"), required(node, "environment"), text(node, "owner").orElse(""));
  }

  private static PolicyBundle.Classification classification(JsonNode node) {
    return new PolicyBundle.Classification(
        required(node, "tag"), texts(node.path("columns")), texts(node.path("connections")));
  }

  private static List<TagMask> masks(JsonNode node) {
    List<TagMask> masks = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode mask = entry.getValue();
      masks.add(
          new TagMask(
              entry.getKey(),
              maskSpec(mask),
              uses(mask.path("uses")),
              mask.has("unmask") ? Optional.of(unmask(mask.path("unmask"))) : Optional.empty()));
    }
    return masks;
  }

  static MaskSpec maskSpec(JsonNode node) {
    if (node.isString()) {
      return MaskSpec.of(node.stringValue());
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!NOT_PARAMETERS.contains(entry.getKey())) {
        parameters.put(entry.getKey(), value(entry.getValue()));
      }
    }
    return new MaskSpec(required(node, "algorithm"), parameters);
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case BOOLEAN -> node.booleanValue();
      case NUMBER ->
          node.isIntegralNumber() && node.canConvertToLong()
              ? (Object) node.longValue()
              : node.decimalValue();
      case ARRAY -> texts(node);
      case STRING -> node.stringValue();
      case OBJECT, NULL, MISSING, BINARY, POJO -> "";
    };
  }

  private static TagMask.Uses uses(JsonNode node) {
    if (node.isObject()) {
      return new TagMask.Uses.Equality(node.path("equality").path("distinct-per-day").intValue());
    }
    return switch (node.asString("deny")) {
      case "deny-always" -> new TagMask.Uses.DenyAlways();
      case "at-source" -> new TagMask.Uses.AtSource();
      case "allow" -> new TagMask.Uses.Allow();
      default -> new TagMask.Uses.Deny();
    };
  }

  private static TagMask.Unmask unmask(JsonNode node) {
    return new TagMask.Unmask(
        approvers(node.path("approvers")), duration(node, "max-duration", Duration.ofHours(1)));
  }

  private static PolicyBundle.Exemption exemption(JsonNode node) {
    return new PolicyBundle.Exemption(
        required(node, "id"),
        condition(node, "who"),
        texts(node.path("tags")),
        LocalDate.parse(required(node, "until"))
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant(),
        required(node, "reason"));
  }

  private static PolicyBundle.RowFilter rowFilter(JsonNode node) {
    return new PolicyBundle.RowFilter(
        required(node, "id"),
        required(node, "table"),
        condition(node, "who"),
        required(node, "filter"));
  }

  private static PolicyBundle.BreakGlass breakGlass(JsonNode node) {
    return new PolicyBundle.BreakGlass(
        condition(node, "who"),
        duration(node, "max-duration", Duration.ofMinutes(30)),
        duration(node, "review-within", Duration.ofHours(24)));
  }

  private static PolicyBundle.Exports exports(JsonNode node) {
    return new PolicyBundle.Exports(
        approvers(node.path("approvers")), number(node, "max-rows").orElse(MOST_EXPORTED));
  }

  private static PolicyBundle.AgentTerms agents(JsonNode node) {
    List<TagMask> masks = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.path("masks").properties()) {
      masks.add(
          new TagMask(
              entry.getKey(),
              maskSpec(entry.getValue()),
              new TagMask.Uses.Deny(),
              Optional.empty()));
    }
    return new PolicyBundle.AgentTerms(
        masks, limits(node.path("limits")), texts(node.path("require-labels")));
  }

  private PolicyBundle.PolicyTest test(JsonNode node, String pointer) {
    JsonNode as = node.path("as");
    Map<String, String> labels = new LinkedHashMap<>();
    as.path("labels").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asString("")));
    return new PolicyBundle.PolicyTest(
        texts(as.path("groups")),
        text(as, "subject").orElse("somebody"),
        text(as, "kind").orElse("person"),
        labels,
        required(node, "on"),
        required(node, "sql"),
        required(node, "expect"),
        text(node, "rule"),
        document.line(pointer));
  }

  private Rule rule(JsonNode node, String pointer) {
    Rule.Effect effect =
        switch (required(node, "effect")) {
          case "allow" -> Rule.Effect.ALLOW;
          case "require-approval" -> Rule.Effect.REQUIRE_APPROVAL;
          default -> Rule.Effect.BLOCK;
        };
    return new Rule(
        required(node, "id"),
        condition(node, "when"),
        effect,
        text(node, "message").orElse(""),
        node.has("approvers") ? Optional.of(approvers(node.path("approvers"))) : Optional.empty(),
        limits(node.path("limits")),
        node.path("observe").asBoolean(false),
        document.line(pointer + "/when"));
  }

  private static DeclaredFunction function(JsonNode node) {
    String name = required(node, "name");
    int dot = name.lastIndexOf('.');
    return new DeclaredFunction(
        dot < 0 ? "" : name.substring(0, dot),
        name.substring(dot + 1),
        texts(node.path("arguments")),
        node.path("pure").asBoolean(false),
        node.path("total").asBoolean(false));
  }

  private static ApproverRule approvers(JsonNode node) {
    JsonNode escalate = node.path("escalate");
    return new ApproverRule(
        new LinkedHashSet<>(texts(node.path("any-of"))),
        node.path("quorum").asInt(1),
        duration(node, "decide-within", Duration.ofHours(24)),
        duration(node, "use-within", Duration.ofHours(1)),
        node.path("executions").asInt(1),
        escalate.isObject()
            ? Optional.of(
                new ApproverRule.Escalation(
                    duration(escalate, "after", Duration.ofHours(1)), required(escalate, "to")))
            : Optional.empty());
  }

  private static Limits limits(JsonNode node) {
    return new Limits(number(node, "rows"), number(node, "seconds"), number(node, "export-rows"));
  }

  private static OptionalLong number(JsonNode node, String key) {
    return node.has(key) ? OptionalLong.of(node.path(key).longValue()) : OptionalLong.empty();
  }

  private static Duration duration(JsonNode node, String key, Duration otherwise) {
    return text(node, key).map(Durations::parse).orElse(otherwise);
  }

  private static String condition(JsonNode node, String key) {
    return node.path(key).asString("false");
  }

  private static String required(JsonNode node, String key) {
    return node.path(key).asString("");
  }

  private static Optional<String> text(JsonNode node, String key) {
    return node.has(key) ? Optional.of(node.path(key).asString("")) : Optional.empty();
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(element -> texts.add(element.asString("")));
    return texts;
  }

  private static <T> List<T> list(
      JsonNode root, String key, BiFunction<JsonNode, String, T> reader) {
    List<T> all = new ArrayList<>();
    for (JsonNode node : root.path(key)) {
      all.add(reader.apply(node, "/" + key + "/" + all.size()));
    }
    return all;
  }

  static boolean isInstant(String text) {
    try {
      Instant ignored = OffsetDateTime.parse(text).toInstant();
      return true;
    } catch (java.time.DateTimeException e) {
      return false;
    }
  }

  static boolean isDay(String text) {
    try {
      LocalDate ignored = LocalDate.parse(text);
      return true;
    } catch (java.time.DateTimeException e) {
      return false;
    }
  }
}
