package dev.sluice.governance.policy;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The published JSON Schema of policies, and what it says about a document in words and places.
public final class PolicySchema {

  private static final String RESOURCE = "policy.schema.json";
  private static final JsonNode TREE = JsonMapper.builder().build().readTree(text());
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TREE);

  private PolicySchema() {}

  /// The schema's text, the same as the published file.
  public static String text() {
    try (InputStream stream = PolicySchema.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("The policy schema is missing from the program.");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<PolicyProblem> problems(PolicyDocument document) {
    List<Error> errors = SCHEMA.validate(document.root());
    List<PolicyProblem> problems = new ArrayList<>();
    for (Error error : errors) {
      if (!isMisspelt(error, errors)) {
        problems.add(problem(document, error));
      }
    }
    return problems;
  }

  /// A key that is missing because it is misspelt is one problem, not two.
  private static boolean isMisspelt(Error missing, List<Error> errors) {
    return missing.getKeyword().equals("required")
        && errors.stream()
            .filter(error -> error.getKeyword().equals("additionalProperties"))
            .filter(
                error ->
                    error
                        .getInstanceLocation()
                        .toString()
                        .equals(missing.getInstanceLocation().toString()))
            .anyMatch(
                error ->
                    Spelling.closest(error.getProperty(), List.of(missing.getProperty()))
                        .isPresent());
  }

  private static PolicyProblem problem(PolicyDocument document, Error error) {
    String pointer = pointerOf(error.getInstanceLocation().toString());
    JsonNode rules =
        TREE.at(
            pointerOf(error.getSchemaLocation().getFragment().toString())
                .replaceFirst("/[^/]*$", ""));
    String expected = "Expected " + rules.path("description").asString("something else") + ".";
    JsonNode found = error.getInstanceNode();
    return switch (String.valueOf(error.getKeyword())) {
      case "additionalProperties" -> unknownKey(document, pointer, error.getProperty(), rules);
      case "required" ->
          document.problemAt(
              pointer, "The key \"" + error.getProperty() + "\" is missing.", expected);
      case "type" ->
          document.problemAt(
              pointer, "This is " + kindOf(found) + ".", expected + quotesHint(found, rules));
      case "minItems" -> document.problemAt(pointer, "This list is empty.", expected);
      case "minLength" -> document.problemAt(pointer, "This text is too short.", expected);
      default -> document.problemAt(pointer, shown(found) + " does not fit here.", expected);
    };
  }

  private static PolicyProblem unknownKey(
      PolicyDocument document, String pointer, String key, JsonNode rules) {
    List<String> known = new ArrayList<>(rules.path("properties").propertyNames());
    String expected =
        Spelling.closest(key.toLowerCase(Locale.ROOT), known)
            .map(word -> "Did you mean \"" + word + "\"?")
            .orElse("Expected one of " + String.join(", ", known) + ".");
    return document.problemAtKey(
        pointer + "/" + PolicyDocument.escape(key), "There is no key \"" + key + "\".", expected);
  }

  private static String quotesHint(JsonNode found, JsonNode rules) {
    return found.isValueNode() && rules.path("type").toString().contains("string")
        ? " Put it in quotes."
        : "";
  }

  private static String kindOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list";
      case OBJECT -> "a mapping";
      case NULL, MISSING, BINARY, POJO -> "nothing";
    };
  }

  private static String shown(JsonNode node) {
    String text = node.isString() ? node.stringValue() : node.toString();
    return "\"" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "\"";
  }

  /// The validator may write `$.a[0]` or `/a/0`; we only use the second.
  private static String pointerOf(String location) {
    return location.equals("$") || location.equals("/") ? "" : location;
  }
}
