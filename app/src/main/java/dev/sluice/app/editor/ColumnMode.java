package dev.sluice.app.editor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import javafx.geometry.Point2D;
import javafx.scene.control.IndexRange;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.fxmisc.richtext.CaretNode;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.MultiChangeBuilder;
import org.fxmisc.richtext.SelectionImpl;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.fxmisc.richtext.model.TwoDimensional.Position;

/// A rectangle over lines, with a caret in each: what is typed, deleted or pasted happens in all of
/// them, and is undone in one step. A line that ends before the rectangle stays as it is. Any other
/// movement of the caret, or Esc, ends it.
final class ColumnMode {

  /// Carets on more lines are slow to draw.
  static final int MOST_LINES = 500;

  private final CodeArea area;
  private final List<SelectionImpl<Collection<String>, String, Collection<String>>> selections =
      new ArrayList<>();
  private final List<CaretNode> carets = new ArrayList<>();
  private boolean active;
  private boolean dragging;
  private int anchorLine;
  private int anchorColumn;
  private int line;
  private int column;
  private long named;

  ColumnMode(CodeArea area) {
    this.area = area;
    area.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    area.addEventFilter(KeyEvent.KEY_TYPED, this::typed);
    area.addEventFilter(MouseEvent.MOUSE_PRESSED, this::mousePressed);
    area.addEventFilter(MouseEvent.MOUSE_DRAGGED, this::mouseDragged);
    area.addEventFilter(MouseEvent.MOUSE_RELEASED, event -> dragging = false);
  }

  boolean isActive() {
    return active;
  }

  /// Takes the rectangle further; begins one at the caret when there is none.
  void extend(int lines, int columns) {
    if (!active) {
      begin(area.getCurrentParagraph(), area.getCaretColumn());
    }
    int last = area.getParagraphs().size() - 1;
    int nearest = Math.max(0, anchorLine - MOST_LINES + 1);
    int farthest = Math.min(last, anchorLine + MOST_LINES - 1);
    to(Math.clamp(line + lines, nearest, farthest), Math.max(0, column + columns));
  }

  /// Ends it; the text stays.
  void leave() {
    active = false;
    clear();
  }

  private void begin(int atLine, int atColumn) {
    active = true;
    anchorLine = atLine;
    anchorColumn = atColumn;
    line = atLine;
    column = atColumn;
  }

  private void to(int toLine, int toColumn) {
    int longest = 0;
    line = toLine;
    for (int at = top(); at <= bottom(); at++) {
      longest = Math.max(longest, length(at));
    }
    column = Math.min(toColumn, longest);
    area.moveTo(line, Math.min(column, length(line)));
    area.requestFollowCaret();
    draw();
  }

  private int top() {
    return Math.min(anchorLine, line);
  }

  private int bottom() {
    return Math.min(Math.max(anchorLine, line), area.getParagraphs().size() - 1);
  }

  private int left() {
    return Math.min(anchorColumn, column);
  }

  private int right() {
    return Math.max(anchorColumn, column);
  }

  private int length(int at) {
    return area.getParagraphLength(at);
  }

  /// What of a line is in the rectangle, as offsets of the text; lines that end before are left
  /// out.
  private List<IndexRange> ranges() {
    List<IndexRange> ranges = new ArrayList<>();
    for (int at = top(); at <= bottom(); at++) {
      if (length(at) >= left()) {
        int start = area.getAbsolutePosition(at, 0);
        ranges.add(new IndexRange(start + left(), start + Math.min(right(), length(at))));
      }
    }
    return ranges;
  }

  private void draw() {
    clear();
    for (IndexRange range : ranges()) {
      String name = "column-" + ++named;
      if (range.getLength() > 0) {
        SelectionImpl<Collection<String>, String, Collection<String>> selection =
            new SelectionImpl<>(name, area, path -> path.getStyleClass().add("column-selection"));
        if (area.addSelection(selection)) {
          selection.selectRange(range.getStart(), range.getEnd());
          selections.add(selection);
        }
      }
      CaretNode caret =
          new CaretNode(name, area, column <= anchorColumn ? range.getStart() : range.getEnd());
      caret.getStyleClass().add("column-caret");
      if (area.addCaret(caret)) {
        carets.add(caret);
      }
    }
  }

  private void clear() {
    selections.forEach(
        selection -> {
          area.removeSelection(selection);
          selection.dispose();
        });
    selections.clear();
    carets.forEach(
        caret -> {
          area.removeCaret(caret);
          caret.dispose();
        });
    carets.clear();
  }

  /// Puts a text into each line of the rectangle, in place of what is there.
  private void replace(IntFunction<String> text) {
    List<IndexRange> ranges = ranges();
    change(ranges, text);
    int wide = ranges.isEmpty() ? 0 : text.apply(0).length();
    narrow(left() + wide);
  }

