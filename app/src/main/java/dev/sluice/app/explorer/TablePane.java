package dev.sluice.app.explorer;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.governance.catalog.CatalogColumn;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// One table or view beside the query: its structure, a statement that would make it, its
/// neighbours, and what the policy says about it for me.
public final class TablePane extends BorderPane {

  private final Messages messages;
  private final Consumer<TableDetails> onData;
  private final Consumer<TableDetails> onNeighbour;
  private final Runnable onClose;
  private final Runnable onImport;
  private Optional<TableDetails> shown = Optional.empty();
  private int chosen;

  TablePane(
      Messages messages,
      Consumer<TableDetails> onData,
      Consumer<TableDetails> onNeighbour,
      Runnable onImport,
      Runnable onClose) {
    this.onImport = onImport;
    this.messages = messages;
    this.onData = onData;
    this.onNeighbour = onNeighbour;
    this.onClose = onClose;
    setId(ControlIds.TABLE_PANE);
    getStyleClass().add("table-pane");
    setMinWidth(240);
    setPrefWidth(430);
  }

  /// The table that was shown last.
  Optional<TableDetails> shown() {
    return shown;
  }

  void show(TableDetails details) {
    shown = Optional.of(details);
    var relation = details.relation();
    HBox head =
        new HBox(
            8,
            Ui.icon(relation.isView() ? "fth-eye" : "fth-grid", "muted-icon"),
            Ui.label(relation.ref().dotted(), "panel-title"),
            Ui.label(details.connection(), "muted", "small"),
            Ui.spacer(),
            Ui.button(
                "table-data",
                messages.text("table.data"),
                "fth-play",
                () -> onData.accept(details)),
            fill(relation.isView()),
            Ui.iconButton("table-close", "fth-x", messages.text("close"), onClose));
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("table-head");
    TabPane tabs =
        new TabPane(
            tab("table.structure", structure(details)),
            tab("table.ddl", ddl(details)),
            tab("table.relations", relations(details)),
            tab("table.policy", policy(details)));
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.getSelectionModel().select(chosen);
    tabs.getSelectionModel()
        .selectedIndexProperty()
        .addListener((observed, before, now) -> chosen = now.intValue());
    VBox top = new VBox(head);
    if (!relation.comment().isEmpty()) {
      top.getChildren().add(Ui.paragraph(relation.comment(), "muted", "table-comment"));
    }
    setTop(top);
    setCenter(tabs);
  }

  private Node fill(boolean view) {
    var button =
        Ui.iconButton("table-import", "fth-upload", messages.text("explorer.import"), onImport);
    button.setDisable(view);
    return button;
  }

  private Tab tab(String key, Node content) {
    return new Tab(messages.text(key), content);
  }

  private Node structure(TableDetails details) {
    TableView<CatalogColumn> table = new TableView<>();
    table.setId("table-structure");
    table.getStyleClass().addAll("dense", "edge-to-edge");
    table.setAccessibleText(messages.text("table.structure"));
    table.getItems().setAll(details.relation().columns());
    table
        .getColumns()
        .add(
            column(
                "table.column",
                150,
                each ->
                    each.name()
                        + (details.relation().primaryKey().contains(each.name()) ? "  PK" : "")));
    table.getColumns().add(column("table.type", 100, CatalogColumn::type));
    table
        .getColumns()
        .add(
            column(
                "table.null",
                60,
                each -> messages.text(each.nullable() ? "table.nullable" : "table.required")));
    table
        .getColumns()
        .add(
            column(
                "table.masked",
                110,
                each ->
                    details
                        .governanceOf(each)
                        .filter(governance -> !governance.exempt())
                        .map(ColumnGovernance::algorithm)
                        .orElse("")));
    table.getColumns().add(column("table.references", 150, details::reference));
    table.getColumns().add(column("table.comment", 200, CatalogColumn::comment));
    return table;
  }

  private TableColumn<CatalogColumn, String> column(
      String key, double width, Function<CatalogColumn, String> value) {
    TableColumn<CatalogColumn, String> column = new TableColumn<>(messages.text(key));
    column.setPrefWidth(width);
    column.setCellValueFactory(
        cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())).getReadOnlyProperty());
    return column;
  }

  private Node ddl(TableDetails details) {
    TextArea text = new TextArea(details.ddl());
    text.setId("table-ddl");
    text.setEditable(false);
    text.getStyleClass().add("code");
    text.setAccessibleText(messages.text("table.ddl"));
    VBox box = new VBox(8, Ui.paragraph(messages.text("table.ddl.hint"), "muted", "small"), text);
    box.getStyleClass().add("table-body");
    VBox.setVgrow(text, javafx.scene.layout.Priority.ALWAYS);
    return box;
  }

  private Node relations(TableDetails details) {
    ScrollPane scroll =
        new ScrollPane(
            new RelationDiagram(
                details,
                messages,
                next ->
                    onNeighbour.accept(
                        new TableDetails(
                            details.connection(), next, details.catalog(), details.governance()))));
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    return scroll;
  }

  private Node policy(TableDetails details) {
    VBox box = new VBox(10);
    box.getStyleClass().add("table-body");
    for (CatalogColumn column : details.relation().columns()) {
      Optional<ColumnGovernance> governance = details.governanceOf(column);
      governance.ifPresent(found -> box.getChildren().add(entry(column, found)));
    }
    if (box.getChildren().isEmpty()) {
      box.getChildren().add(Ui.paragraph(messages.text("table.policy.none"), "muted"));
    }
    ScrollPane scroll = new ScrollPane(box);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("edge-to-edge");
    return scroll;
  }

  private VBox entry(CatalogColumn column, ColumnGovernance governance) {
    HBox name =
        new HBox(
            8,
            Ui.icon(governance.exempt() ? "fth-eye" : "fth-eye-off", "verdict-masked"),
            Ui.label(column.name(), "strong", "code"),
            Ui.label(governance.tag(), "rule-pill"));
    name.setAlignment(Pos.CENTER_LEFT);
    VBox box =
        new VBox(
            5,
            name,
            Ui.paragraph(
                messages.text(
                    governance.exempt() ? "explorer.exempt" : "explorer.masked",
                    governance.tag(),
                    governance.algorithm())),
            Ui.paragraph(governance.whoMaySee(), "muted", "small"));
    box.getStyleClass().add("mask-entry");
    return box;
  }
}
