package dev.sluice.governance.policy;

import dev.sluice.governance.masking.Masks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a schema cannot say about a policy: ids that repeat, conditions that do not compile, masks
/// that do not exist, words that point nowhere.
final class PolicyChecks {

  private final PolicyDocument document;
  private final boolean compile;
  private final List<PolicyProblem> problems = new ArrayList<>();
  private final List<PolicyProblem> warnings = new ArrayList<>();

  /// @param compile whether to compile every condition, about a millisecond each
  PolicyChecks(PolicyDocument document, boolean compile) {
    this.document = document;
    this.compile = compile;
  }

  List<PolicyProblem> problems() {
    return problems;
  }

  List<PolicyProblem> warnings() {
    return warnings;
  }

  void run() {
    JsonNode root = document.root();
    checkCalendar(root);
    checkUnique("rules", "id");
    checkUnique("exemptions", "id");
    checkUnique("row-filters", "id");
    checkUnique("connections", "name");
    checkRules(root.path("rules"));
    each("exemptions", (node, at) -> condition(ConditionLanguage.WHO, node, at + "/who"));
    each("row-filters", this::checkRowFilter);
    if (root.has("break-glass")) {
      condition(ConditionLanguage.WHO, root.path("break-glass"), "/break-glass/who");
    }
    checkOwners(root);
    checkMasks(root);
    checkClassifications(root);
    checkConnectionNames(root);
    if (root.path("mode").asString("").equals("observe")) {
      each(
          "connections",
          (node, at) -> {
            if (Environments.isProduction(node.path("environment").asString(""))) {
              problem(
                  at,
                  "The mode is observe and this connection is production.",
                  "Expected mode: enforce; production is never only observed.");
            }
          });
    }
  }

  /// A request that goes to the owner of a connection without one would wait for nobody.
  private void checkOwners(JsonNode root) {
    boolean asked =
        root.findValues("any-of").stream()
            .flatMap(names -> names.valueStream())
            .anyMatch(name -> name.asString("").equals(Owners.WORD));
    boolean escalated =
        root.findValues("to").stream().anyMatch(name -> name.asString("").equals(Owners.WORD));
    if (!asked && !escalated) {
      return;
    }
    if (root.path("connections").isEmpty()) {
      problem(
          "",
          "Approvals go to the owner of a connection, and no connection has one here.",
          "Expected connections, each with its owner.");
    }
    each(
        "connections",
        (node, at) -> {
          if (node.path("owner").asString("").isBlank()) {
            problem(
                at,
                "Approvals go to the owner of a connection, and this one has none.",
                "Expected owner: a group's name, or a person's with an @.");
          }
        });
  }

  private void checkCalendar(JsonNode root) {
    if (root.has("expires") && !PolicyReader.isInstant(root.path("expires").asString(""))) {
      problem("/expires", "There is no such day or time.", "Expected 2026-12-31T00:00:00Z.");
    }
    each(
        "exemptions",
        (node, at) -> {
          if (!PolicyReader.isDay(node.path("until").asString(""))) {
            problem(at + "/until", "There is no such day.", "Expected a day such as 2026-12-31.");
          }
        });
  }

  private void checkRules(JsonNode rules) {
    each(
        "rules",
        (node, at) -> {
          condition(ConditionLanguage.RULE, node, at + "/when");
          String effect = node.path("effect").asString("");
          boolean asks = effect.equals("require-approval");
          if (asks && !node.has("approvers")) {
            problem(
                at + "/effect",
                "The rule asks for approval but names nobody.",
                "Expected approvers: {any-of: [group:NAME]}.");
          }
          if (!asks && node.has("approvers")) {
            problems.add(
                document.problemAtKey(
                    at + "/approvers",
                    "Only rules that require approval have approvers.",
                    "Expected effect: require-approval, or no approvers."));
          }
          if (effect.equals("allow") && node.path("observe").asBoolean(false)) {
            problems.add(
                document.problemAtKey(
                    at + "/observe",
                    "A rule that allows is not observed: it would be as if it were not there.",
                    "Expected effect: block or require-approval, or no observe."));
          }
          if (effect.equals("block") && node.has("limits")) {
            problems.add(
                document.problemAtKey(
                    at + "/limits", "A rule that blocks has no limits.", "Expected no limits."));
          }
        });
    if (rules.isEmpty()) {
      warning("", "There are no rules: everything is refused.", "Expected at least one rule.");
    }
  }

  private void checkRowFilter(JsonNode node, String at) {
    condition(ConditionLanguage.WHO, node, at + "/who");
    String filter = node.path("filter").asString("");
    if (filter.contains(";") || filter.contains("--") || filter.contains("/*")) {
      problem(
          at + "/filter",
          "A filter is one condition without semicolons and comments.",
          "Expected a condition such as region = 'EMEA'.");
    }
  }

