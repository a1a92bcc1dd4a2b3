package dev.sluice.governance.policy;

import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Compares a policy with the databases it is for: a classification that matches nothing protects
/// nothing, and one on a view protects only the view's name.
final class CatalogChecks {

  private enum Match {
    TABLE,
    VIEW,
    NOTHING
  }

  private final PolicyDocument document;
  private final Map<String, CatalogSnapshot> catalogs;
  private final boolean everyConnectionKnown;
  private final List<PolicyProblem> problems;
  private final List<PolicyProblem> warnings;

  /// @param catalogs by connection name
  CatalogChecks(
      PolicyDocument document,
      Map<String, CatalogSnapshot> catalogs,
      List<PolicyProblem> problems,
      List<PolicyProblem> warnings) {
    this.document = document;
    this.catalogs = catalogs;
    this.problems = problems;
    this.warnings = warnings;
    boolean all = true;
    for (JsonNode connection : document.root().path("connections")) {
      all &= catalogs.containsKey(connection.path("name").asString(""));
    }
    this.everyConnectionKnown = all;
  }

  void run() {
    int index = 0;
    for (JsonNode node : document.root().path("classifications")) {
      checkClassification(node, "/classifications/" + index++);
    }
    index = 0;
    for (JsonNode node : document.root().path("row-filters")) {
      checkRowFilter(node, "/row-filters/" + index++);
    }
  }

  private void checkClassification(JsonNode node, String at) {
    List<String> connections = new ArrayList<>();
    node.path("connections").forEach(name -> connections.add(name.asString("")));
    boolean anyTable = false;
    int index = 0;
    for (JsonNode column : node.path("columns")) {
      String place = at + "/columns/" + index++;
      Match match = match(ColumnPattern.of(column.asString("")), connections);
      anyTable |= match == Match.TABLE;
      if (match == Match.VIEW) {
        problems.add(
            document.problemAt(
                place,
                column.asString("") + " is a column of a view.",
                "Expected the column of the table that the view reads."));
      } else if (match == Match.NOTHING) {
        warnings.add(
            document.problemAt(
                place,
                "No table has the column " + column.asString("") + ".",
                "Expected a column of the connected databases."));
      }
    }
    if (!anyTable) {
      PolicyProblem problem =
          document.problemAt(
              at,
              "The classification " + node.path("tag").asString("") + " matches no column.",
              "Expected at least one column of the connected databases.");
      (everyConnectionKnown ? problems : warnings).add(problem);
    }
  }

  private Match match(ColumnPattern pattern, List<String> connections) {
    Match found = Match.NOTHING;
    for (Map.Entry<String, CatalogSnapshot> entry : catalogs.entrySet()) {
      if (!connections.isEmpty() && !connections.contains(entry.getKey())) {
        continue;
      }
      for (Relation relation : entry.getValue().relations()) {
        for (CatalogColumn column : relation.columns()) {
          if (pattern.matches(new ColumnRef(relation.ref(), column.name()))) {
            if (!relation.isView()) {
              return Match.TABLE;
            }
            found = Match.VIEW;
          }
        }
      }
    }
    return found;
  }

  private void checkRowFilter(JsonNode node, String at) {
    String table = node.path("table").asString("");
    boolean found =
        catalogs.values().stream()
            .flatMap(catalog -> catalog.relations().stream())
            .anyMatch(relation -> TablePattern.matches(table, relation.ref()));
    if (!found && everyConnectionKnown) {
      problems.add(
          document.problemAt(
              at + "/table",
              "There is no table " + table + ".",
              "Expected a table of the connected databases."));
    }
  }
}
