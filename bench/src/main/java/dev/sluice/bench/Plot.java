package dev.sluice.bench;

import java.util.List;
import java.util.Locale;

/// Speed relative to raw JDBC, as bars. One is as fast.
final class Plot {

  private static final int LEFT = 230;
  private static final int SCALE = 420;
  private static final int BAR = 22;
  private static final int STEP = 34;

  private Plot() {}

  static String svg(List<Figure> figures) {
    List<Figure> ratios =
        figures.stream().filter(figure -> figure.name().endsWith(".ratio")).toList();
    StringBuilder bars = new StringBuilder();
    String group = "";
    int y = 10;
    for (Figure figure : ratios) {
      if (!figure.name().startsWith("stream") && !figure.name().startsWith("point")) {
        continue;
      }
      if (!figure.group().equals(group)) {
        group = figure.group();
        y += 30;
        bars.append(text(10, y, "start", "bold", group));
        y += 12;
        y = bar(bars, y, "raw JDBC", 1, "#9aa5b1");
      }
      boolean own = figure.name().contains(".sluice.");
      String name = figure.words().substring(0, figure.words().indexOf(','));
      y = bar(bars, y, name, figure.value(), own ? "#2563c9" : "#c98a25");
    }
    return picture(bars, y + 10);
  }

  private static String picture(StringBuilder bars, int height) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"740\" height=\""
        + height
        + "\" viewBox=\"0 0 740 "
        + height
        + "\" font-family=\"sans-serif\" font-size=\"13\">\n"
        + "<rect width=\"740\" height=\""
        + height
        + "\" fill=\"#ffffff\"/>\n"
        + bars
        + "</svg>\n";
  }

  /// Each figure that has a target, as a part of it: up to one is met, whichever way it is to be.
  static String targets(List<Figure> figures) {
    StringBuilder bars = new StringBuilder();
    int y = 10;
    String group = "";
    for (Figure figure : figures) {
      if (figure.target().isEmpty() || figure.value() <= 0) {
        continue;
      }
      if (!figure.group().equals(group)) {
        group = figure.group();
        y += 30;
        bars.append(text(10, y, "start", "bold", group));
        y += 12;
      }
      double target = figure.target().getAsDouble();
      double part = figure.atLeast() ? target / figure.value() : figure.value() / target;
      bars.append(text(10, y + 16, "start", "normal", figure.words()));
      y = bar(bars, y + 22, figure.shown(), part, figure.missed() ? "#c23b3b" : "#2563c9");
    }
    return picture(bars, y + 10);
  }

  private static int bar(StringBuilder bars, int y, String name, double value, String colour) {
    long width = Math.round(Math.min(1.15, value) * SCALE);
    bars.append(text(LEFT - 10, y + 16, "end", "normal", name))
        .append("<rect x=\"" + LEFT + "\" y=\"" + y + "\" width=\"" + width)
        .append("\" height=\"" + BAR + "\" rx=\"2\" fill=\"" + colour + "\"/>\n")
        .append(
            text(
                LEFT + (int) width + 8,
                y + 16,
                "start",
                "normal",
                String.format(Locale.ROOT, "%.2f", value)));
    return y + STEP;
  }

  private static String text(int x, int y, String anchor, String weight, String words) {
    return "<text x=\""
        + x
        + "\" y=\""
        + y
        + "\" text-anchor=\""
        + anchor
        + "\" font-weight=\""
        + weight
        + "\" fill=\"#1c2733\">"
        + words.replace("&", "&amp;").replace("<", "&lt;")
        + "</text>\n";
  }
}
