package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.Notifications;
import java.util.List;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// Cells of a grid go to the clipboard as they are shown, as many rows as each result behind them
/// lets leave. FX thread.
final class GridCopy {

  private static final int MOST_CELLS = 5_000_000;

  private final Exporter exporter;
  private final Background background;
  private final Messages messages;
  private final Notifications notifications;

  GridCopy(
      Exporter exporter, Background background, Messages messages, Notifications notifications) {
    this.exporter = exporter;
    this.background = background;
    this.messages = messages;
    this.notifications = notifications;
  }

  /// What is selected, or everything when nothing is; one cell alone is copied as text only.
  ///
  /// @param behind the results whose values are shown
  void copy(CopyFormat format, ResultGrid grid, List<ResultViewModel> behind) {
    GridModel shown = grid.model();
    GridSelection chosen = grid.selection();
    boolean all = chosen.isEmpty() || (chosen.cells() == 1 && format != CopyFormat.TSV);
    copy(
        format,
        shown,
        all ? new GridSelection(0, 0, shown.rows() - 1, shown.width() - 1) : chosen,
        behind);
  }

  void copy(CopyFormat format, GridModel shown, GridSelection range, List<ResultViewModel> behind) {
    long rows = range.lastRow() - range.firstRow() + 1L;
    if (shown.rows() == 0 || !behind.stream().allMatch(each -> exporter.mayLeave(each, rows))) {
      return;
    }
    if (range.cells() > MOST_CELLS) {
      notifications.show(
          Notifications.Kind.WARNING,
          messages.text("grid.copy.large"),
          messages.text("grid.copy.large.detail"));
      return;
    }
    boolean masked = behind.stream().anyMatch(each -> !each.maskedColumns().isEmpty());
    background.call(
        () ->
            format.write(
                shown,
                range.firstRow(),
                range.lastRow(),
                range.firstColumn(),
                range.lastColumn(),
                range.cells() > 1),
        text -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(text);
          Clipboard.getSystemClipboard().setContent(content);
          notifications.show(
              Notifications.Kind.INFORMATION,
              messages.count("grid.copied", rows),
              masked ? messages.text("grid.copied.masked") : "");
        },
        problem -> {});
  }
}
