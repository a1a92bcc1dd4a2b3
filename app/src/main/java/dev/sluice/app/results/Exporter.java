package dev.sluice.app.results;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Coalesce;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Notifications;
import dev.sluice.gateway.workspace.WorkspaceProblem;
import dev.sluice.gateway.workspace.WorkspaceProblem.Blame;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Writes a result to a file as it is shown: masked values stay masked, hidden columns stay out.
/// While it is being written, and when it could not be finished, the file's name ends in
/// `.partial`. More rows than the policy lets out are refused.
public final class Exporter {

  private static final int TELL_EVERY = 2000;

  private final Background background;
  private final Messages messages;
  private final Notifications notifications;
  private final ObservableList<ExportJob> jobs = FXCollections.observableArrayList();

  public Exporter(Background background, Messages messages, Notifications notifications) {
    this.background = background;
    this.messages = messages;
    this.notifications = notifications;
  }

  /// What is being written now.
  public ObservableList<ExportJob> jobs() {
    return jobs;
  }

  void toFile(ResultViewModel result, ExportFormat format, Window owner) {
    if (!mayLeave(result, result.gridProperty().get().rows())) {
      return;
    }
    FileChooser chooser = new FileChooser();
    chooser.setTitle(messages.text("grid.export"));
    chooser.setInitialFileName("result." + format.suffix());
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter(messages.text(format.key()), "*." + format.suffix()));
    File chosen = chooser.showSaveDialog(owner);
    if (chosen != null) {
      export(result, format, chosen.toPath());
    }
  }

  /// Whether so many rows may leave the window; says so when not.
  boolean mayLeave(ResultViewModel result, long rows) {
    if (result.exportRows().isEmpty() || rows <= result.exportRows().getAsLong()) {
      return true;
    }
    notifications.show(
        Notifications.Kind.WARNING,
        messages.text("export.limit", messages.number(result.exportRows().getAsLong())),
        messages.text("export.limit.way", messages.number(rows)));
    return false;
  }

  /// Writes off the FX thread and says when it is done. CSV is RFC 4180, UTF-8, with a header.
  public void export(ResultViewModel result, ExportFormat format, Path target) {
    GridModel grid = result.gridProperty().get();
    int rows = grid.rows();
    if (!mayLeave(result, rows)) {
      return;
    }
    boolean masked = !result.maskedColumns().isEmpty();
    ExportJob job = new ExportJob(target, rows);
    jobs.add(job);
    background.call(
        () -> write(grid, format, job),
        finished -> {
          jobs.remove(job);
          if (finished) {
            notifications.show(
                Notifications.Kind.SUCCESS,
                messages.text("grid.exported", messages.number(rows), target.getFileName()),
                masked ? messages.text("grid.copied.masked") : "");
          } else {
            notifications.show(
                Notifications.Kind.INFORMATION,
                messages.text("export.cancelled", target.getFileName()),
                "");
          }
        },
        problem -> {
          jobs.remove(job);
          notifications.show(Notifications.Kind.PROBLEM, Problems.words(problem), problem.wayOut());
        });
  }

  private boolean write(GridModel grid, ExportFormat format, ExportJob job)
      throws WorkspaceProblem {
    Path target = job.target();
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    Coalesce progress = new Coalesce(background.ui(), job::show);
    try {
      try (RowFile file = RowFile.open(format, grid, partial)) {
        for (int row = 0; row < job.rows() && !job.isCancelled(); row++) {
          file.row(row);
          if (row % TELL_EVERY == 0) {
            job.reached = row;
            progress.signal();
          }
        }
        if (!job.isCancelled()) {
          file.finish();
        }
      }
      if (job.isCancelled()) {
        Files.deleteIfExists(partial);
        return false;
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException | UncheckedIOException e) {
      String code = e.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      System.getLogger(Exporter.class.getName())
          .log(System.Logger.Level.WARNING, "An export ended early: " + code);
      throw new WorkspaceProblem(
          "export-failed",
          Blame.USER,
          messages.text("grid.export.failed"),
          messages.text("grid.export.failed.way", partial.getFileName()));
    }
  }
}
