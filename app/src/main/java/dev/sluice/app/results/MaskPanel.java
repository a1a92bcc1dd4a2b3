package dev.sluice.app.results;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.gateway.workspace.RunEvent.ResultColumn;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.masking.ColumnMask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Beside the rows: for each masked column the way of its values from the tables, the tag, the
/// algorithm, and who may see it.
final class MaskPanel extends VBox {

  private final Messages messages;
  private final VBox content = new VBox(12);
  private final Consumer<Set<ColumnRef>> unmask;

  /// @param unmask asks to see columns as they are
  MaskPanel(Messages messages, Consumer<Set<ColumnRef>> unmask, Runnable onClose) {
    this.messages = messages;
    this.unmask = unmask;
    setId(ControlIds.MASK_PANEL);
    getStyleClass().add("side-panel");
    HBox head =
        new HBox(
            8,
            Ui.icon("fth-eye-off", "verdict-masked"),
            Ui.label(messages.text("mask.title"), "panel-title"),
            Ui.spacer(),
            Ui.iconButton("mask-panel-close", "fth-x", messages.text("close"), onClose));
    head.setAlignment(Pos.CENTER_LEFT);
    ScrollPane scroll = new ScrollPane(content);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    getChildren().addAll(head, Ui.paragraph(messages.text("mask.intro"), "muted"), scroll);
    setSpacing(10);
    setPrefWidth(340);
    setMinWidth(280);
  }

  /// @param governance what I see of each classified column of the connection
  void show(List<ResultColumn> columns, Map<ColumnRef, ColumnGovernance> governance) {
    content.getChildren().clear();
    for (ResultColumn column : columns) {
      Optional<ColumnMask> mask = column.mask();
      mask.ifPresent(found -> content.getChildren().add(entry(column, found, governance)));
    }
  }

  private VBox entry(
      ResultColumn column, ColumnMask mask, Map<ColumnRef, ColumnGovernance> governance) {
    VBox box = new VBox(6);
    box.getStyleClass().add("mask-entry");
    LineageGraph lineage =
        new LineageGraph(
            mask.sensitiveSources().stream().map(ColumnRef::dotted).toList(),
            MaskWords.algorithm(mask, messages),
            column.label(),
            messages);
    box.getChildren().add(lineage);
    box.getChildren()
        .add(Ui.paragraph(messages.text("mask.tags", String.join(", ", mask.tags())), "small"));
    box.getChildren()
        .add(
            Ui.paragraph(
                messages.text("mask.shown", MaskWords.algorithm(mask, messages)), "small"));
    mask.sensitiveSources().stream()
        .flatMap(source -> Optional.ofNullable(governance.get(source)).stream())
        .map(ColumnGovernance::whoMaySee)
        .distinct()
        .forEach(who -> box.getChildren().add(Ui.paragraph(who, "small", "muted")));
    if (!mask.sensitiveSources().isEmpty()) {
      var ask =
          Ui.button(
              "mask-unmask-" + mask.ordinal(),
              messages.text("unmask.ask"),
              "fth-eye",
              () -> unmask.accept(mask.sensitiveSources()));
      ask.getStyleClass().add("small");
      box.getChildren().add(ask);
    }
    return box;
  }
}
