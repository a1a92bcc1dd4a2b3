package dev.sluice.governance.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A YAML or JSON text as a tree of values, with the place of each value and key by JSON pointer.
final class PolicyDocument {

  private static final int LONGEST_TEXT = 16 * 1024 * 1024;
  private static final int DEEPEST = 40;

  private record Place(int line, int column, @Nullable ScalarStyle style) {}

  private final String source;
  private final String[] lines;
  private final List<PolicyProblem> problems = new ArrayList<>();
  private final Map<String, Place> values = new HashMap<>();
  private final Map<String, Place> keys = new HashMap<>();
  private final IdentityHashMap<Node, Boolean> seen = new IdentityHashMap<>();
  private JsonNode root = JsonNodeFactory.instance.missingNode();

  private PolicyDocument(String source, String text) {
    this.source = source;
    this.lines = text.split("\n", -1);
  }

  static PolicyDocument read(String text, String source) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    PolicyDocument document = new PolicyDocument(source, plain);
    document.compose(plain);
    return document;
  }

  JsonNode root() {
    return root;
  }

  List<PolicyProblem> problems() {
    return List.copyOf(problems);
  }

  /// Line of a value, from 1.
  int line(String pointer) {
    return placeOf(values, pointer).line();
  }

  PolicyProblem problemAt(String pointer, String message, String expected) {
    Place place = placeOf(values, pointer);
    return new PolicyProblem(source, place.line(), place.column(), message, expected);
  }

  PolicyProblem problemAtKey(String pointer, String message, String expected) {
    Place place = keys.containsKey(pointer) ? keys.get(pointer) : placeOf(values, pointer);
    return new PolicyProblem(source, place.line(), place.column(), message, expected);
  }

  /// A problem at a place inside a text value.
  ///
  /// @param innerLine line within the value, from 1
  /// @param innerColumn column within that line, from 0
  PolicyProblem problemInside(
      String pointer, int innerLine, int innerColumn, String message, String expected) {
    Place place = placeOf(values, pointer);
    int line = place.line();
    int column = place.column();
    ScalarStyle style = place.style();
    if (style == ScalarStyle.LITERAL && line + innerLine <= lines.length) {
      // The first line of the block sets the indentation that is not part of the value.
      String first = lines[line];
      column = first.length() - first.stripLeading().length() + innerColumn + 1;
      line += innerLine;
    } else if (innerLine == 1 && style == ScalarStyle.PLAIN) {
      column += innerColumn;
    } else if (innerLine == 1
        && (style == ScalarStyle.SINGLE_QUOTED || style == ScalarStyle.DOUBLE_QUOTED)) {
      column += 1 + withEscapes(lines[line - 1], column, innerColumn, style);
    }
    return new PolicyProblem(source, line, column, message, expected);
  }

  /// How many characters of the raw text stand for so many of the value.
  private static int withEscapes(String raw, int start, int characters, ScalarStyle style) {
    int at = start;
    char escape = style == ScalarStyle.DOUBLE_QUOTED ? '\\' : '\'';
    for (int i = 0; i < characters && at < raw.length(); i++) {
      at += raw.charAt(at) == escape ? 2 : 1;
    }
    return at - start;
  }

  private void compose(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setCodePointLimit(LONGEST_TEXT)
            .setUseMarks(true)
            .build();
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
      if (!documents.hasNext()) {
        add(1, 1, "The text is empty.", "Expected a policy: version: 1 and rules.");
        return;
      }
      Node first = documents.next();
      root = convert(first, "", 0);
      if (documents.hasNext()) {
        Place second = place(documents.next());
        add(second.line(), second.column(), "A second document begins here.", "Expected one.");
      }
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      String problem = e.getProblem() == null ? "the text cannot be read" : e.getProblem();
      add(
          mark == null ? 1 : mark.getLine() + 1,
          mark == null ? 1 : mark.getColumn() + 1,
          "Not valid YAML: " + problem + ".",
          "Expected "
              + (e.getContext() == null
                  ? "valid YAML."
                  : "the end of it: " + e.getContext() + "."));
    } catch (YamlEngineException e) {
      add(1, 1, "Not valid YAML: " + e.getMessage() + ".", "Expected valid YAML.");
    }
  }

  private JsonNode convert(Node node, String pointer, int depth) {
    Place place = place(node);
    values.put(pointer, place);
    if (seen.put(node, true) != null || depth > DEEPEST) {
      add(
          place.line(),
          place.column(),
          depth > DEEPEST ? "Nested too deeply." : "Aliases (*name) are not used in policies.",
          "Expected the value written out.");
      return JsonNodeFactory.instance.nullNode();
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> sequence(sequence, pointer, depth);
      case MappingNode mapping -> mapping(mapping, pointer, depth);
      default -> {
        add(place.line(), place.column(), "Not a value.", "Expected a text, list or mapping.");
        yield JsonNodeFactory.instance.nullNode();
      }
    };
  }

  private JsonNode sequence(SequenceNode sequence, String pointer, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Node element : sequence.getValue()) {
      array.add(convert(element, pointer + "/" + array.size(), depth + 1));
    }
    return array;
  }

  private JsonNode mapping(MappingNode mapping, String pointer, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      Place place = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        add(place.line(), place.column(), "This key is not a word.", "Expected a word as key.");
        continue;
      }
      String key = keyNode.getValue();
      String child = pointer + "/" + escape(key);
      if (object.has(key)) {
        add(
            place.line(),
            place.column(),
            "The key \"" + key + "\" is here for the second time.",
            "Expected each key once; the first is in line " + placeOf(keys, child).line() + ".");
        continue;
      }
      keys.put(child, place);
      object.set(key, convert(tuple.getValueNode(), child, depth + 1));
    }
    return object;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    try {
      if (tag.equals(Tag.INT)) {
        BigInteger number = new BigInteger(text);
        return number.bitLength() < 64
            ? factory.numberNode(number.longValue())
            : factory.numberNode(number);
      }
      if (tag.equals(Tag.FLOAT)) {
        return factory.numberNode(new BigDecimal(text));
      }
    } catch (NumberFormatException notFinite) {
      return factory.stringNode(text);
    }
    if (tag.equals(Tag.BOOL)) {
      return factory.booleanNode(text.equals("true"));
    }
    return tag.equals(Tag.NULL) ? factory.nullNode() : factory.stringNode(text);
  }

  private void add(int line, int column, String message, String expected) {
    problems.add(new PolicyProblem(source, line, column, message, expected));
  }

  private static Place place(Node node) {
    ScalarStyle style = node instanceof ScalarNode scalar ? scalar.getScalarStyle() : null;
    return node.getStartMark()
        .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1, style))
        .orElse(new Place(1, 1, style));
  }

  private static Place placeOf(Map<String, Place> places, String pointer) {
    String at = pointer;
    while (!places.containsKey(at) && !at.isEmpty()) {
      at = at.substring(0, at.lastIndexOf('/'));
    }
    return places.getOrDefault(at, new Place(1, 1, null));
  }

  static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
