package dev.sluice.app.results;

import java.util.ArrayList;
import java.util.List;

/// The ways a result leaves the window. All of them carry what is shown: masked values stay masked.
enum CopyFormat {
  CSV,
  TSV,
  JSON,
  MARKDOWN,
  INSERT,
  IN_LIST;

  /// Cells from `firstRow` to `lastRow` and `firstColumn` to `lastColumn`, both inclusive.
  String write(
      GridModel model, int firstRow, int lastRow, int firstColumn, int lastColumn, boolean header) {
    StringBuilder text = new StringBuilder();
    begin(text, model, firstColumn, lastColumn, header);
    for (int row = firstRow; row <= lastRow; row++) {
      row(text, model, row, firstColumn, lastColumn, row == firstRow);
    }
    end(text);
    return text.toString();
  }

  void begin(Appendable out, GridModel model, int first, int last, boolean header) {
    List<String> labels = new ArrayList<>();
    for (int column = first; column <= last; column++) {
      labels.add(model.column(column).label());
    }
    switch (this) {
      case CSV -> {
        if (header) {
          put(out, String.join(",", labels.stream().map(CopyFormat::csv).toList()) + "\r\n");
        }
      }
      case TSV -> {
        if (header) {
          put(out, String.join("\t", labels.stream().map(CopyFormat::tsv).toList()) + "\n");
        }
      }
      case JSON -> put(out, "[");
      case MARKDOWN -> {
        put(
            out,
            "| " + String.join(" | ", labels.stream().map(CopyFormat::markdown).toList()) + " |\n");
        put(out, "|" + " --- |".repeat(labels.size()) + "\n");
      }
      case INSERT -> {}
      case IN_LIST -> put(out, "(");
    }
  }

  void row(Appendable out, GridModel model, int row, int first, int last, boolean firstOfAll) {
    switch (this) {
      case CSV -> {
        for (int column = first; column <= last; column++) {
          put(out, column > first ? "," : "");
          if (!model.isNull(row, column)) {
            put(out, csvValue(model.text(row, column)));
          }
        }
        put(out, "\r\n");
      }
      case TSV -> {
        for (int column = first; column <= last; column++) {
          put(out, column > first ? "\t" : "");
          put(out, model.isNull(row, column) ? "" : tsv(model.text(row, column)));
        }
        put(out, "\n");
      }
      case JSON -> {
        put(out, firstOfAll ? "\n  {" : ",\n  {");
        for (int column = first; column <= last; column++) {
          put(out, column > first ? ", " : "");
          put(out, json(model.column(column).label()) + ": ");
          put(out, jsonValue(model, row, column));
        }
        put(out, "}");
      }
      case MARKDOWN -> {
        put(out, "|");
        for (int column = first; column <= last; column++) {
          String text = model.isNull(row, column) ? "NULL" : markdown(model.text(row, column));
          put(out, " " + text + " |");
        }
        put(out, "\n");
      }
      case INSERT -> {
        put(out, insertHead(model, first, last));
        for (int column = first; column <= last; column++) {
          put(out, (column > first ? ", " : "") + literal(model, row, column));
        }
        put(out, ");\n");
      }
      case IN_LIST -> {
        // NULL in a list matches nothing, and NOT IN with one matches nothing at all.
        for (int column = first; column <= last; column++) {
          if (!model.isNull(row, column)) {
            put(out, (firstOfAll && column == first ? "" : ", ") + literal(model, row, column));
          }
        }
      }
    }
  }

  static String jsonValue(GridModel model, int row, int column) {
    if (model.isNull(row, column)) {
      return "null";
    }
    String text = model.text(row, column);
    return model.isNumeric(column) && isJsonNumber(text) ? text : json(text);
  }

  private static String insertHead(GridModel model, int first, int last) {
    StringBuilder head = new StringBuilder("INSERT INTO result (");
    for (int column = first; column <= last; column++) {
      head.append(column > first ? ", " : "").append(name(model.column(column).label()));
    }
    return head.append(") VALUES (").toString();
  }

  private static String name(String label) {
    return label.matches("[a-z_][a-z0-9_]*") ? label : "\"" + label.replace("\"", "\"\"") + "\"";
  }

  private static String literal(GridModel model, int row, int column) {
    if (model.isNull(row, column)) {
      return "NULL";
    }
    String text = model.text(row, column);
    return model.isNumeric(column) && isJsonNumber(text)
        ? text
        : "'" + text.replace("'", "''") + "'";
  }

  void end(Appendable out) {
    if (this == JSON) {
      put(out, "\n]\n");
    } else if (this == IN_LIST) {
      put(out, ")");
    }
  }

  private static void put(Appendable out, String text) {
    try {
      out.append(text);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// The empty text is quoted so that it differs from NULL, which is nothing at all.
  private static String csvValue(String text) {
    return text.isEmpty() ? "\"\"" : csv(unarmed(text));
  }

  /// A spreadsheet runs a cell that begins like a formula. Such a text gets an apostrophe before
  /// it, which a spreadsheet does not show; a plain number stays one.
  private static String unarmed(String text) {
    boolean armed = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return armed && !isJsonNumber(text) ? "'" + text : text;
  }

  private static String csv(String text) {
    boolean quote =
        text.indexOf(',') >= 0
            || text.indexOf('"') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0;
    return quote ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  private static String tsv(String text) {
    return unarmed(text).replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
  }

  private static String markdown(String text) {
    return text.replace("|", "\\|").replace('\n', ' ').replace('\r', ' ');
  }

  static boolean isJsonNumber(String text) {
    return text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  }

  static String json(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (unit < 0x20) {
            quoted.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) unit));
          } else {
            quoted.append(unit);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
