package dev.sluice.app.editor;

import java.util.ArrayList;
import java.util.List;

/// Lines that are too long to be coloured: each colour is a piece of its own to the window, and all
/// pieces of one line are laid out together. A statement of 20,000 characters in one line held the
/// window for seconds; without colours it does not.
final class LongLines {

  private LongLines() {}

  /// The ranges, with one plain range for each line of more than `longest` units.
  ///
  /// @param ranges cover the text without gaps
  static List<StyledRange> plain(String text, List<StyledRange> ranges, int longest) {
    List<StyledRange> longLines = longLines(text, longest);
    if (longLines.isEmpty()) {
      return ranges;
    }
    List<StyledRange> result = new ArrayList<>();
    int line = 0;
    for (StyledRange range : ranges) {
      int from = range.start();
      while (from < range.end()) {
        while (line < longLines.size() && longLines.get(line).end() <= from) {
          line++;
        }
        if (line == longLines.size() || longLines.get(line).start() >= range.end()) {
          result.add(new StyledRange(from, range.end(), range.styles()));
          from = range.end();
        } else if (longLines.get(line).start() > from) {
          result.add(new StyledRange(from, longLines.get(line).start(), range.styles()));
          from = longLines.get(line).start();
        } else {
          StyledRange plain = longLines.get(line);
          if (from == plain.start()) {
            result.add(plain);
          }
          from = Math.min(range.end(), plain.end());
        }
      }
    }
    return result;
  }

  private static List<StyledRange> longLines(String text, int longest) {
    List<StyledRange> found = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      if (end - start > longest) {
        found.add(new StyledRange(start, end, List.of()));
      }
      start = end + 1;
    }
    return found;
  }
}
