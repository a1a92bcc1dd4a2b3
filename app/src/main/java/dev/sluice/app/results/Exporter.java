package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Notifications;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.gateway.workspace.WorkspaceProblem.Blame;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Writes a result to a file as it is shown: masked values stay masked. While it is being written,
/// and when it could not be finished, the file's name ends in `.partial`.
public final class Exporter {

  private final Background background;
  private final Messages messages;
  private final Notifications notifications;

  public Exporter(Background background, Messages messages, Notifications notifications) {
    this.background = background;
    this.messages = messages;
    this.notifications = notifications;
  }

  void toFile(ResultViewModel result, Window owner) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.text("grid.export"));
    chooser.setInitialFileName("result.csv");
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("CSV", "*.csv"));
    File chosen = chooser.showSaveDialog(owner);
    if (chosen != null) {
      toCsv(result, chosen.toPath());
    }
  }

  /// Writes CSV (RFC 4180, UTF-8, with a header) off the FX thread and says when it is done.
  public void toCsv(ResultViewModel result, Path target) {
    GridModel grid = result.gridProperty().get();
    int rows = grid.rows();
    boolean masked = !result.maskedColumns().isEmpty();
    background.call(
        () -> {
          write(grid, rows, target);
          return rows;
        },
        written ->
            notifications.show(
                Notifications.Kind.SUCCESS,
                messages.text("grid.exported", messages.number(written), target.getFileName()),
                masked ? messages.text("grid.copied.masked") : ""),
        problem ->
            notifications.show(
                Notifications.Kind.PROBLEM, Problems.words(problem), problem.wayOut()));
  }

  private void write(GridModel grid, int rows, Path target) throws WorkspaceProblem {
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    int last = grid.columns().size() - 1;
    try (BufferedWriter writer = Files.newBufferedWriter(partial)) {
      CopyFormat.CSV.begin(writer, grid, 0, last, true);
      for (int row = 0; row < rows; row++) {
        CopyFormat.CSV.row(writer, grid, row, 0, last, row == 0);
      }
      CopyFormat.CSV.end(writer);
    } catch (IOException | UncheckedIOException e) {
      throw failed(partial);
    }
    try {
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(partial);
    }
  }

  private WorkspaceProblem failed(Path partial) {
    return new WorkspaceProblem(
        "export-failed",
        Blame.USER,
        messages.text("grid.export.failed"),
        messages.text("grid.export.failed.way", partial.getFileName()));
  }
}
