package dev.sluice.app;

import dev.sluice.app.editor.SqlFile;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.WindowContext;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/// Scripts that come from files: by argument, by menu, by being dropped on the window.
final class ScriptFiles {

  private final WindowContext context;
  private final QueryTabs tabs;

  ScriptFiles(WindowContext context, QueryTabs tabs) {
    this.context = context;
    this.tabs = tabs;
  }

  /// Opens files, each in a tab; one that is open already is shown.
  void open(List<Path> paths) {
    for (Path path : paths) {
      Path absolute = path.toAbsolutePath().normalize();
      Optional<QueryTab> known =
          tabs.all().stream()
              .filter(tab -> tab.file().path().filter(absolute::equals).isPresent())
              .findFirst();
      if (known.isPresent()) {
        tabs.show(known.get());
      } else {
        read(absolute);
      }
    }
  }

  private record Read(Optional<SqlFile.Opened> opened, String problem) {}

  private void read(Path path) {
    context
        .background()
        .call(
            () -> {
              try {
                return new Read(Optional.of(SqlFile.open(path)), "");
              } catch (SqlFile.Problem e) {
                return new Read(Optional.empty(), String.valueOf(e.getMessage()));
              }
            },
            read ->
                read.opened()
                    .ifPresentOrElse(
                        opened -> tabs.open(opened.file(), opened.text()),
                        () ->
                            context
                                .notifications()
                                .show(
                                    Notifications.Kind.PROBLEM,
                                    context.messages().text("file.problem"),
                                    read.problem())),
            problem -> {});
  }

  void choose(Window owner) {
    List<File> chosen = chooser().showOpenMultipleDialog(owner);
    if (chosen != null) {
      open(chosen.stream().map(File::toPath).toList());
    }
  }

  void save(QueryTab tab, Window owner) {
    if (tab.file().path().isPresent()) {
      tab.file().save();
    } else {
      saveAs(tab, owner);
    }
  }

  void saveAs(QueryTab tab, Window owner) {
    FileChooser chooser = chooser();
    chooser.setInitialFileName(
        tab.file()
            .path()
            .map(path -> String.valueOf(path.getFileName()))
            .orElse(tab.titleProperty().get().replaceAll("[^\\p{L}0-9._-]+", "-") + ".sql"));
    File chosen = chooser.showSaveDialog(owner);
    if (chosen != null) {
      tab.file().saveAs(chosen.toPath());
    }
  }

  private FileChooser chooser() {
    FileChooser chooser = new FileChooser();
    chooser
        .getExtensionFilters()
        .addAll(
            new FileChooser.ExtensionFilter(context.messages().text("file.scripts"), "*.sql"),
            new FileChooser.ExtensionFilter(context.messages().text("file.all"), "*"));
    return chooser;
  }

  /// Takes scripts that are dropped anywhere on the window.
  void takeDropsOn(Scene scene) {
    scene.addEventFilter(
        DragEvent.DRAG_OVER,
        event -> {
          if (!dropped(event).isEmpty()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
          }
        });
    scene.addEventFilter(
        DragEvent.DRAG_DROPPED,
        event -> {
          List<Path> scripts = dropped(event);
          if (!scripts.isEmpty()) {
            open(scripts);
            event.setDropCompleted(true);
            event.consume();
          }
        });
  }

  private static List<Path> dropped(DragEvent event) {
    return event.getDragboard().hasFiles()
        ? event.getDragboard().getFiles().stream()
            .map(File::toPath)
            .filter(ScriptFiles::isScript)
            .toList()
        : List.of();
  }

  private static boolean isScript(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".sql") || name.endsWith(".txt") || name.endsWith(".ddl");
  }
}
