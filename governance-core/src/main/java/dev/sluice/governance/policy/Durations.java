package dev.sluice.governance.policy;

import java.time.Duration;

/// Durations as policies write them: `90s`, `30m`, `8h`, `2d`.
final class Durations {

  private Durations() {}

  /// @param text already known to be a number and one unit
  static Duration parse(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(number);
      case 'm' -> Duration.ofMinutes(number);
      case 'h' -> Duration.ofHours(number);
      case 'd' -> Duration.ofDays(number);
      default -> throw new IllegalArgumentException("Not a duration: " + text);
    };
  }

  /// For people: `8 hours`, `90 minutes`.
  static String inWords(Duration duration) {
    if (duration.toSeconds() % 86_400 == 0) {
      return counted(duration.toDays(), "day");
    }
    if (duration.toSeconds() % 3_600 == 0) {
      return counted(duration.toHours(), "hour");
    }
    return duration.toSeconds() % 60 == 0
        ? counted(duration.toMinutes(), "minute")
        : counted(duration.toSeconds(), "second");
  }

  private static String counted(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
