package dev.sluice.cli.window;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Small sums over measurements.
final class Figures {

  private Figures() {}

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /// One line, one object.
  static String json(Map<String, Double> figures) {
    return figures.entrySet().stream()
        .map(
            figure -> String.format(Locale.ROOT, "\"%s\":%.1f", figure.getKey(), figure.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /// A line for each.
  static String table(Map<String, Double> figures) {
    int widest = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
    return figures.entrySet().stream()
        .map(
            figure ->
                String.format(
                    Locale.ROOT,
                    "%-" + (widest + 2) + "s%10.1f",
                    figure.getKey(),
                    figure.getValue()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  static double most(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }
}
