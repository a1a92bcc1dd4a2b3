package dev.sluice.app.editor;

import dev.sluice.governance.sql.Dialect;
import dev.sluice.governance.sql.Token;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javafx.animation.AnimationTimer;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.PlainTextChange;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.fxmisc.richtext.model.TwoDimensional;

/// Brings new colours to a code area by touching only what differs from what is shown: a key press
/// in a script of 5,000 lines restyles one word.
final class StylePainter {

  /// Units painted in one frame: about 200 lines.
  private static final int PIECE = 10_000;

  private static final int MOST_TYPED = 100;
  private static final int LONGEST_LINE = 4_000;
  private static final Set<String> LONG = Set.of("sql-string", "sql-comment", "sql-name");

  private final CodeArea area;
  private String paintedText = "";
  private List<StyledRange> painted = List.of();

  /// What was edited since the last painting: units untouched at the front and at the end.
  private int cleanPrefix = Integer.MAX_VALUE;

  private int cleanSuffix = Integer.MAX_VALUE;

  /// From here to `until` the colours are still to come; -1 when they are all there.
  private int unpainted = -1;

  private int until;
  private final AnimationTimer later =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          next();
        }
      };

  StylePainter(CodeArea area) {
    this.area = area;
    area.multiPlainChanges()
        .subscribe(
            changes -> {
              if (changes.size() == 1) {
                edited(changes.getFirst());
              } else {
                // Several places at once: each shifts the others.
                cleanPrefix = 0;
                cleanSuffix = 0;
              }
            });
  }

  private void edited(PlainTextChange change) {
    cleanPrefix = Math.min(cleanPrefix, change.getPosition());
    cleanSuffix = Math.min(cleanSuffix, area.getLength() - change.getInsertionEnd());
  }

  /// Colours what was just typed at once, reading its line alone; the whole script follows. Leaves
  /// it to that where the line may be the inside of something longer, such as a comment.
  ///
  /// @return whether it has its colours
  boolean paintTyped(PlainTextChange change, Dialect dialect) {
    boolean small =
        change.getInserted().length() <= MOST_TYPED
            && change.getRemoved().length() <= MOST_TYPED
            && change.getInserted().indexOf('\n') < 0
            && change.getRemoved().indexOf('\n') < 0;
    if (!small) {
      return false;
    }
    int line = area.offsetToPosition(change.getPosition(), TwoDimensional.Bias.Forward).getMajor();
    String text = area.getParagraph(line).getText();
    int start = area.getAbsolutePosition(line, 0);
    if (text.isEmpty() || text.length() > LONGEST_LINE || isInside(start)) {
      return false;
    }
    List<Token> tokens = Highlighter.tokens(text, dialect);
    int from = change.getPosition() - start - 1;
    int to = change.getInsertionEnd() - start + 1;
    List<StyledRange> touched =
        Highlighter.style(tokens, text.length(), List.of()).stream()
            .filter(range -> range.end() > from && range.start() < to)
            .toList();
    if (touched.isEmpty()) {
      return false;
    }
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    touched.forEach(range -> spans.add(range.styles(), range.length()));
    area.setStyleSpans(start + touched.getFirst().start(), spans.create());
    return true;
  }

  /// Whether a text, a comment or a quoted name of what was painted last goes on at this place.
  private boolean isInside(int place) {
    int low = 0;
    int high = painted.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      StyledRange range = painted.get(middle);
      if (range.end() <= place) {
        low = middle + 1;
      } else if (range.start() >= place) {
        high = middle - 1;
      } else {
        return range.styles().stream().anyMatch(LONG::contains);
      }
    }
    return false;
  }

  /// Paints `coloured`, which covers `text` without gaps. Does nothing when the area holds another
  /// text by now: newer colours are on their way.
  void paint(String text, List<StyledRange> coloured) {
    if (area.getLength() != text.length() || coloured.isEmpty()) {
      return;
    }
    List<StyledRange> ranges = LongLines.plain(text, coloured, LONGEST_LINE);
    int alike = alike(paintedText, text);
    int alikeEnd = alikeEnd(paintedText, text);
    int prefix = 0;
    int limit = Math.min(painted.size(), ranges.size());
    while (prefix < limit && same(painted.get(prefix), ranges.get(prefix), alike)) {
      prefix++;
    }
    int suffix = 0;
    int shift = text.length() - paintedText.length();
    while (suffix < limit - prefix
        && sameShifted(
            painted.get(painted.size() - 1 - suffix),
            ranges.get(ranges.size() - 1 - suffix),
            shift,
            text.length() - alikeEnd)) {
      suffix++;
    }
    int from = prefix < ranges.size() ? ranges.get(prefix).start() : text.length();
    int to = suffix > 0 ? ranges.get(ranges.size() - suffix).start() : text.length();
    if (cleanPrefix != Integer.MAX_VALUE) {
      from = Math.min(from, Math.max(0, cleanPrefix - 1));
      to = Math.max(to, Math.min(text.length(), text.length() - cleanSuffix + 1));
    }
    if (unpainted >= 0) {
      from = Math.min(from, unpainted);
      to = text.length();
    }
    paintedText = text;
    painted = ranges;
    cleanPrefix = Integer.MAX_VALUE;
    cleanSuffix = Integer.MAX_VALUE;
    begin(ranges, from, to);
  }

  /// A long stretch is painted in pieces, one with each frame, what is seen first: all of it at
  /// once would hold up the window.
  private void begin(List<StyledRange> ranges, int from, int to) {
    later.stop();
    unpainted = -1;
    if (to - from <= PIECE) {
      restyle(ranges, from, to);
      return;
    }
    int seen = area.getVisibleParagraphs().isEmpty() ? from : firstVisible();
    if (seen > from && seen < to) {
      restyle(ranges, seen, Math.min(to, seen + PIECE));
    }
    restyle(ranges, from, from + PIECE);
    unpainted = from + PIECE;
    until = to;
    later.start();
  }

  private int firstVisible() {
    int line = area.firstVisibleParToAllParIndex();
    return line >= 0 && line < area.getParagraphs().size() ? area.getAbsolutePosition(line, 0) : 0;
  }

  private void next() {
    boolean stale = cleanPrefix != Integer.MAX_VALUE || area.getLength() != paintedText.length();
    if (unpainted < 0 || stale) {
      // Newer colours are on their way; they begin where this stops.
      later.stop();
      unpainted = stale && unpainted >= 0 ? Math.min(unpainted, cleanPrefix) : unpainted;
      return;
    }
    int to = Math.min(until, unpainted + PIECE);
    restyle(painted, unpainted, to);
    unpainted = to < until ? to : -1;
    if (unpainted < 0) {
      later.stop();
    }
  }

  private void restyle(List<StyledRange> ranges, int from, int to) {
    if (to <= from) {
      return;
    }
    StyleSpansBuilder<Collection<String>> spans = new StyleSpansBuilder<>();
    for (int i = first(ranges, from); i < ranges.size() && ranges.get(i).start() < to; i++) {
      StyledRange range = ranges.get(i);
      int start = Math.max(range.start(), from);
      int end = Math.min(range.end(), to);
      if (end > start) {
        spans.add(range.styles(), end - start);
      }
    }
    area.setStyleSpans(from, spans.create());
  }

  /// Index of the first range that ends after a place.
  private static int first(List<StyledRange> ranges, int place) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).end() <= place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// How many units two texts have in common at the front.
  private static int alike(String before, String now) {
    int limit = Math.min(before.length(), now.length());
    int at = 0;
    while (at < limit && before.charAt(at) == now.charAt(at)) {
      at++;
    }
    return at;
  }

  /// How many units two texts have in common at the end.
  private static int alikeEnd(String before, String now) {
    int limit = Math.min(before.length(), now.length());
    int at = 0;
    while (at < limit
        && before.charAt(before.length() - 1 - at) == now.charAt(now.length() - 1 - at)) {
      at++;
    }
    return at;
  }

  private static boolean same(StyledRange before, StyledRange now, int alike) {
    return before.start() == now.start()
        && before.end() == now.end()
        && now.end() <= alike
        && sameStyles(before, now);
  }

  private static boolean sameShifted(StyledRange before, StyledRange now, int shift, int from) {
    return before.start() + shift == now.start()
        && before.end() + shift == now.end()
        && now.start() >= from
        && sameStyles(before, now);
  }

  private static boolean sameStyles(StyledRange before, StyledRange now) {
    return before.styles() == now.styles() || before.styles().equals(now.styles());
  }
}
