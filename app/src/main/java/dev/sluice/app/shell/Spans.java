package dev.sluice.app.shell;

import dev.sluice.app.fx.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/// Lengths and points of time as people read them.
public final class Spans {

  private Spans() {}

  /// How long ago: `now`, `12 s`, `4 min`, `3 h`, `2 d`.
  public static String age(Duration age, Messages messages) {
    return age.toSeconds() < 3 ? messages.text("span.now") : length(age, messages);
  }

  /// How long still; never less than a second.
  public static String until(Duration left, Messages messages) {
    return length(left.toSeconds() < 1 ? Duration.ofSeconds(1) : left, messages);
  }

  private static String length(Duration span, Messages messages) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 90) {
      return messages.text("span.seconds", seconds);
    }
    if (seconds < 90 * 60) {
      return messages.text("span.minutes", (seconds + 30) / 60);
    }
    return seconds < 48 * 3600
        ? messages.text("span.hours", (seconds + 1800) / 3600)
        : messages.text("span.days", (seconds + 43_200) / 86_400);
  }

  /// Whether that is a time of today, here.
  static boolean today(Instant at) {
    ZoneId zone = ZoneId.systemDefault();
    return at.atZone(zone).toLocalDate().equals(LocalDate.now(zone));
  }

  /// A clock time of today with seconds, otherwise date and time.
  public static String clock(Instant at, Messages messages) {
    var local = at.atZone(ZoneId.systemDefault());
    return (today(at)
            ? DateTimeFormatter.ofPattern("HH:mm:ss", messages.locale())
            : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT)
                .withLocale(messages.locale()))
        .format(local);
  }
}
