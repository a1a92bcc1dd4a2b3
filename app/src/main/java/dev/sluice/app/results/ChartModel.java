package dev.sluice.app.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What a chart shows of a result: points of one series. Masked columns give no numbers, for those
/// would be made up; they may name groups as they are shown.
///
/// @param points in the order they are drawn
/// @param dropped how many rows had no number
/// @param thinned how many points were left out to stay readable
record ChartModel(
    Kind kind, String across, String up, List<Point> points, int dropped, int thinned) {

  /// More points than this are thinned out evenly, keeping each stretch's extremes.
  static final int MOST_POINTS = 2_000;

  private static final int MOST_BARS = 60;
  private static final int BINS = 24;
  private static final int LOOKED_AT = 1_000_000;

  enum Kind {
    BAR,
    LINE,
    SCATTER,
    HISTOGRAM
  }

  /// @param label across, as shown
  /// @param x across, as a number
  record Point(String label, double x, double y) {}

  ChartModel {
    points = List.copyOf(points);
  }

  /// Columns that a chart can measure.
  static List<Integer> numericColumns(GridModel model) {
    List<Integer> found = new ArrayList<>();
    for (int column = 0; column < model.width(); column++) {
      if (!model.masked(column) && model.isNumeric(column)) {
        found.add(column);
      }
    }
    return found;
  }

  /// The first column that is no number, to name the bars.
  static OptionalInt labelColumn(GridModel model) {
    for (int column = 0; column < model.width(); column++) {
      if (!model.isNumeric(column)) {
        return OptionalInt.of(column);
      }
    }
    return OptionalInt.empty();
  }

  /// Takes as long as the result is large: call it off the FX thread.
  ///
  /// @param across shown column, -1 for the row number
  /// @param up shown column of numbers
  static ChartModel of(GridModel model, Kind kind, int across, int up) {
    String acrossName = across < 0 ? "#" : model.column(across).label();
    String upName = model.column(up).label();
    List<Point> points = new ArrayList<>();
    int dropped = 0;
    int rows = Math.min(model.rows(), LOOKED_AT);
    for (int row = 0; row < rows; row++) {
      OptionalDouble y = number(model, row, up);
      if (y.isEmpty()) {
        dropped++;
        continue;
      }
      String label = across < 0 ? String.valueOf(row + 1) : shown(model, row, across);
      OptionalDouble x =
          across >= 0 && !model.masked(across)
              ? number(model, row, across)
              : OptionalDouble.empty();
      points.add(new Point(label, x.orElse(row + 1.0), y.getAsDouble()));
    }
    return switch (kind) {
      case HISTOGRAM -> histogram(upName, points, dropped);
      case BAR -> bars(acrossName, upName, points, dropped);
      case LINE, SCATTER -> thinned(kind, acrossName, upName, points, dropped);
    };
  }

  private static String shown(GridModel model, int row, int column) {
    return model.isNull(row, column) ? "NULL" : model.preview(row, column, 120);
  }

  private static OptionalDouble number(GridModel model, int row, int column) {
    if (model.isNull(row, column)) {
      return OptionalDouble.empty();
    }
    try {
      double value = Double.parseDouble(model.preview(row, column, 60));
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /// Bars of one name are summed; the largest are kept.
  private static ChartModel bars(String across, String up, List<Point> points, int dropped) {
    Map<String, Double> sums = new LinkedHashMap<>();
    points.forEach(point -> sums.merge(point.label(), point.y(), Double::sum));
    List<Point> bars = new ArrayList<>();
    sums.forEach((label, sum) -> bars.add(new Point(label, bars.size(), sum)));
    int left = Math.max(0, bars.size() - MOST_BARS);
    if (left > 0) {
      bars.sort((one, other) -> Double.compare(Math.abs(other.y()), Math.abs(one.y())));
    }
    return new ChartModel(
        Kind.BAR, across, up, bars.subList(0, Math.min(MOST_BARS, bars.size())), dropped, left);
  }

  private static ChartModel histogram(String up, List<Point> points, int dropped) {
    double least = points.stream().mapToDouble(Point::y).min().orElse(0);
    double most = points.stream().mapToDouble(Point::y).max().orElse(0);
    double width = (most - least) / BINS;
    if (width <= 0) {
      width = 1;
    }
    long[] counts = new long[BINS];
    for (Point point : points) {
      counts[(int) Math.min(BINS - 1, (point.y() - least) / width)]++;
    }
    List<Point> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      double from = least + bin * width;
      bins.add(new Point(String.format(Locale.ROOT, "%.4g", from), from, counts[bin]));
    }
    return new ChartModel(Kind.HISTOGRAM, up, "n", bins, dropped, 0);
  }

  private static ChartModel thinned(
      Kind kind, String across, String up, List<Point> points, int dropped) {
    if (points.size() <= MOST_POINTS) {
      return new ChartModel(kind, across, up, points, dropped, 0);
    }
    int stretches = MOST_POINTS / 2;
    List<Point> kept = new ArrayList<>();
    for (int stretch = 0; stretch < stretches; stretch++) {
      int from = (int) ((long) points.size() * stretch / stretches);
      int to = (int) ((long) points.size() * (stretch + 1) / stretches);
      int low = from;
      int high = from;
      for (int at = from; at < to; at++) {
        low = points.get(at).y() < points.get(low).y() ? at : low;
        high = points.get(at).y() > points.get(high).y() ? at : high;
      }
      kept.add(points.get(Math.min(low, high)));
      if (low != high) {
        kept.add(points.get(Math.max(low, high)));
      }
    }
    return new ChartModel(kind, across, up, kept, dropped, points.size() - kept.size());
  }
}
