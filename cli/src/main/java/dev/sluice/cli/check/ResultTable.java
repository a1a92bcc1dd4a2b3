package dev.sluice.cli.check;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A result as a table of plain text.
final class ResultTable {

  private static final int MOST_ROWS = 50;
  private static final int WIDEST = 40;

  private ResultTable() {}

  static void print(ObjectNode answer, PrintWriter output) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(cells(answer.get("labels")));
    for (JsonNode row : answer.get("rows")) {
      if (lines.size() <= MOST_ROWS) {
        lines.add(cells(row));
      }
    }
    int[] widths = new int[lines.getFirst().size()];
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], line.get(column).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder("    ");
      for (int column = 0; column < widths.length; column++) {
        text.append(
            String.format(
                Locale.ROOT, "%-" + Math.max(1, widths[column]) + "s  ", line.get(column)));
      }
      output.println(text.toString().stripTrailing());
    }
    int total = answer.get("rows").size();
    output.println("    " + total + (total == 1 ? " row" : " rows") + shown(total, answer));
  }

  private static String shown(int total, ObjectNode answer) {
    boolean cut = answer.path("truncated").asBoolean(false);
    return (total > MOST_ROWS ? ", the first " + MOST_ROWS + " shown" : "")
        + (cut ? ", more were left out" : "");
  }

  private static List<String> cells(JsonNode row) {
    List<String> cells = new ArrayList<>();
    for (JsonNode cell : row) {
      String text = cell.isNull() ? "NULL" : cell.asString().replaceAll("\\p{Cntrl}", " ");
      cells.add(text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text);
    }
    return cells;
  }
}
