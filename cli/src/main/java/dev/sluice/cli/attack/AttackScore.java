package dev.sluice.cli.attack;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What came of all cases.
record AttackScore(List<Tried> tried) {

  AttackScore {
    tried = List.copyOf(tried);
  }

  /// Whether something came through.
  boolean failed() {
    return leaks() > 0 || changed() > 0;
  }

  long leaks() {
    return tried.stream().filter(Tried::leaked).count();
  }

  long changed() {
    return tried.stream().filter(Tried::hasChanged).count();
  }

  /// Cases of which something leaked or was changed.
  long cameThrough() {
    return tried.stream().filter(one -> one.leaked() || one.hasChanged()).count();
  }

  long benign() {
    return tried.stream().filter(one -> one.attack().benign()).count();
  }

  long benignWrong() {
    return tried.stream().filter(one -> one.attack().benign() && one.isWrong()).count();
  }

  String json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("cases", tried.size());
    node.put("leaks", leaks());
    node.put("changed", changed());
    node.put("benign", benign());
    node.put("benign_wrong", benignWrong());
    return JsonMapper.shared().writeValueAsString(node);
  }

  /// Per category what was tried and what got through.
  void print(PrintStream out) {
    Map<String, List<Tried>> categories = new TreeMap<>();
    tried.forEach(
        one ->
            categories
                .computeIfAbsent(one.attack().category(), none -> new ArrayList<>())
                .add(one));
    categories.forEach(
        (category, all) -> {
          List<Tried> told = all.stream().filter(one -> !one.words().isEmpty()).toList();
          long through = all.stream().filter(one -> one.leaked() || one.hasChanged()).count();
          out.printf(
              java.util.Locale.ROOT,
              "%-22s %4d tried  %s%n",
              category.isEmpty() ? "(none)" : category,
              all.size(),
              through == 0 ? "nothing came through" : through + " came through");
          for (Tried one : told) {
            out.println("    " + one.attack().id() + "  " + one.words());
            out.println("        " + shortened(String.join("; ", one.attack().texts())));
          }
        });
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= 160 ? line : line.substring(0, 160) + "...";
  }
}
