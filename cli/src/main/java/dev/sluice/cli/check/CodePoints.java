package dev.sluice.cli.check;

import dev.sluice.governance.sql.Span;

/// Turns UTF-16 offsets of a text into code points, in one pass for rising offsets.
final class CodePoints {

  private final String text;
  private int units;
  private int points;

  CodePoints(String text) {
    this.text = text;
  }

  /// The code points before a UTF-16 offset.
  int at(int offset) {
    int wanted = Math.min(offset, text.length());
    if (wanted < units) {
      units = 0;
      points = 0;
    }
    points += text.codePointCount(units, wanted);
    units = wanted;
    return points;
  }

  int[] of(Span span, int shift) {
    return new int[] {at(span.start() + shift), at(span.end() + shift)};
  }
}
