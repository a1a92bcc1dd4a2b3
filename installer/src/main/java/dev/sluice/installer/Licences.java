package dev.sluice.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The licences of what is shipped, from the bill of materials, and the rule which are accepted.
final class Licences {

  /// Words of which one must stand in a component's licence. GPL is accepted with the class path
  /// exception only (OpenJFX).
  private static final List<String> ACCEPTED =
      List.of(
          "apache",
          "mit",
          "bsd",
          "epl",
          "eclipse public",
          "cc0",
          "public domain",
          "unlicense",
          "go license",
          "postgresql",
          "bouncy castle",
          "edl",
          "eclipse distribution",
          "isc",
          "0bsd",
          "universal permissive",
          "upl",
          "classpath-exception",
          "classpath exception");

  /// Components that state no licence in their POM, with the one their project states.
  private static final Set<String> KNOWN = Set.of("org.openjfx");

  private Licences() {}

  /// Writes the report.
  ///
  /// @return what has no accepted licence, empty when all is well
  static List<String> report(Path sbom, Path to) throws IOException {
    JsonNode components = new JsonMapper().readTree(Files.readString(sbom)).path("components");
    TreeMap<String, String> lines = new TreeMap<>();
    List<String> refused = new java.util.ArrayList<>();
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
      String licence = licence(component);
      if (licence.isEmpty() && KNOWN.contains(group)) {
        licence = "GPL-2.0-only WITH Classpath-exception-2.0";
      }
      lines.put(name, licence.isEmpty() ? "not stated" : licence);
      String lower = licence.toLowerCase(Locale.ROOT);
      if (ACCEPTED.stream().noneMatch(lower::contains)) {
        refused.add(name + " (" + (licence.isEmpty() ? "not stated" : licence) + ")");
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

  private static String licence(JsonNode component) {
    List<String> names = new java.util.ArrayList<>();
    for (JsonNode entry : component.path("licenses")) {
      String expression = entry.path("expression").asString("");
      JsonNode licence = entry.path("license");
      String id = licence.path("id").asString(licence.path("name").asString(""));
      names.add(expression.isEmpty() ? id : expression);
    }
    return String.join(" or ", names);
  }
}
