package dev.sluice.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/// One number.
///
/// @param group what it belongs to, for people
/// @param name stable, for programs
/// @param words what was measured, for people
/// @param unit of the value and the target; empty for a ratio
/// @param target what it should be
/// @param atLeast whether the target is a floor; else a ceiling
record Figure(
    String group,
    String name,
    String words,
    double value,
    String unit,
    OptionalDouble target,
    boolean atLeast) {

  static Figure of(String group, String name, String words, double value, String unit) {
    return new Figure(group, name, words, value, unit, OptionalDouble.empty(), false);
  }

  Figure atMost(double ceiling) {
    return new Figure(group, name, words, value, unit, OptionalDouble.of(ceiling), false);
  }

  Figure atLeast(double floor) {
    return new Figure(group, name, words, value, unit, OptionalDouble.of(floor), true);
  }

  boolean missed() {
    return target.isPresent()
        && (atLeast ? value < target.getAsDouble() : value > target.getAsDouble());
  }

  String shown() {
    return number(value) + (unit.isEmpty() ? "" : " " + unit);
  }

  String shownTarget() {
    return target.isEmpty()
        ? ""
        : (atLeast ? "at least " : "at most ")
            + number(target.getAsDouble())
            + (unit.isEmpty() ? "" : " " + unit);
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return String.format(
        Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : "%.3g", value);
  }
}
