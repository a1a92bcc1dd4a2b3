package dev.sluice.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The licences of what is shipped, from the bill of materials, and the rule which are accepted: an
/// SPDX id that stands in a list, as a whole. A name that is no id is accepted when it is known
/// which id it means; every other one is refused, so that a new one is looked at by a person.
final class Licences {

  /// SPDX ids. GPL is accepted with the class path exception only (OpenJFX).
  private static final Set<String> ACCEPTED =
      Set.of(
          "apache-2.0",
          "mit",
          "mit-0",
          "bsd-2-clause",
          "bsd-3-clause",
          "0bsd",
          "epl-1.0",
          "epl-2.0",
          "gpl-2.0-with-classpath-exception",
          "gpl-2.0-only with classpath-exception-2.0");

  /// What licences are called that have no id in the bill of materials.
  private static final Map<String, String> NAMES =
      Map.of(
          "go license", "bsd-3-clause",
          "the 3-clause bsd license", "bsd-3-clause",
          "bouncy castle licence", "mit",
          "gplv2 with the classpath exception", "gpl-2.0-with-classpath-exception");

  /// Components that state no licence in their POM, with the one their project states.
  private static final Map<String, String> UNSTATED =
      Map.of("org.openjfx", "GPL-2.0-only WITH Classpath-exception-2.0");

  private Licences() {}

  /// Writes the report.
  ///
  /// @return what has no accepted licence, empty when all is well
  static List<String> report(Path sbom, Path to) throws IOException {
    JsonNode components = new JsonMapper().readTree(Files.readString(sbom)).path("components");
    TreeMap<String, String> lines = new TreeMap<>();
    List<String> refused = new ArrayList<>();
    for (JsonNode component : components) {
      String group = component.path("group").asString("");
      if (group.equals("dev.sluice")) {
        continue;
      }
      String name =
          group
              + ":"
              + component.path("name").asString("")
              + ":"
              + component.path("version").asString("");
      List<String> stated = stated(component);
      if (stated.isEmpty() && UNSTATED.containsKey(group)) {
        stated = List.of(UNSTATED.get(group));
      }
      String licence = stated.isEmpty() ? "not stated" : String.join(" or ", stated);
      lines.put(name, licence);
      if (stated.stream().noneMatch(Licences::isAccepted)) {
        refused.add(name + " (" + licence + ")");
      }
    }
    StringBuilder text =
        new StringBuilder("# Licences of what is shipped\n\n| component | licence |\n|---|---|\n");
    lines.forEach(
        (name, licence) ->
            text.append("| ").append(name).append(" | ").append(licence).append(" |\n"));
    text.append(
        "\nThe Java runtime is OpenJDK (Temurin), GPL-2.0 with the class path exception.\n");
    Files.writeString(to, text);
    return List.copyOf(refused);
  }

  /// Whether what one entry states may be shipped: an id, a name that is known, or an expression of
  /// ids with OR (one is enough) and AND (all are needed). Brackets are not read, so they refuse.
  static boolean isAccepted(String stated) {
    String text = stated.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    return ACCEPTED.contains(NAMES.getOrDefault(text, text))
        || Arrays.stream(text.split(" or ", -1))
            .anyMatch(
                choice ->
                    Arrays.stream(choice.split(" and ", -1))
                        .allMatch(each -> ACCEPTED.contains(each.strip())));
  }

  /// What a component states; several are a choice.
  private static List<String> stated(JsonNode component) {
    List<String> names = new ArrayList<>();
    for (JsonNode entry : component.path("licenses")) {
      String expression = entry.path("expression").asString("");
      JsonNode licence = entry.path("license");
      String id = licence.path("id").asString(licence.path("name").asString(""));
      String said = expression.isEmpty() ? id : expression;
      if (!said.isBlank()) {
        names.add(said);
      }
    }
    return names;
  }
}
