package dev.sluice.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares a bill of materials (CycloneDX, JSON) with the jars it is about.
final class BillOfMaterials {

  private static final Pattern CLASSIFIER = Pattern.compile("[?&]classifier=([^&]+)");

  private BillOfMaterials() {}

  /// @param jars every jar that is shipped, as `name-version[-classifier].jar`
  /// @return what is only in one of the two, a sentence each; empty when they agree
  static List<String> differences(Path sbom, List<Path> jars) throws IOException {
    TreeSet<String> listed = new TreeSet<>();
    JsonNode components = new JsonMapper().readTree(Files.readString(sbom)).path("components");
    for (JsonNode component : components) {
      Matcher classifier = CLASSIFIER.matcher(component.path("purl").asString(""));
      listed.add(
          component.path("name").asString("")
              + "-"
              + component.path("version").asString("")
              + (classifier.find() ? "-" + classifier.group(1) : "")
              + ".jar");
    }
    TreeSet<String> shipped = new TreeSet<>();
    jars.forEach(jar -> shipped.add(jar.getFileName().toString()));
    List<String> differences = new ArrayList<>();
    shipped.stream()
        .filter(jar -> !listed.contains(jar))
        .forEach(jar -> differences.add(jar + " is shipped and not in the bill of materials"));
    listed.stream()
        .filter(jar -> !shipped.contains(jar))
        .forEach(jar -> differences.add(jar + " is in the bill of materials and not shipped"));
    return List.copyOf(differences);
  }
}
