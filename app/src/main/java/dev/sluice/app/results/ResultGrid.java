package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Fonts;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.FontPosture;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.feather.FeatherIkonHandler;

/// A grid that draws only what is visible: a million rows or five thousand columns cost what one
/// screenful costs.
final class ResultGrid extends Region {

  static final double HEADER_HEIGHT = 44;
  static final double ROW_HEIGHT = 26;
  private static final double PADDING = 10;
  private static final double RESIZE_ZONE = 4;
  private static final double MASK_ZONE = 30;
  private static final int MEASURED_ROWS = 200;
  private static final int PREVIEW_BYTES = 1200;

  private final Messages messages;
  private final Canvas canvas = new Canvas();
  private final ScrollBar vertical = new ScrollBar();
  private final ScrollBar horizontal = new ScrollBar();
  private final GridPalette palette;
  private final GridColumns columns = new GridColumns();
  private final Tooltip tooltip = Ui.tooltip("");
  private final Font cellFont = Font.font(Fonts.CODE, 12.5);
  private final Font nullFont = Font.font(Fonts.CODE, FontPosture.ITALIC, 11.5);
  private final Font nameFont = Font.font(Fonts.TEXT, FontWeight.SEMI_BOLD, 12.5);
  private final Font typeFont = Font.font(Fonts.TEXT, 11);
  private final Font iconFont;
  private final String maskGlyph;
  private final String filterGlyph = Character.toString(Feather.FILTER.getCode());
  private final double charWidth;
  private GridModel model = GridModel.empty();
  private GridSelection selection = GridSelection.NONE;
  private int rowCount;
  private boolean measured;
  private int resizing = -1;
  private boolean drawPending;
  private Consumer<GridSelection> onSelection = now -> {};
  private Consumer<Integer> onMaskedHeader = column -> {};
  private Consumer<Integer> onSort = column -> {};
  private Runnable onOpenValue = () -> {};
  private ColumnMenu onColumnMenu = (column, x, y) -> {};
  private BiConsumer<Integer, Integer> onMoveColumn = (from, to) -> {};
  private double[] widthByOrdinal = {};
  private int pressedHeader = -1;
  private double pressedX;
  private int dropAt = -1;
  private final CellEditor editor = new CellEditor();
  private CellCommit onCommit = (row, column, value) -> {};

  /// Takes what was typed into a cell of a shown row and column.
  interface CellCommit {
    void accept(int row, int column, String value);
  }

  /// Asked for the menu of a shown column at a place on the screen.
  interface ColumnMenu {
    void open(int column, double screenX, double screenY);
  }

