package dev.sluice.app.explorer;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Environment;
import dev.sluice.app.shell.Ui;
import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The tree of connections, and a field to search it.
public final class ExplorerView {

  /// About what a level is moved to the right, in pixels.
  private static final int INDENT = 15;

  private final ExplorerViewModel model;
  private final Messages messages;
  private final BiConsumer<String, String> onOpenTable;
  private final VBox root = new VBox();
  private final TextField search = new TextField();
  private final TreeView<ExplorerNode> tree = new TreeView<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private final Set<String> expanded = new HashSet<>();
  private final TablePane tablePane;
  private Consumer<Optional<TablePane>> onTablePane = pane -> {};
  private Runnable onImport = () -> {};

  /// @param onOpenTable connection and statement that shows a table, when one is asked for
  public ExplorerView(
      ExplorerViewModel model, Messages messages, BiConsumer<String, String> onOpenTable) {
    this.model = model;
    this.messages = messages;
    this.onOpenTable = onOpenTable;
    tablePane =
        new TablePane(
            messages,
            details -> onOpenTable.accept(details.connection(), select(details.relation())),
            details -> showTable(details.connection(), details.relation().ref()),
            () -> onImport.run(),
            () -> onTablePane.accept(Optional.empty()));
    search.setId(ControlIds.EXPLORER_SEARCH);
    search.setPromptText(messages.text("explorer.search"));
    search.setAccessibleText(messages.text("explorer.search"));
    HBox.setHgrow(search, Priority.ALWAYS);
    tree.setId(ControlIds.EXPLORER_TREE);
    tree.setShowRoot(false);
    tree.setAccessibleText(messages.text("explorer.name"));
    tree.getStyleClass().addAll("dense", "edge-to-edge", "explorer-tree");
    tree.setCellFactory(view -> new Cell());
    tree.setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            openSelected();
          }
        });
    tree.setOnKeyPressed(
        event -> {
          if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) {
            openSelected();
          } else if (event.getCode() == KeyCode.F4) {
            showSelected();
          }
        });
    VBox.setVgrow(tree, Priority.ALWAYS);
    HBox head =
        new HBox(
            6,
            search,
            Ui.iconButton(
                ControlIds.EXPLORER_REFRESH,
                "fth-refresh-cw",
                messages.text("explorer.refresh"),
                model::refresh));
    head.getStyleClass().add("explorer-head");
    head.setAlignment(Pos.CENTER_LEFT);
    root.getStyleClass().add("explorer");
    root.getChildren().addAll(head, tree);
    root.setMinWidth(180);
  }

  public Parent root() {
    return root;
  }

  /// Where the pane of a table is to be shown; empty takes it away.
  public void onTablePane(Consumer<Optional<TablePane>> listener) {
    onTablePane = listener;
  }

  /// Shows structure, relations and policy of a table of a connection that was read.
  public void showTable(String connection, TableRef ref) {
    model
        .details(connection, ref)
        .ifPresent(
            details -> {
              tablePane.show(details);
              onTablePane.accept(Optional.of(tablePane));
            });
  }

  /// A table of a connection.
  public record Chosen(String connection, Relation relation) {}

  /// The table that is selected in the tree; empty when none is.
  public Optional<Chosen> chosen() {
    TreeItem<ExplorerNode> selected = tree.getSelectionModel().getSelectedItem();
    if (selected != null && selected.getValue() instanceof ExplorerNode.Table table) {
      return Optional.of(new Chosen(table.connection(), table.relation()));
    }
    return selected != null && selected.getValue() instanceof ExplorerNode.Column column
        ? Optional.of(new Chosen(column.connection(), column.relation()))
        : tablePane.shown().map(each -> new Chosen(each.connection(), each.relation()));
  }

  /// What opens the import of a file into the table that is chosen.
  public void onImport(Runnable listener) {
    onImport = listener;
  }

  /// Shows the table that is selected in the tree.
  public void showSelected() {
    TreeItem<ExplorerNode> selected = tree.getSelectionModel().getSelectedItem();
    if (selected != null && selected.getValue() instanceof ExplorerNode.Table table) {
      showTable(table.connection(), table.relation().ref());
    } else if (selected != null && selected.getValue() instanceof ExplorerNode.Column column) {
      showTable(column.connection(), column.relation().ref());
    }
  }

  private static String select(Relation relation) {
    return "SELECT * FROM " + name(relation) + " LIMIT 200";
  }

  public void focusSearch() {
    search.requestFocus();
    search.selectAll();
  }

  public void attach() {
    search.textProperty().bindBidirectional(model.searchProperty());
    subscriptions.add(() -> search.textProperty().unbindBidirectional(model.searchProperty()));
    subscriptions.bind(model.revisionProperty(), revision -> rebuild());
    subscriptions.listen(
        model.connectionsProperty(),
        connections ->
            connections.stream()
                .findFirst()
                .ifPresent(
                    first -> {
                      expanded.add("connection " + first.context().name());
                      model.open(first.context().name(), false);
                    }));
    model.load();
  }

  public void detach() {
    subscriptions.clear();
  }

  private void rebuild() {
    TreeItem<ExplorerNode> top = new TreeItem<>(new ExplorerNode.Root());
    fill(top);
    tree.setRoot(top);
  }

  private void fill(TreeItem<ExplorerNode> item) {
    // All at once: each change by itself goes up the tree and redraws what is shown.
    List<TreeItem<ExplorerNode>> children = new ArrayList<>();
    for (ExplorerNode child : model.children(item.getValue())) {
      children.add(item(child));
    }
    item.getChildren().setAll(children);
  }

  private TreeItem<ExplorerNode> item(ExplorerNode node) {
    TreeItem<ExplorerNode> item = new TreeItem<>(node);
    switch (node) {
      case ExplorerNode.Group group -> {
        fill(item);
        item.setExpanded(true);
      }
      case ExplorerNode.Connection connection -> {
        fill(item);
        remember(item, "connection " + connection.label());
        item.expandedProperty()
            .addListener(
                (observed, before, now) -> {
                  if (now) {
                    model.open(connection.label(), false);
                  }
                });
      }
      case ExplorerNode.Schema schema -> {
        fill(item);
        String key = "schema " + schema.connection() + " " + schema.name();
        remember(item, key);
        if (model.searching() || schema.name().equals("public") || schema.name().equals("main")) {
          item.setExpanded(true);
        }
      }
      case ExplorerNode.Table table -> {
        // Columns are made when the table is opened: twenty thousand tables stay cheap.
        String key = "table " + table.connection() + " " + table.relation().ref().dotted();
        item.getChildren().add(new TreeItem<>(new ExplorerNode.Note("", false)));
        item.expandedProperty()
            .addListener(
                (observed, before, now) -> {
                  if (now) {
                    fill(item);
                  }
                });
        remember(item, key);
      }
      case ExplorerNode.Root top -> fill(item);
      case ExplorerNode.Column column -> {}
      case ExplorerNode.Note note -> {}
    }
    return item;
  }

  private void remember(TreeItem<ExplorerNode> item, String key) {
    item.setExpanded(expanded.contains(key));
    item.expandedProperty()
        .addListener(
            (observed, before, now) -> {
              if (now) {
                expanded.add(key);
              } else {
                expanded.remove(key);
              }
            });
  }

  private void openSelected() {
    TreeItem<ExplorerNode> selected = tree.getSelectionModel().getSelectedItem();
    if (selected != null && selected.getValue() instanceof ExplorerNode.Table table) {
      onOpenTable.accept(
          table.connection(), "SELECT * FROM " + name(table.relation()) + " LIMIT 200");
    }
  }

  private static String name(Relation relation) {
    String schema = relation.ref().schema();
    boolean plain = schema.isEmpty() || schema.equals("public") || schema.equals("main");
    String table = quoted(relation.ref().name());
    return plain ? table : quoted(schema) + "." + table;
  }

  private static String quoted(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private final class Cell extends TreeCell<ExplorerNode> {

    private @Nullable ExplorerNode drawn;
    private int drawnLevel = -1;

    Cell() {
      setOnContextMenuRequested(
          event -> {
            if (getItem() instanceof ExplorerNode.Table table) {
              menu(table).show(this, event.getScreenX(), event.getScreenY());
              event.consume();
            }
          });
    }

    @Override
    protected void updateItem(ExplorerNode node, boolean empty) {
      super.updateItem(node, empty);
      if (empty || node == null) {
        drawn = null;
        setText(null);
        setGraphic(null);
        Ui.hint(this, "");
        return;
      }
      int level = getTreeView().getTreeItemLevel(getTreeItem());
      if (node.equals(drawn) && level == drawnLevel) {
        return;
      }
      drawn = node;
      drawnLevel = level;
      setText(null);
      Ui.hint(this, "");
      HBox row = new HBox(7);
      row.setAlignment(Pos.CENTER_LEFT);
      fillRow(row, node);
      row.setMinWidth(0);
      row.prefWidthProperty().bind(tree.widthProperty().subtract(54 + level * INDENT));
      setGraphic(row);
      setAccessibleText(node.label());
    }

    private void fillRow(HBox row, ExplorerNode node) {
      switch (node) {
        case ExplorerNode.Root top -> {}
        case ExplorerNode.Group group -> {
          Region dot = new Region();
          dot.getStyleClass().addAll("env-dot", Environment.of(group.environment()).styleClass());
          row.getChildren().addAll(dot, Ui.label(group.environment(), "explorer-group"));
        }
        case ExplorerNode.Connection connection -> connection(row, connection);
        case ExplorerNode.Schema schema ->
            row.getChildren().addAll(Ui.icon("fth-folder", "muted-icon"), Ui.label(schema.name()));
        case ExplorerNode.Table table -> table(row, table);
        case ExplorerNode.Column column -> column(row, column);
        case ExplorerNode.Note note -> {
          Label label =
              Ui.paragraph(note.label(), note.problem() ? "problem-words" : "muted", "small");
          label.setMaxWidth(220);
          row.getChildren().add(label);
        }
      }
    }

    private void connection(HBox row, ExplorerNode.Connection node) {
      var context = node.connection().context();
      row.getChildren()
          .addAll(
              Ui.icon(
                  "fth-database",
                  "explorer-connection",
                  Environment.of(context.environment()).styleClass()),
              Ui.whole(context.name(), "strong"),
              Ui.label(context.engine().id(), "muted", "small"),
              Ui.whole(context.ring(), "ring-pill"));
      Ui.hint(
          this,
          node.connection().database()
              + "\n"
              + messages.text("explorer.owner", node.connection().owner())
              + "\n"
              + node.connection().whatCouldGoWrong());
    }

    private void table(HBox row, ExplorerNode.Table node) {
      Relation relation = node.relation();
      Label name = Ui.label(relation.ref().name());
      name.setMinWidth(40);
      row.getChildren()
          .addAll(Ui.icon(relation.isView() ? "fth-eye" : "fth-grid", "muted-icon"), name);
      if (relation.estimatedRows() >= 0) {
        row.getChildren().add(Ui.whole(compact(relation.estimatedRows()), "muted", "small"));
      }
      String comment = relation.comment();
      Ui.hint(this, relation.ref().name() + (comment.isEmpty() ? "" : "\n" + comment));
    }

    private ContextMenu menu(ExplorerNode.Table node) {
      Relation relation = node.relation();
      MenuItem open = new MenuItem(messages.text("explorer.open"), Ui.icon("fth-play"));
      open.setOnAction(
          event ->
              onOpenTable.accept(
                  node.connection(),
                  "SELECT * FROM " + ExplorerView.name(relation) + " LIMIT 200"));
      MenuItem show = new MenuItem(messages.text("explorer.show"), Ui.icon("fth-info"));
      show.setOnAction(event -> showTable(node.connection(), relation.ref()));
      MenuItem fill = new MenuItem(messages.text("explorer.import"), Ui.icon("fth-upload"));
      fill.setOnAction(
          event -> {
            tree.getSelectionModel().select(getTreeItem());
            onImport.run();
          });
      fill.setDisable(relation.isView());
      return new ContextMenu(open, show, fill);
    }

    private String compact(long rows) {
      if (rows < 10_000) {
        return messages.number(rows);
      }
      return rows < 1_000_000
          ? rows / 1000 + "k"
          : String.format(messages.locale(), "%.1fM", rows / 1e6);
    }

    private void column(HBox row, ExplorerNode.Column node) {
      String glyph =
          node.key() ? "fth-key" : node.reference().isPresent() ? "fth-link-2" : "fth-minus";
      Label name = Ui.label(node.column().name());
      name.setMinWidth(30);
      row.getChildren().addAll(Ui.icon(glyph, node.key() ? "key-icon" : "muted-icon"), name);
      node.governance()
          .filter(governance -> !governance.exempt())
          .ifPresent(governance -> row.getChildren().add(Ui.icon("fth-eye-off", "verdict-masked")));
      row.getChildren().add(Ui.label(node.column().type(), "muted", "small"));
      StringBuilder text = new StringBuilder(node.column().name() + "  ·  " + node.column().type());
      node.reference().ifPresent(target -> text.append("\n→ ").append(target));
      if (!node.column().comment().isEmpty()) {
        text.append('\n').append(node.column().comment());
      }
      node.governance().ifPresent(governance -> text.append('\n').append(words(governance)));
      Ui.hint(this, text.toString());
      setAccessibleText(text.toString());
    }

    private String words(ColumnGovernance governance) {
      String key = governance.exempt() ? "explorer.exempt" : "explorer.masked";
      return messages.text(key, governance.tag(), governance.algorithm())
          + " "
          + governance.whoMaySee();
    }
  }
}