  private void checkMasks(JsonNode root) {
    Set<String> tags = new LinkedHashSet<>();
    root.path("classifications").forEach(node -> tags.add(node.path("tag").asString("")));
    for (Map.Entry<String, JsonNode> entry : root.path("masks").properties()) {
      String at = "/masks/" + PolicyDocument.escape(entry.getKey());
      checkMask(at, entry.getValue());
      if (tags.stream().noneMatch(tag -> TagPattern.matches(entry.getKey(), tag))) {
        warnings.add(
            document.problemAtKey(
                at,
                "No column carries the tag " + entry.getKey() + ".",
                Spelling.closest(entry.getKey(), tags)
                    .map(word -> "Did you mean " + word + "?")
                    .orElse("Expected a tag of the classifications.")));
      }
    }
    for (Map.Entry<String, JsonNode> entry : root.path("agents").path("masks").properties()) {
      checkMask("/agents/masks/" + PolicyDocument.escape(entry.getKey()), entry.getValue());
    }
  }

  private void checkMask(String at, JsonNode mask) {
    for (String message : Masks.problems(PolicyReader.maskSpec(mask))) {
      problem(at, message, "Expected one of the documented masks and its parameters.");
    }
  }

  private void checkClassifications(JsonNode root) {
    each(
        "classifications",
        (node, at) -> {
          int index = 0;
          for (JsonNode column : node.path("columns")) {
            if (!ColumnPattern.isValid(column.asString(""))) {
              problem(
                  at + "/columns/" + index,
                  "\"" + column.asString("") + "\" does not name a column.",
                  "Expected table.column or schema.table.column.");
            }
            index++;
          }
          String tag = node.path("tag").asString("");
          if (root.path("masks").propertyNames().stream()
              .noneMatch(pattern -> TagPattern.matches(pattern, tag))) {
            warning(
                at + "/tag",
                "The policy says no mask for " + tag + ": it is redacted.",
                "Expected an entry under masks.");
          }
        });
  }

  private void checkConnectionNames(JsonNode root) {
    Set<String> names = new LinkedHashSet<>();
    root.path("connections").forEach(node -> names.add(node.path("name").asString("")));
    each(
        "classifications",
        (node, at) -> {
          int index = 0;
          for (JsonNode name : node.path("connections")) {
            checkConnectionName(names, at + "/connections/" + index++, name.asString(""));
          }
        });
    each(
        "tests",
        (node, at) -> checkConnectionName(names, at + "/on", node.path("on").asString("")));
  }

  private void checkConnectionName(Set<String> names, String at, String name) {
    if (!names.contains(name)) {
      problem(
          at,
          "There is no connection \"" + name + "\" in this policy.",
          Spelling.closest(name, names)
              .map(word -> "Did you mean \"" + word + "\"?")
              .orElse("Expected one of " + String.join(", ", names) + "."));
    }
  }

  private void condition(ConditionLanguage language, JsonNode owner, String pointer) {
    String key = pointer.substring(pointer.lastIndexOf('/') + 1);
    String text = owner.path(key).asString("");
    if (!compile) {
      return;
    }
    switch (language.compile(text)) {
      case ConditionLanguage.Compiled.Program program -> {}
      case ConditionLanguage.Compiled.Broken broken ->
          problems.add(
              document.problemInside(
                  pointer,
                  broken.line(),
                  broken.column(),
                  "This condition does not compile: " + broken.message() + ".",
                  language == ConditionLanguage.WHO
                      ? "Expected a CEL condition over user, actor, connection and request."
                      : "Expected a CEL condition over user, actor, connection, statement,"
                          + " request and session."));
    }
  }

  private void checkUnique(String list, String key) {
    Map<String, Integer> lines = new HashMap<>();
    each(
        list,
        (node, at) -> {
          String id = node.path(key).asString("");
          Integer first = lines.putIfAbsent(id, document.line(at + "/" + key));
          if (first != null) {
            problem(
                at + "/" + key,
                "\"" + id + "\" is here for the second time.",
                "Expected another " + key + "; the first is in line " + first + ".");
          }
        });
  }

  private interface Visitor {
    void visit(JsonNode node, String pointer);
  }

  private void each(String list, Visitor visitor) {
    int index = 0;
    for (JsonNode node : document.root().path(list)) {
      visitor.visit(node, "/" + list + "/" + index++);
    }
  }

  private void problem(String pointer, String message, String expected) {
    problems.add(document.problemAt(pointer, message, expected));
  }

  private void warning(String pointer, String message, String expected) {
    warnings.add(document.problemAt(pointer, message, expected));
  }
}
