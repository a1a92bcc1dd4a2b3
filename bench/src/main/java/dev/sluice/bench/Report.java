package dev.sluice.bench;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Figures as text for a terminal, as Markdown and as one JSON line.
///
/// @param command that made them
record Report(String command, Map<String, String> machine, List<Figure> figures) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  String text() {
    StringBuilder text = new StringBuilder();
    String group = "";
    for (Figure figure : figures) {
      if (!figure.group().equals(group)) {
        group = figure.group();
        text.append('\n').append(group).append('\n');
      }
      text.append(
          String.format(
              java.util.Locale.ROOT,
              "  %-52s %12s  %s%s%n",
              figure.words(),
              figure.shown(),
              figure.shownTarget(),
              figure.missed() ? "  MISSED" : ""));
    }
    text.append('\n');
    machine.forEach(
        (name, value) ->
            text.append(String.format(java.util.Locale.ROOT, "%-12s %s%n", name, value)));
    return text.toString();
  }

  /// @param plot file name of the picture beside it, empty for none
  String markdown(String title, String plot) {
    StringBuilder text = new StringBuilder("# " + title + "\n\nMade by `" + command + "`");
    text.append(" on this machine:\n\n| | |\n|---|---|\n");
    machine.forEach((name, value) -> text.append("| " + name + " | " + value + " |\n"));
    if (!plot.isEmpty()) {
      text.append("\n![The figures as bars](" + plot + ")\n");
    }
    String group = "";
    for (Figure figure : figures) {
      if (!figure.group().equals(group)) {
        group = figure.group();
        text.append("\n## " + group + "\n\n| measured | figure | target |\n|---|---:|---|\n");
      }
      text.append("| " + figure.words() + " | " + figure.shown() + " | " + figure.shownTarget());
      text.append(figure.missed() ? " (missed) |\n" : " |\n");
    }
    return text.toString();
  }

  String json() {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("command", command);
    ObjectNode facts = node.putObject("machine");
    machine.forEach(facts::put);
    var list = node.putArray("figures");
    for (Figure figure : figures) {
      ObjectNode one = list.addObject();
      one.put("name", figure.name());
      one.put("group", figure.group());
      one.put("words", figure.words());
      one.put("value", figure.value());
      one.put("unit", figure.unit());
      if (figure.target().isPresent()) {
        one.put(figure.atLeast() ? "at_least" : "at_most", figure.target().getAsDouble());
        one.put("met", !figure.missed());
      }
    }
    return MAPPER.writeValueAsString(node);
  }
}