  private void change(List<IndexRange> ranges, IntFunction<String> text) {
    MultiChangeBuilder<Collection<String>, String, Collection<String>> change =
        area.createMultiChange(Math.max(1, ranges.size()));
    boolean any = false;
    for (int at = ranges.size() - 1; at >= 0; at--) {
      IndexRange range = ranges.get(at);
      String fresh = text.apply(at);
      if (range.getLength() > 0 || !fresh.isEmpty()) {
        change.replaceTextAbsolutely(range.getStart(), range.getEnd(), fresh);
        any = true;
      }
    }
    clear();
    if (any) {
      change.commit();
    }
  }

  /// The rectangle has no width any more: carets stand in one column.
  private void narrow(int at) {
    anchorColumn = at;
    to(line, at);
    anchorColumn = column;
  }

  private void delete(boolean backwards) {
    if (left() < right()) {
      replace(at -> "");
      return;
    }
    List<IndexRange> ranges =
        ranges().stream()
            .map(range -> beside(range.getStart(), backwards))
            .filter(range -> range.getLength() > 0)
            .toList();
    change(ranges, at -> "");
    narrow(backwards ? Math.max(0, left() - 1) : left());
  }

  private IndexRange beside(int offset, boolean backwards) {
    Position place = area.offsetToPosition(offset, Bias.Forward);
    boolean room = backwards ? place.getMinor() > 0 : place.getMinor() < length(place.getMajor());
    int other = room ? (backwards ? offset - 1 : offset + 1) : offset;
    return new IndexRange(Math.min(offset, other), Math.max(offset, other));
  }

  private void copy() {
    ClipboardContent content = new ClipboardContent();
    content.putString(
        String.join(
            "\n",
            ranges().stream()
                .map(range -> area.getText(range.getStart(), range.getEnd()))
                .toList()));
    Clipboard.getSystemClipboard().setContent(content);
  }

  /// One line of the clipboard for each line of the rectangle when there are as many; otherwise its
  /// only line into all of them.
  ///
  /// @return false when the text is neither
  boolean paste(String text) {
    List<String> lines = text.lines().toList();
    int count = ranges().size();
    if (lines.size() == count) {
      int longest = lines.stream().mapToInt(String::length).max().orElse(0);
      change(ranges(), lines::get);
      narrow(left() + longest);
      return true;
    }
    if (lines.size() == 1) {
      replace(at -> lines.getFirst());
      return true;
    }
    return false;
  }

  private void pressed(KeyEvent event) {
    if (!active || event.getCode().isModifierKey()) {
      return;
    }
    if (event.isShortcutDown()) {
      shortcut(event);
      return;
    }
    if (event.isAltDown()) {
      return;
    }
    switch (event.getCode()) {
      case ESCAPE -> {
        leave();
        event.consume();
      }
      case BACK_SPACE -> {
        delete(true);
        event.consume();
      }
      case DELETE -> {
        delete(false);
        event.consume();
      }
      case UP, DOWN, LEFT, RIGHT, HOME, END, PAGE_UP, PAGE_DOWN, ENTER, TAB -> leave();
      default -> {
        // What is typed follows as text.
      }
    }
  }

  private void shortcut(KeyEvent event) {
    if (event.getCode() == KeyCode.C || event.getCode() == KeyCode.X) {
      copy();
      if (event.getCode() == KeyCode.X) {
        replace(at -> "");
      }
      event.consume();
    } else if (event.getCode() == KeyCode.Z
        || event.getCode() == KeyCode.Y
        || event.getCode() == KeyCode.A) {
      leave();
    }
  }

  private void typed(KeyEvent event) {
    String text = event.getCharacter();
    boolean plain = !event.isShortcutDown() && !event.isAltDown() && !event.isMetaDown();
    if (active && plain && !text.isEmpty() && text.charAt(0) >= ' ' && text.charAt(0) != 0x7f) {
      replace(at -> text);
      event.consume();
    }
  }

  private void mousePressed(MouseEvent event) {
    if (event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    if (!event.isAltDown() || !event.isShiftDown()) {
      leave();
      return;
    }
    area.requestFocus();
    Position place = place(event);
    leave();
    begin(place.getMajor(), place.getMinor());
    dragging = true;
    to(line, column);
    event.consume();
  }

  private void mouseDragged(MouseEvent event) {
    if (dragging) {
      Position place = place(event);
      int nearest = Math.max(0, anchorLine - MOST_LINES + 1);
      to(Math.clamp(place.getMajor(), nearest, anchorLine + MOST_LINES - 1), place.getMinor());
      event.consume();
    }
  }

  private Position place(MouseEvent event) {
    Point2D at = area.sceneToLocal(event.getSceneX(), event.getSceneY());
    int offset = area.hit(at.getX(), at.getY()).getInsertionIndex();
    return area.offsetToPosition(offset, Bias.Forward);
  }
}
