package dev.sluice.app.explorer;

import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Problems;
import dev.sluice.app.shell.Session;
import dev.sluice.gateway.workspace.ColumnGovernance;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.catalog.CatalogColumn;
import dev.sluice.governance.catalog.CatalogSnapshot;
import dev.sluice.governance.catalog.ColumnRef;
import dev.sluice.governance.catalog.ForeignKey;
import dev.sluice.governance.catalog.Relation;
import dev.sluice.governance.catalog.TableRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Connections grouped by environment and what is in them. A connection is read when it is opened
/// for the first time; the search looks through what was read.
public final class ExplorerViewModel {

  private static final int FOUND_LIMIT = 500;

  private final Session session;
  private final Background background;
  private final Messages messages;
  private final StringProperty search = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<List<WorkspaceConnection>> connections =
      new ReadOnlyObjectWrapper<>(List.of());

  /// Counts changes of what is known, so that the view draws anew.
  private final ReadOnlyObjectWrapper<Long> revision = new ReadOnlyObjectWrapper<>(0L);

  private final Map<String, Loaded> loaded = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();

  private record Loaded(CatalogSnapshot catalog, Map<ColumnRef, ColumnGovernance> governance) {}

  public ExplorerViewModel(Session session, Background background, Messages messages) {
    this.session = session;
    this.background = background;
    this.messages = messages;
    search.addListener((observed, before, now) -> changed());
  }

  public StringProperty searchProperty() {
    return search;
  }

  public ReadOnlyObjectProperty<List<WorkspaceConnection>> connectionsProperty() {
    return connections.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Long> revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /// Reads the list of connections.
  public void load() {
    background.call(
        () -> session.workspace().connections(),
        found -> {
          connections.set(List.copyOf(found));
          problems.remove("");
          changed();
        },
        problem -> {
          problems.put("", Problems.wordsAndWayOut(problem));
          changed();
        });
  }

  /// Reads one connection's catalog, anew when `refresh`.
  public void open(String connection, boolean refresh) {
    if (loaded.containsKey(connection) && !refresh) {
      return;
    }
    problems.remove(connection);
    background.call(
        () -> {
          Map<ColumnRef, ColumnGovernance> governance = new HashMap<>();
          session
              .workspace()
              .columnGovernance(connection)
              .forEach(column -> governance.put(column.column(), column));
          return new Loaded(session.workspace().catalog(connection, refresh), governance);
        },
        read -> {
          loaded.put(connection, read);
          changed();
        },
        problem -> {
          problems.put(connection, Problems.wordsAndWayOut(problem));
          changed();
        });
  }

  /// What is known about a table of a connection that was opened.
  Optional<TableDetails> details(String connection, TableRef ref) {
    Loaded read = loaded.get(connection);
    return read == null
        ? Optional.empty()
        : read.catalog()
            .find(ref)
            .map(
                relation ->
                    new TableDetails(connection, relation, read.catalog(), read.governance()));
  }

  /// Reads everything that was opened anew.
  public void refresh() {
    load();
    List.copyOf(loaded.keySet()).forEach(connection -> open(connection, true));
  }

  /// Whether the tree shows hits of a search and is to be open.
  boolean searching() {
    return !search.get().isBlank();
  }

  List<ExplorerNode> children(ExplorerNode parent) {
    return switch (parent) {
      case ExplorerNode.Root root -> groups();
      case ExplorerNode.Group group -> inGroup(group.environment());
      case ExplorerNode.Connection connection -> inConnection(connection.label());
      case ExplorerNode.Schema schema -> tables(schema.connection(), schema.name());
      case ExplorerNode.Table table -> columns(table);
      case ExplorerNode.Column column -> List.of();
      case ExplorerNode.Note note -> List.of();
    };
  }

  private List<ExplorerNode> groups() {
    String problem = problems.get("");
    if (problem != null) {
      return List.of(new ExplorerNode.Note(problem, true));
    }
    Map<String, List<WorkspaceConnection>> byEnvironment = new LinkedHashMap<>();
    connections
        .get()
        .forEach(
            connection ->
                byEnvironment
                    .computeIfAbsent(connection.context().environment(), key -> new ArrayList<>())
                    .add(connection));
    return byEnvironment.keySet().stream().<ExplorerNode>map(ExplorerNode.Group::new).toList();
  }

  private List<ExplorerNode> inGroup(String environment) {
    return connections.get().stream()
        .filter(connection -> connection.context().environment().equals(environment))
        .<ExplorerNode>map(ExplorerNode.Connection::new)
        .toList();
  }

  private List<ExplorerNode> inConnection(String connection) {
    String problem = problems.get(connection);
    if (problem != null) {
      return List.of(new ExplorerNode.Note(problem, true));
    }
    Loaded read = loaded.get(connection);
    if (read == null) {
      return List.of(new ExplorerNode.Note(messages.text("explorer.reading"), false));
    }
    List<String> schemas =
        read.catalog().relations().stream()
            .filter(this::matches)
            .map(relation -> relation.ref().schema())
            .distinct()
            .sorted(
                Comparator.comparing(
                        (String schema) -> !read.catalog().searchPath().contains(schema))
                    .thenComparing(schema -> schema))
            .toList();
    if (schemas.equals(List.of(""))) {
      return tables(connection, "");
    }
    if (schemas.isEmpty()) {
      String key = searching() ? "explorer.nothing.found" : "explorer.nothing";
      return List.of(new ExplorerNode.Note(messages.text(key), false));
    }
    return schemas.stream()
        .<ExplorerNode>map(schema -> new ExplorerNode.Schema(connection, schema))
        .toList();
  }

  private List<ExplorerNode> tables(String connection, String schema) {
    Loaded read = loaded.get(connection);
    if (read == null) {
      return List.of();
    }
    return read.catalog().relations().stream()
        .filter(relation -> relation.ref().schema().equals(schema))
        .filter(this::matches)
        .sorted(Comparator.comparing(Relation::isView).thenComparing(Relation::ref))
        .limit(searching() ? FOUND_LIMIT : Long.MAX_VALUE)
        .<ExplorerNode>map(relation -> new ExplorerNode.Table(connection, relation))
        .toList();
  }

  private List<ExplorerNode> columns(ExplorerNode.Table table) {
    Relation relation = table.relation();
    Loaded read = loaded.get(table.connection());
    List<ExplorerNode> columns = new ArrayList<>();
    for (CatalogColumn column : relation.columns()) {
      Optional<ColumnGovernance> governance =
          read == null
              ? Optional.empty()
              : Optional.ofNullable(
                  read.governance().get(new ColumnRef(relation.ref(), column.name())));
      columns.add(
          new ExplorerNode.Column(
              table.connection(),
              relation,
              column,
              relation.primaryKey().contains(column.name()),
              reference(relation, column.name()),
              governance));
    }
    return columns;
  }

  private static Optional<String> reference(Relation relation, String column) {
    for (ForeignKey key : relation.foreignKeys()) {
      int at = key.columns().indexOf(column);
      if (at >= 0) {
        return Optional.of(key.target().dotted() + "." + key.targetColumns().get(at));
      }
    }
    return Optional.empty();
  }

  private boolean matches(Relation relation) {
    String wanted = search.get().strip().toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        || relation.ref().dotted().toLowerCase(Locale.ROOT).contains(wanted)
        || relation.columns().stream()
            .anyMatch(column -> column.name().toLowerCase(Locale.ROOT).contains(wanted));
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }
}
