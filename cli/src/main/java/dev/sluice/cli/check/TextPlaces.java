package dev.sluice.cli.check;

import dev.sluice.governance.sql.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Lines and columns of a text, and excerpts with a place underlined.
final class TextPlaces {

  private static final int MOST_LINES = 12;

  private final String text;

  /// Where each line begins. A file of many statements asks for many places.
  private final int[] starts;

  TextPlaces(String text) {
    this.text = text;
    this.starts =
        IntStream.concat(
                IntStream.of(0),
                IntStream.range(0, text.length())
                    .filter(index -> text.charAt(index) == '\n')
                    .map(index -> index + 1))
            .toArray();
  }

  /// Whether these are the places of this very text.
  boolean isOf(String other) {
    return text.equals(other);
  }

  /// `line:column`, both from 1, columns in code points.
  String place(int offset) {
    int end = Math.min(offset, text.length());
    int found = Arrays.binarySearch(starts, end);
    int line = found >= 0 ? found : -found - 2;
    return line + 1 + ":" + (text.codePointCount(starts[line], end) + 1);
  }

  /// The lines of a statement, each cut to a width, with carets under the place.
  List<String> excerpt(Span statement, Optional<Span> place, int widest) {
    List<String> lines = new ArrayList<>();
    int start = statement.start();
    while (start <= statement.end() && lines.size() < MOST_LINES) {
      int end = text.indexOf('\n', start);
      end = end < 0 || end > statement.end() ? statement.end() : end;
      String line = printable(text.substring(start, end));
      lines.add(line.length() > widest ? line.substring(0, widest - 1) + "…" : line);
      int lineStart = start;
      int lineEnd = end;
      place.flatMap(span -> carets(span, lineStart, lineEnd, widest)).ifPresent(lines::add);
      start = end + 1;
    }
    if (start <= statement.end()) {
      lines.add("…");
    }
    return lines;
  }

  private static Optional<String> carets(Span place, int start, int end, int widest) {
    int from = Math.max(place.start(), start);
    int to = Math.min(Math.max(place.end(), place.start() + 1), Math.max(end, start + 1));
    if (from >= to || from - start >= widest) {
      return Optional.empty();
    }
    int count = Math.min(to - from, widest - (from - start));
    return Optional.of(" ".repeat(from - start) + "^".repeat(count));
  }

  /// Control and direction characters would lie to the reader.
  private static String printable(String line) {
    StringBuilder shown = new StringBuilder(line.length());
    for (int index = 0; index < line.length(); index++) {
      char unit = line.charAt(index);
      int type = Character.getType(unit);
      boolean odd = type == Character.CONTROL || type == Character.FORMAT;
      shown.append(unit == '\t' ? ' ' : odd ? '\uFFFD' : unit);
    }
    return shown.toString();
  }
}