  ResultGrid(Messages messages) {
    this.messages = messages;
    setId(ControlIds.RESULT_GRID);
    getStyleClass().add("result-grid");
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.TABLE_VIEW);
    Ikon glyph = Feather.EYE_OFF;
    maskGlyph = Character.toString(glyph.getCode());
    iconFont = Font.font(new FeatherIkonHandler().getFontFamily(), 13);
    Text sample = new Text("0".repeat(100));
    sample.setFont(cellFont);
    charWidth = sample.getLayoutBounds().getWidth() / 100;
    palette = new GridPalette(this::draw);
    vertical.setOrientation(Orientation.VERTICAL);
    horizontal.setOrientation(Orientation.HORIZONTAL);
    getChildren().addAll(palette, canvas, vertical, horizontal, editor);
    vertical.valueProperty().addListener((observed, before, now) -> scrolled());
    horizontal.valueProperty().addListener((observed, before, now) -> scrolled());
    focusedProperty().addListener((observed, before, now) -> draw());
    canvas.setOnMousePressed(this::pressed);
    canvas.setOnMouseDragged(this::dragged);
    canvas.setOnMouseReleased(event -> released());
    canvas.setOnMouseMoved(this::hover);
    Tooltip.install(canvas, tooltip);
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    addEventHandler(KeyEvent.KEY_TYPED, this::typed);
    setMinSize(0, 0);
  }

  /// Called when a value was typed into a cell, while changes are staged.
  void onCommit(CellCommit listener) {
    onCommit = listener;
  }

  private void scrolled() {
    editor.commit();
    draw();
  }

  /// Lets the person type into the selected cell.
  ///
  /// @param start what the field holds first
  private void edit(String start) {
    int row = selection.row();
    int column = selection.column();
    if (model.edits().isEmpty() || selection.isEmpty() || row >= rowCount) {
      return;
    }
    follow(row, column);
    double top = HEADER_HEIGHT + row * ROW_HEIGHT - Math.floor(vertical.getValue());
    editor.open(
        left(column),
        top,
        Math.max(140, columns.width(column)),
        ROW_HEIGHT,
        start,
        messages.text("grid.cell", messages.number(row + 1L), model.column(column).label(), ""),
        value -> onCommit.accept(row, column, value),
        this::requestFocus);
  }

  private void editSelected() {
    edit(
        model.isNull(selection.row(), selection.column())
                || model.masked(selection.row(), selection.column())
            ? ""
            : model.text(selection.row(), selection.column()));
  }

  private void typed(KeyEvent event) {
    String typed = event.getCharacter();
    boolean plain = !event.isShortcutDown() && !event.isAltDown() && !event.isMetaDown();
    if (event.getTarget() == this
        && plain
        && model.edits().isPresent()
        && !typed.isEmpty()
        && typed.charAt(0) >= ' '
        && typed.charAt(0) != 0x7f) {
      edit(typed);
      event.consume();
    }
  }

  void onSelection(Consumer<GridSelection> listener) {
    onSelection = listener;
  }

  /// Called with the ordinal when the mask glyph in a header is pressed.
  void onMaskedHeader(Consumer<Integer> listener) {
    onMaskedHeader = listener;
  }

  /// Called with the ordinal when a header is pressed to sort by it.
  void onSort(Consumer<Integer> listener) {
    onSort = listener;
  }

  /// Called when what can be done with a column is asked for.
  void onColumnMenu(ColumnMenu listener) {
    onColumnMenu = listener;
  }

  /// Called when a column was dragged to another place.
  void onMoveColumn(BiConsumer<Integer, Integer> listener) {
    onMoveColumn = listener;
  }

  /// Selects a cell and scrolls to it.
  void reveal(int row, int column) {
    move(row, column, false);
  }

  /// Called when the selected value is to be seen in full.
  void onOpenValue(Runnable listener) {
    onOpenValue = listener;
  }

  /// Another result, or the same one arranged anew, from its top.
  void show(GridModel next) {
    editor.cancel();
    boolean same = next.store() == model.store();
    boolean sameRows = same && next.order() == model.order();
    model = next;
    if (same) {
      selection = GridSelection.NONE;
      widths();
      if (!sameRows) {
        vertical.setValue(0);
      }
      rowsChanged();
      return;
    }
    rowCount = 0;
    measured = false;
    selection = GridSelection.NONE;
    vertical.setValue(0);
    horizontal.setValue(0);
    measure();
    rowsChanged();
  }

  /// More rows have arrived.
  void rowsChanged() {
    rowCount = model.rows();
    if (!measured && rowCount > 0) {
      measure();
      measured = true;
    }
    setAccessibleText(
        messages.text("grid.name", messages.number(rowCount), messages.number(model.width())));
    requestLayout();
    draw();
  }

  GridModel model() {
    return model;
  }

  boolean shows(GridModel shown) {
    return shown == model;
  }

  GridSelection selection() {
    return selection;
  }

  void selectAll() {
    if (rowCount > 0 && model.width() > 0) {
      select(new GridSelection(0, 0, rowCount - 1, model.width() - 1), false);
    }
  }

  private void measure() {
    int count = model.width();
    double[] widths = new double[count];
    widthByOrdinal = new double[model.all().size()];
    int sampled = Math.min(rowCount, count > 200 ? 5 : MEASURED_ROWS);
    for (int column = 0; column < count; column++) {
      ResultColumn head = model.column(column);
      int longest = Math.max(head.label().length() + 1, head.typeName().length());
      double glyph = head.mask().isPresent() ? 20 : 0;
      double wide = longest * 7.4 + glyph;
      int longestValue = 4;
      for (int row = 0; row < sampled; row++) {
        longestValue = Math.max(longestValue, shownLength(row, column));
      }
      wide = Math.max(wide, longestValue * charWidth);
      widths[column] = Math.clamp(wide + 2 * PADDING + 3, 64, GridColumns.WIDEST_AT_FIRST);
      widthByOrdinal[model.ordinal(column)] = widths[column];
    }
    columns.widths(widths);
  }

  private int shownLength(int row, int column) {
    int length = model.preview(row, column, 200).length();
    return length == 0 && !model.isNull(row, column)
        ? messages.text("grid.empty").length()
        : length;
  }

  @Override
  protected void layoutChildren() {
    double width = getWidth();
    double height = getHeight();
    double bar = 12;
    double totalWidth = gutter() + columns.total();
    double totalHeight = rowCount * ROW_HEIGHT;
    boolean needVertical = totalHeight > height - HEADER_HEIGHT;
    boolean needHorizontal = totalWidth > width - (needVertical ? bar : 0);
    double viewWidth = width - (needVertical ? bar : 0);
    double viewHeight = height - (needHorizontal ? bar : 0);
    needVertical = totalHeight > viewHeight - HEADER_HEIGHT;
    vertical.setVisible(needVertical);
    horizontal.setVisible(needHorizontal);
    vertical.resizeRelocate(
        width - bar, HEADER_HEIGHT, bar, Math.max(0, viewHeight - HEADER_HEIGHT));
    horizontal.resizeRelocate(0, height - bar, viewWidth, bar);
    range(vertical, totalHeight, viewHeight - HEADER_HEIGHT, ROW_HEIGHT);
    range(horizontal, totalWidth, viewWidth, 60);
    canvas.setWidth(Math.max(0, viewWidth));
    canvas.setHeight(Math.max(0, viewHeight));
    paint();
  }

  private static void range(ScrollBar bar, double total, double visible, double unit) {
    double most = Math.max(0, total - visible);
    bar.setMin(0);
    bar.setMax(most);
    // A thumb that can still be seen and held among five thousand columns.
    bar.setVisibleAmount(total <= 0 ? 1 : most * Math.clamp(visible / total, 0.04, 1));
    bar.setUnitIncrement(unit);
    bar.setBlockIncrement(Math.max(unit, visible - unit));
    if (bar.getValue() > most) {
      bar.setValue(most);
    }
  }

  /// Widths stay with their columns when these are moved or hidden.
  private void widths() {
    double[] widths = new double[model.width()];
    for (int column = 0; column < widths.length; column++) {
      double known = widthByOrdinal[model.ordinal(column)];
      widths[column] = known > 0 ? known : 120;
    }
    columns.widths(widths);
  }

  /// Width of the columns that do not scroll.
  private double frozenWidth() {
    int frozen = model.layout().frozen();
    return frozen == 0 || columns.count() == 0 ? 0 : columns.end(frozen - 1);
  }

  /// Where a column begins on the canvas.
  private double left(int column) {
    double scrolled = column < model.layout().frozen() ? 0 : Math.floor(horizontal.getValue());
    return gutter() + columns.start(column) - scrolled;
  }

  /// Width of the row numbers.
  private double gutter() {
    return Math.max(3, String.valueOf(rowCount).length()) * charWidth
        + (model.edits().isPresent() ? 34 : 20);
  }

  /// Draws with the next pulse, however often it is asked for before.
  private void draw() {
    if (!drawPending) {
      drawPending = true;
      requestLayout();
    }
  }

  private void paint() {
    drawPending = false;
    GraphicsContext pen = canvas.getGraphicsContext2D();
    double width = canvas.getWidth();
    double height = canvas.getHeight();
    pen.setFill(palette.background());
    pen.fillRect(0, 0, width, height);
    if (model.width() == 0 || width < 1 || height < 1) {
      return;
    }
    pen.setTextBaseline(VPos.CENTER);
    double left = horizontal.isVisible() ? Math.floor(horizontal.getValue()) : 0;
    double top = vertical.isVisible() ? Math.floor(vertical.getValue()) : 0;
    int firstRow = (int) (top / ROW_HEIGHT);
    int lastRow = (int) Math.min(rowCount - 1.0, (top + height - HEADER_HEIGHT) / ROW_HEIGHT);
    double gutter = gutter();
    stripes(pen, width, top, firstRow, lastRow);
    int frozen = model.layout().frozen();
    double fixed = gutter + frozenWidth();
    int first = Math.max(frozen, columns.at(Math.max(0, left + frozenWidth())));
    for (int column = first; column < columns.count(); column++) {
      double x = gutter + columns.start(column) - left;
      if (x > width) {
        break;
      }
      paintColumn(pen, column, x, Math.max(fixed, x), top, firstRow, lastRow, height);
    }
    for (int column = 0; column < frozen; column++) {
      double x = gutter + columns.start(column);
      pen.setFill(palette.background());
      pen.fillRect(x, HEADER_HEIGHT, columns.width(column), height);
      paintColumn(pen, column, x, x, top, firstRow, lastRow, height);
    }
    if (frozen > 0) {
      pen.setFill(palette.accent());
      pen.fillRect(fixed - 1, 0, 1, height);
    }
    if (dropAt >= 0) {
      double x =
          dropAt < columns.count() ? left(dropAt) : left(dropAt - 1) + columns.width(dropAt - 1);
      pen.setFill(palette.accent());
      pen.fillRect(x - 1, 0, 3, height);
    }
    paintGutter(pen, gutter, top, firstRow, lastRow, height);
    pen.setFill(palette.line());
    pen.fillRect(0, HEADER_HEIGHT - 1, width, 1);
  }

  private void paintColumn(
      GraphicsContext pen,
      int column,
      double x,
      double from,
      double top,
      int firstRow,
      int lastRow,
      double height) {
    double end = x + columns.width(column);
    if (end <= from) {
      return;
    }
    pen.save();
    pen.beginPath();
    pen.rect(from, 0, end - from, height);
    pen.clip();
    paintCells(pen, column, x, top, firstRow, lastRow);
    paintHeader(pen, column, x);
    pen.setFill(palette.line());
    double bottom = Math.min(height, HEADER_HEIGHT + rowCount * ROW_HEIGHT - top);
    pen.fillRect(end - 1, 0, 1, Math.max(HEADER_HEIGHT, bottom));
    pen.restore();
  }

  private void stripes(GraphicsContext pen, double width, double top, int firstRow, int lastRow) {
    for (int row = firstRow; row <= lastRow; row++) {
      double y = HEADER_HEIGHT + row * ROW_HEIGHT - top;
      if (row % 2 == 1) {
        pen.setFill(palette.stripe());
        pen.fillRect(0, y, width, ROW_HEIGHT);
      }
    }
  }

  private void paintCells(
      GraphicsContext pen, int column, double x, double top, int firstRow, int lastRow) {
    double width = columns.width(column);
    boolean numeric = model.isNumeric(column);
    int fits = (int) ((width - 2 * PADDING) / charWidth);
    for (int row = firstRow; row <= lastRow; row++) {
      double y = HEADER_HEIGHT + row * ROW_HEIGHT - top;
      boolean isNull = model.isNull(row, column);
      boolean masked = model.masked(row, column);
      boolean right = numeric && !masked;
      if (masked) {
        hatch(pen, x, y, width);
      }
      stagedGround(pen, row, column, x, y, width);
      if (selection.holds(row, column)) {
        pen.setFill(palette.selection());
        pen.fillRect(x, y, width, ROW_HEIGHT);
      }
      double middle = y + ROW_HEIGHT / 2;
      if (isNull) {
        boolean untouched =
            model.state(row) == RowEdits.State.ADDED && !model.isStaged(row, column);
        word(pen, untouched ? messages.text("grid.default") : "NULL", x, middle);
      } else {
        String text = model.preview(row, column, Math.max(PREVIEW_BYTES, fits * 4));
        if (text.isEmpty()) {
          word(pen, messages.text("grid.empty"), x, middle);
        } else {
          value(pen, oneLine(text, fits), x, middle, width, right, masked);
        }
      }
      if (row == selection.row() && column == selection.column()) {
        pen.setStroke(palette.accent());
        pen.setLineWidth(isFocused() ? 2 : 1);
        pen.strokeRect(x + 1, y + 1, width - 3, ROW_HEIGHT - 2);
      }
    }
  }

  /// The ground of what is staged; the gutter says the same in signs.
  private void stagedGround(
      GraphicsContext pen, int row, int column, double x, double y, double width) {
    if (model.edits().isEmpty() && model.marks().isEmpty()) {
      return;
    }
    switch (model.state(row)) {
      case KEPT -> {
        return;
      }
      case CHANGED -> {
        if (!model.isMarked(row, column)) {
          return;
        }
        pen.setFill(palette.changed());
      }
      case ADDED -> pen.setFill(palette.added());
      case DELETED -> pen.setFill(palette.deleted());
    }
    pen.fillRect(x, y, width, ROW_HEIGHT);
  }

  private static String sign(RowEdits.State state) {
    return switch (state) {
      case KEPT -> "";
      case CHANGED -> "* ";
      case ADDED -> "+ ";
      case DELETED -> "− ";
    };
  }

  private void value(
      GraphicsContext pen,
      String text,
      double x,
      double middle,
      double width,
      boolean right,
      boolean masked) {
    pen.setFont(cellFont);
    pen.setFill(masked ? palette.muted() : palette.text());
    pen.setTextAlign(right ? TextAlignment.RIGHT : TextAlignment.LEFT);
    pen.fillText(text, right ? x + width - PADDING : x + PADDING, middle);
  }

  private void word(GraphicsContext pen, String word, double x, double middle) {
    pen.setFont(nullFont);
    pen.setFill(palette.muted());
    pen.setTextAlign(TextAlignment.LEFT);
    pen.fillText(word, x + PADDING, middle);
  }

  private void hatch(GraphicsContext pen, double x, double y, double width) {
    pen.setFill(palette.hatchGround());
    pen.fillRect(x, y, width, ROW_HEIGHT);
    pen.setStroke(palette.hatch());
    pen.setLineWidth(1);
    double step = 8;
    // The lines run through from row to row: their phase follows the position, not the cell.
    double phase = (x + y) % step;
    for (double at = x - phase; at < x + width + ROW_HEIGHT; at += step) {
      double x1 = Math.min(at, x + width);
      double y1 = y + (at - x1);
      double x2 = Math.max(at - ROW_HEIGHT, x);
      double y2 = y + (at - x2);
      if (y1 <= y + ROW_HEIGHT && y2 >= y) {
        pen.strokeLine(x1, y1, x2, Math.min(y2, y + ROW_HEIGHT));
      }
    }
  }

  private static String oneLine(String text, int fits) {
    String start = text.length() > fits + 1 ? text.substring(0, fits + 1) : text;
    String clean = start.replace('\n', '↵').replace('\r', ' ').replace('\t', ' ');
    return text.length() > fits && fits > 1 ? clean.substring(0, fits - 1) + "…" : clean;
  }

  private void paintHeader(GraphicsContext pen, int column, double x) {
    ResultColumn head = model.column(column);
    double width = columns.width(column);
    pen.setFill(palette.header());
    pen.fillRect(x, 0, width, HEADER_HEIGHT);
    boolean masked = head.mask().isPresent();
    double room = width - 2 * PADDING - (masked ? 18 : 0);
    pen.setTextAlign(TextAlignment.LEFT);
    pen.setFont(nameFont);
    pen.setFill(palette.text());
    pen.fillText(cut(head.label(), room, 7.6), x + PADDING, 15);
    pen.setFont(typeFont);
    pen.setFill(palette.muted());
    pen.fillText(cut(head.typeName(), room, 6.4), x + PADDING, 32);
    if (model.wish().byColumn().containsKey(model.ordinal(column))) {
      pen.setFont(iconFont);
      pen.setFill(palette.accent());
      pen.fillText(filterGlyph, x + width - PADDING - 26, 33);
      pen.setFont(typeFont);
    }
    if (model.wish().column() == model.ordinal(column)) {
      pen.setFill(palette.accent());
      pen.setTextAlign(TextAlignment.RIGHT);
      pen.fillText(model.wish().descending() ? "▼" : "▲", x + width - PADDING, 32);
      pen.setTextAlign(TextAlignment.LEFT);
    }
    if (masked) {
      pen.setFont(iconFont);
      pen.setFill(palette.accent());
      pen.fillText(maskGlyph, x + width - PADDING - 12, 15);
    }
  }

  private static String cut(String text, double room, double letter) {
    int fits = (int) (room / letter);
    return text.length() <= fits || fits < 2 ? text : text.substring(0, fits - 1) + "…";
  }

  private void paintGutter(
      GraphicsContext pen, double gutter, double top, int firstRow, int lastRow, double height) {
    pen.setFill(palette.header());
    pen.fillRect(0, 0, gutter, height);
    pen.setFont(typeFont);
    pen.setTextAlign(TextAlignment.RIGHT);
    for (int row = firstRow; row <= lastRow; row++) {
      double y = HEADER_HEIGHT + row * ROW_HEIGHT - top;
      if (y + ROW_HEIGHT / 2 > HEADER_HEIGHT) {
        boolean inside = row >= selection.firstRow() && row <= selection.lastRow();
        pen.setFill(inside && !selection.isEmpty() ? palette.accent() : palette.muted());
        pen.fillText(sign(model.state(row)) + (row + 1), gutter - 8, y + ROW_HEIGHT / 2);
      }
    }
    pen.setFill(palette.header());
    pen.fillRect(0, 0, gutter, HEADER_HEIGHT);
    pen.setFill(palette.line());
    pen.fillRect(gutter - 1, 0, 1, height);
  }

  private int columnAt(double x) {
    if (x < gutter()) {
      return -1;
    }
    boolean fixed = x < gutter() + frozenWidth();
    return columns.at(x - gutter() + (fixed ? 0 : Math.floor(horizontal.getValue())));
  }

  private int rowAt(double y) {
    if (y < HEADER_HEIGHT) {
      return -1;
    }
    int row = (int) ((y - HEADER_HEIGHT + vertical.getValue()) / ROW_HEIGHT);
    return row < rowCount ? row : -1;
  }

  private int edgeAt(MouseEvent event) {
    if (event.getY() > HEADER_HEIGHT) {
      return -1;
    }
    boolean fixed = event.getX() < gutter() + frozenWidth();
    double x = event.getX() - gutter() + (fixed ? 0 : Math.floor(horizontal.getValue()));
    int column = columns.at(x - RESIZE_ZONE);
    return column >= 0 && Math.abs(columns.end(column) - x) <= RESIZE_ZONE ? column : -1;
  }

  private void pressed(MouseEvent event) {
    requestFocus();
    if (event.getButton() == MouseButton.SECONDARY) {
      int asked = columnAt(event.getX());
      if (asked >= 0) {
        int at = rowAt(event.getY());
        if (at >= 0 && !selection.holds(at, asked)) {
          move(at, asked, false);
        }
        onColumnMenu.open(asked, event.getScreenX(), event.getScreenY());
      }
      return;
    }
    if (event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    resizing = edgeAt(event);
    int column = columnAt(event.getX());
    int row = rowAt(event.getY());
    if (resizing >= 0) {
      return;
    }
    if (event.getY() < HEADER_HEIGHT && column >= 0) {
      double right = left(column) + columns.width(column);
      if (model.masked(column) && event.getX() > right - MASK_ZONE) {
        onMaskedHeader.accept(column);
      } else if (event.isShiftDown() && rowCount > 0) {
        select(new GridSelection(0, column, rowCount - 1, column), false);
      } else {
        pressedHeader = column;
        pressedX = event.getX();
      }
    } else if (event.getX() < gutter() && row >= 0) {
      select(new GridSelection(row, 0, row, columns.count() - 1), false);
    } else if (row >= 0 && column >= 0) {
      move(row, column, event.isShiftDown());
      if (event.getClickCount() == 2) {
        open();
      }
    }
  }

  private void dragged(MouseEvent event) {
    if (resizing >= 0) {
      columns.resize(resizing, event.getX() - left(resizing));
      widthByOrdinal[model.ordinal(resizing)] = columns.width(resizing);
      requestLayout();
      draw();
      return;
    }
    if (pressedHeader >= 0) {
      if (Math.abs(event.getX() - pressedX) > 10 || dropAt >= 0) {
        dropAt = dropAt(event.getX());
        canvas.setCursor(Cursor.CLOSED_HAND);
        draw();
      }
      return;
    }
    int row = rowAt(Math.max(HEADER_HEIGHT + 1, event.getY()));
    int column = columnAt(event.getX());
    if (row >= 0 && column >= 0 && !selection.isEmpty() && event.getY() > HEADER_HEIGHT) {
      move(row, column, true);
    }
  }

  private int dropAt(double x) {
    int column = columnAt(x);
    if (column < 0) {
      return x < gutter() ? 0 : columns.count();
    }
    return x > left(column) + columns.width(column) / 2 ? column + 1 : column;
  }

  private void released() {
    resizing = -1;
    int from = pressedHeader;
    int to = dropAt;
    pressedHeader = -1;
    dropAt = -1;
    canvas.setCursor(Cursor.DEFAULT);
    if (from >= 0 && to < 0) {
      onSort.accept(from);
    } else if (from >= 0 && to != from && to != from + 1) {
      onMoveColumn.accept(from, to > from ? to - 1 : to);
    } else if (from >= 0) {
      draw();
    }
  }

  private void hover(MouseEvent event) {
    canvas.setCursor(edgeAt(event) >= 0 ? Cursor.H_RESIZE : Cursor.DEFAULT);
    int column = columnAt(event.getX());
    String text = "";
    if (column >= 0 && event.getY() < HEADER_HEIGHT) {
      text = MaskWords.header(model.column(column), messages);
    } else if (column >= 0 && model.masked(column) && rowAt(event.getY()) >= 0) {
      text = MaskWords.cell(model.column(column), messages);
    }
    if (text.isEmpty()) {
      tooltip.setOpacity(0);
    } else {
      tooltip.setOpacity(1);
      if (!text.equals(tooltip.getText())) {
        tooltip.setText(text);
      }
    }
  }

  private void scroll(ScrollEvent event) {
    boolean sideways =
        event.isShiftDown() || Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY());
    ScrollBar bar = sideways ? horizontal : vertical;
    double by = event.getDeltaX() != 0 && sideways ? event.getDeltaX() : event.getDeltaY();
    bar.setValue(Math.clamp(bar.getValue() - by * 1.5, bar.getMin(), bar.getMax()));
    event.consume();
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.A) {
      selectAll();
      event.consume();
      return;
    }
    boolean menu =
        event.getCode() == KeyCode.CONTEXT_MENU
            || (event.isShiftDown() && event.getCode() == KeyCode.F10);
    if (menu && columns.count() > 0) {
      int column = Math.max(0, selection.column());
      var place = localToScreen(Math.max(0, left(column)), HEADER_HEIGHT);
      onColumnMenu.open(column, place.getX(), place.getY());
      event.consume();
      return;
    }
    if (rowCount == 0 || columns.count() == 0 || event.isAltDown()) {
      return;
    }
    int row = Math.max(0, selection.row());
    int column = Math.max(0, selection.column());
    int page = Math.max(1, (int) ((canvas.getHeight() - HEADER_HEIGHT) / ROW_HEIGHT) - 1);
    boolean end = event.isShortcutDown();
    switch (event.getCode()) {
      case ENTER -> {
        if (!end && !selection.isEmpty()) {
          open();
          event.consume();
        }
        return;
      }
      case F2 -> {
        if (!selection.isEmpty()) {
          editSelected();
          event.consume();
        }
        return;
      }
      case UP -> row = end ? 0 : row - 1;
      case DOWN -> row = end ? rowCount - 1 : row + 1;
      case LEFT -> column = column - 1;
      case RIGHT -> column = column + 1;
      case PAGE_UP -> row -= page;
      case PAGE_DOWN -> row += page;
      case HOME -> {
        column = 0;
        row = end ? 0 : row;
      }
      case END -> {
        column = columns.count() - 1;
        row = end ? rowCount - 1 : row;
      }
      default -> {
        return;
      }
    }
    move(
        Math.clamp(row, 0, rowCount - 1),
        Math.clamp(column, 0, columns.count() - 1),
        event.isShiftDown());
    event.consume();
  }

  private void open() {
    if (model.edits().isPresent()) {
      editSelected();
    } else {
      onOpenValue.run();
    }
  }

  private void move(int row, int column, boolean extend) {
    GridSelection next =
        extend && !selection.isEmpty()
            ? new GridSelection(selection.anchorRow(), selection.anchorColumn(), row, column)
            : new GridSelection(row, column, row, column);
    select(next, true);
  }

  private void select(GridSelection next, boolean follow) {
    selection = next;
    if (follow) {
      follow(next.row(), next.column());
    }
    setAccessibleText(describe(next.row(), next.column()));
    onSelection.accept(next);
    draw();
  }

  private void follow(int row, int column) {
    double top = row * ROW_HEIGHT;
    double view = canvas.getHeight() - HEADER_HEIGHT;
    if (top < vertical.getValue()) {
      vertical.setValue(top);
    } else if (top + ROW_HEIGHT > vertical.getValue() + view) {
      vertical.setValue(Math.min(vertical.getMax(), top + ROW_HEIGHT - view));
    }
    if (column < model.layout().frozen()) {
      return;
    }
    double from = columns.start(column);
    double wide = canvas.getWidth() - gutter();
    if (from - frozenWidth() < horizontal.getValue()) {
      horizontal.setValue(Math.max(0, from - frozenWidth()));
    } else if (columns.end(column) > horizontal.getValue() + wide) {
      horizontal.setValue(Math.min(horizontal.getMax(), columns.end(column) - wide));
    }
  }

  private String describe(int row, int column) {
    String name = model.column(column).label();
    String text = model.isNull(row, column) ? "NULL" : model.preview(row, column, PREVIEW_BYTES);
    String value = model.masked(row, column) ? messages.text("grid.cell.masked", text) : text;
    return messages.text("grid.cell", messages.number(row + 1L), name, value);
  }
}
