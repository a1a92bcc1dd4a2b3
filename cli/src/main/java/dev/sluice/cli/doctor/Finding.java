package dev.sluice.cli.doctor;

/// One thing that was looked at.
///
/// @param level how it stands
/// @param subject what was looked at, in two or three words
/// @param text what was found
/// @param wayOut what to do, empty when all is well
public record Finding(Level level, String subject, String text, String wayOut) {

  /// In the order of weight.
  public enum Level {
    GOOD,
    NOTE,
    WRONG
  }

  static Finding good(String subject, String text) {
    return new Finding(Level.GOOD, subject, text, "");
  }

  static Finding note(String subject, String text, String wayOut) {
    return new Finding(Level.NOTE, subject, text, wayOut);
  }

  static Finding wrong(String subject, String text, String wayOut) {
    return new Finding(Level.WRONG, subject, text, wayOut);
  }
}
