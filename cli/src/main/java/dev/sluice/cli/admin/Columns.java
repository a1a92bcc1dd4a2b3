package dev.sluice.cli.admin;

import java.util.ArrayList;
import java.util.List;

/// Prints lines as columns, each as wide as its widest cell.
final class Columns {

  private final List<List<String>> rows = new ArrayList<>();

  Columns(String... headings) {
    rows.add(List.of(headings));
  }

  /// A text for a terminal: names, labels and values come from elsewhere, so control characters do
  /// not reach it.
  static String visible(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  void add(String... cells) {
    rows.add(List.of(cells));
  }

  void print() {
    int count = rows.getFirst().size();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < count; column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        line.append(row.get(column));
        line.repeat(' ', column + 1 < count ? width - row.get(column).length() + 2 : 0);
      }
      System.out.println(line.toString().stripTrailing());
    }
  }
}
