package dev.sluice.app.editor;

import java.util.Collection;
import java.util.List;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.StyleSpansBuilder;

/// Brings new colours to a code area by touching only what differs from what is shown: a key press
/// in a script of 5,000 lines restyles one word.
final class StylePainter {

  private final CodeArea area;
  private String paintedText = "";
  private List<StyledRange> painted = List.of();

  /// What was edited since the last painting: units untouched at the front and at the end.
  private int cleanPrefix = Integer.MAX_VALUE;

  private int cleanSuffix = Integer.MAX_VALUE;

  StylePainter(CodeArea area) {
    this.area = area;
    area.plainTextChanges().subscribe(this::edited);
  }

  private void edited(PlainTextChange change) {
    cleanPrefix = Math.min(cleanPrefix, change.getPosition());
    cleanSuffix = Math.min(cleanSuffix, area.getLength() - change.getInsertionEnd());
  }

  /// Paints `ranges`, which cover `text` without gaps. Does nothing when the area holds another
  /// text by now: newer colours are on their way.
  void paint(String text, List<StyledRange> ranges) {
    if (area.getLength() != text.length() || ranges.isEmpty()) {
      return;
    }
    int prefix = 0;
    int limit = Math.min(painted.size(), ranges.size());
    while (prefix < limit && same(painted.get(prefix), ranges.get(prefix), text)) {
      prefix++;
    }
    int suffix = 0;
    int shift = text.length() - paintedText.length();
    while (suffix < limit - prefix
        && sameShifted(
            painted.get(painted.size() - 1 - suffix),
            ranges.get(ranges.size() - 1 - suffix),
            shift,
            text)) {
      suffix++;
    }
    int from = prefix < ranges.size() ? ranges.get(prefix).start() : text.length();
    int to = suffix > 0 ? ranges.get(ranges.size() - suffix).start() : text.length();
    if (cleanPrefix != Integer.MAX_VALUE) {
      from = Math.min(from, Math.max(0, cleanPrefix - 1));
      to = Math.max(to, Math.min(text.length(), text.length() - cleanSuffix + 1));
    }
    restyle(ranges, from, to);
    paintedText = text;
    painted = ranges;
    cleanPrefix = Integer.MAX_VALUE;
    cleanSuffix = Integer.MAX_VALUE;
  }

  private void restyle(List<StyledRange> ranges, int from, int to) {
    if (to <= from) {
      return;
    }
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    for (StyledRange range : ranges) {
      int start = Math.max(range.start(), from);
      int end = Math.min(range.end(), to);
      if (end > start) {
        spans.add(range.styles(), end - start);
      }
    }
    area.setStyleSpans(from, spans.create());
  }

  private boolean same(StyledRange before, StyledRange now, String text) {
    return before.equals(now)
        && paintedText.regionMatches(before.start(), text, now.start(), now.length());
  }

  private boolean sameShifted(StyledRange before, StyledRange now, int shift, String text) {
    return before.start() + shift == now.start()
        && before.end() + shift == now.end()
        && before.styles().equals(now.styles())
        && paintedText.regionMatches(before.start(), text, now.start(), now.length());
  }
}
