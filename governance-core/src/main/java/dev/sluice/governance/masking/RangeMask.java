package dev.sluice.governance.masking;

import java.util.ArrayList;
import java.util.List;

/// Shows the code points at given positions, counted from 1 with both ends included; each other
/// becomes `*`. When that would show more than half, the whole text is redacted.
///
/// ```example
/// {algorithm: range, show: 1-3}
/// AB-4711-XY -> "AB-*******"
/// AB-47 -> "[redacted]"
/// ```
/// ```example
/// {algorithm: range, show: [1-2, 9-10]}
/// AB-4711-XYZZ -> "AB******XY**"
/// ```
final class RangeMask extends TextMask {

  private record Positions(int from, int to) {}

  private final List<Positions> shown;

  /// @throws IllegalArgumentException when a range is not of the form `FROM-TO`
  RangeMask(List<String> ranges) {
    List<Positions> positions = new ArrayList<>();
    for (String range : ranges) {
      String[] ends = range.strip().split("-", -1);
      if (ends.length != 2 || !isPosition(ends[0]) || !isPosition(ends[1])) {
        throw notARange(range);
      }
      int from = Integer.parseInt(ends[0].strip());
      int to = Integer.parseInt(ends[1].strip());
      if (from < 1 || to < from) {
        throw notARange(range);
      }
      positions.add(new Positions(from, to));
    }
    this.shown = List.copyOf(positions);
  }

  @Override
  String maskText(String text) {
    int[] codePoints = text.codePoints().toArray();
    StringBuilder masked = new StringBuilder(text.length());
    int kept = 0;
    for (int i = 0; i < codePoints.length; i++) {
      int position = i + 1;
      if (shown.stream().anyMatch(p -> position >= p.from() && position <= p.to())) {
        masked.appendCodePoint(codePoints[i]);
        kept++;
      } else {
        masked.append('*');
      }
    }
    return codePoints.length == 0 || showsMoreThanHalf(kept, codePoints.length)
        ? TypedRedaction.TOKEN
        : masked.toString();
  }

  private static boolean isPosition(String text) {
    String digits = text.strip();
    return !digits.isEmpty()
        && digits.length() <= 6
        && digits.chars().allMatch(TextMask::isAsciiDigit);
  }

  private static IllegalArgumentException notARange(String range) {
    return new IllegalArgumentException(
        "\"show\" takes ranges such as 1-3, counted from 1, not \"" + range + "\".");
  }
}
