package dev.sluice.app.results.imports;

import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.WindowContext;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.sql.StatementText;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;

/// Opens the pane of an import, and takes files that are dropped on the window. FX thread.
public final class TableImports {

  /// A table of a connection.
  public record Place(WorkspaceConnection connection, Relation table) {}

  private final WindowContext context;
  private final Supplier<Optional<Place>> chosen;
  private final Consumer<Optional<Region>> onPane;
  private final BiConsumer<WorkspaceConnection, StatementText> onAsk;
  private Optional<ImportPane> open = Optional.empty();

  /// @param chosen the table that is selected or shown
  /// @param onPane where the pane is to be shown; empty takes it away
  /// @param onAsk takes a statement that may not run as it is to where its ways out are
  public TableImports(
      WindowContext context,
      Supplier<Optional<Place>> chosen,
      Consumer<Optional<Region>> onPane,
      BiConsumer<WorkspaceConnection, StatementText> onAsk) {
    this.context = context;
    this.chosen = chosen;
    this.onPane = onPane;
    this.onAsk = onAsk;
  }

  /// Asks for a file for the table that is selected.
  public void openChosen() {
    chosen
        .get()
        .ifPresentOrElse(
            this::open,
            () ->
                context
                    .notifications()
                    .show(
                        Notifications.Kind.INFORMATION,
                        context.messages().text("import.no-table"),
                        context.messages().text("import.no-table.way")));
  }

  private void open(Place place) {
    var messages = context.messages();
    if (place.table().isView()) {
      context
          .notifications()
          .show(
              Notifications.Kind.INFORMATION,
              messages.text("import.view"),
              messages.text("import.no-table.way"));
      return;
    }
    close();
    ImportViewModel model =
        new ImportViewModel(
            context.session(),
            context.background(),
            messages,
            context.notifications(),
            place.connection(),
            place.table(),
            onAsk,
            this::close);
    ImportPane pane = new ImportPane(model, messages, this::close);
    open = Optional.of(pane);
    onPane.accept(Optional.of(pane));
  }

  /// Reads a file for the table that is selected or already asked about.
  public void open(Path file) {
    if (open.isEmpty()) {
      openChosen();
    }
    open.ifPresent(pane -> pane.open(file));
  }

  /// Gives up what is under way and takes the pane away.
  public void close() {
    open.ifPresent(ImportPane::close);
    open = Optional.empty();
    onPane.accept(Optional.empty());
  }

  /// Takes files with rows that are dropped anywhere on the window.
  public void takeDropsOn(Scene scene) {
    scene.addEventFilter(
        DragEvent.DRAG_OVER,
        event -> {
          if (dropped(event).isPresent()) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
          }
        });
    scene.addEventFilter(
        DragEvent.DRAG_DROPPED,
        event ->
            dropped(event)
                .ifPresent(
                    file -> {
                      open(file);
                      event.setDropCompleted(true);
                      event.consume();
                    }));
  }

  private static Optional<Path> dropped(DragEvent event) {
    return event.getDragboard().hasFiles()
        ? event.getDragboard().getFiles().stream()
            .map(File::toPath)
            .filter(path -> ImportFile.Format.of(path).isPresent())
            .findFirst()
        : Optional.empty();
  }
}
