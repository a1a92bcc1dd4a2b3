package dev.sluice.cli.attack;

import java.util.Locale;

/// A survey as bars: of the cases of each engine and ring, the part that came through.
final class AttackPlot {

  private static final int LEFT = 190;
  private static final int SCALE = 430;
  private static final int BAR = 20;
  private static final int STEP = 28;

  private AttackPlot() {}

  static String svg(AttackSurvey survey) {
    StringBuilder bars = new StringBuilder();
    int y = 16;
    String engine = "";
    for (AttackSurvey.Row row : survey.rows()) {
      if (!row.engine().id().equals(engine)) {
        engine = row.engine().id();
        y += 12;
      }
      AttackScore score = row.score();
      long cases = score.tried().size();
      long through = score.cameThrough();
      long red = cases == 0 ? 0 : Math.round((double) through * SCALE / cases);
      bars.append(text(LEFT - 10, y + 15, "end", engine + ", " + words(row.ring())))
          .append(bar(LEFT, y, SCALE, "#dce6f5"))
          .append(bar(LEFT, y, red, "#c23b3b"))
          .append(text(LEFT + SCALE + 10, y + 15, "start", through + " of " + cases));
      y += STEP;
    }
    int height = y + 12;
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"740\" height=\"%d\" viewBox=\"0 0 740"
            + " %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
            + "<rect width=\"740\" height=\"%d\" fill=\"#ffffff\"/>%n%s</svg>%n",
        height,
        height,
        height,
        bars);
  }

  private static String words(String ring) {
    return ring.equals("none") ? "no ring" : "ring " + ring;
  }

  private static String bar(int x, int y, long width, String colour) {
    return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\" fill=\"%s\"/>\n"
        .formatted(x, y, width, BAR, colour);
  }

  private static String text(int x, int y, String anchor, String words) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#1f2933\">%s</text>\n"
        .formatted(x, y, anchor, words);
  }
}
