package dev.sluice.app;

import dev.sluice.app.editor.SqlFile;
import dev.sluice.app.editor.TabJournal;
import dev.sluice.app.editor.TabJournal.SavedTab;
import dev.sluice.app.fx.Debounce;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Pieces;
import dev.sluice.app.results.ResultCache;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Ui;
import dev.sluice.app.shell.WindowContext;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.approval.ApprovalState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;

/// The open query tabs and their strip. What is written in them is on disk within half a second.
public final class QueryTabs {

  private static final Duration JOURNAL_AFTER = Duration.ofMillis(300);
  private static final int REOPENABLE = 20;

  private final WindowContext context;
  private final Messages messages;
  private final Clock clock;
  private final Optional<TabJournal> journal;
  private volatile Optional<ResultCache> cache = Optional.empty();
  private final ObservableList<WorkspaceConnection> connections =
      FXCollections.observableArrayList();
  private final List<QueryTab> tabs = new ArrayList<>();
  private final Map<QueryTab, HBox> heads = new HashMap<>();
  private final Deque<SavedTab> closed = new ArrayDeque<>();
  private final ReadOnlyObjectWrapper<Optional<QueryTab>> active =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final HBox strip = new HBox(2);
  private final BorderPane root = new BorderPane();
  private final Set<QueryTab> unseen = new HashSet<>();
  private int counter;
  private int comingUp;

  QueryTabs(WindowContext context, Clock clock, Optional<TabJournal> journal) {
    this.context = context;
    this.messages = context.messages();
    this.clock = clock;
    this.journal = journal;
    strip.setId(ControlIds.TAB_STRIP);
    strip.getStyleClass().add("tab-strip");
    strip.setAlignment(Pos.CENTER_LEFT);
    Button add =
        Ui.iconButton(
            ControlIds.TAB_NEW,
            "fth-plus",
            messages.text("tab.new") + "  " + Ui.keyWords("Shortcut+T"),
            () -> context.commands().execute("tab.new"));
    ScrollPane scroll = new ScrollPane(strip);
    scroll.setFitToHeight(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().addAll("edge-to-edge", "tab-scroll");
    HBox bar = new HBox(4, scroll, add);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().add("tab-bar");
    root.setTop(bar);
  }

  BorderPane root() {
    return root;
  }

  public ReadOnlyObjectProperty<Optional<QueryTab>> activeProperty() {
    return active.getReadOnlyProperty();
  }

  public List<QueryTab> all() {
    return List.copyOf(tabs);
  }

  void connections(List<WorkspaceConnection> known) {
    connections.setAll(known);
  }

  /// Brings back what was open, or opens an empty tab. Nothing is run.
  ///
  /// @param then called when they are there
  void restore(Runnable then) {
    if (journal.isEmpty()) {
      open();
      then.run();
      return;
    }
    context
        .background()
        .call(
            () -> {
              cache = cache(journal.get());
              return read(journal.get());
            },
            saved -> {
              saved.forEach(this::reopen);
              if (tabs.isEmpty()) {
                open();
              } else {
                show(tabs.getFirst());
              }
              then.run();
            },
            problem -> {
              open();
              then.run();
            });
  }

  private static Optional<ResultCache> cache(TabJournal journal) {
    try {
      return Optional.of(ResultCache.open(journal.directory()));
    } catch (IOException e) {
      System.getLogger(QueryTabs.class.getName())
          .log(System.Logger.Level.WARNING, "Results cannot be kept on this disk.");
      return Optional.empty();
    }
  }

  private static List<SavedTab> read(TabJournal journal) {
    try {
      return journal.read();
    } catch (IOException e) {
      return List.of();
    }
  }

  /// Whether no tab is still coming up in pieces.
  boolean isSettled() {
    return comingUp == 0;
  }

  QueryTab open() {
    counter++;
    QueryTab tab = tab(UUID.randomUUID().toString(), messages.text("tab.name", counter));
    tab.connect("");
    active
        .get()
        .flatMap(shown -> shown.editor().connectionProperty().get())
        .ifPresent(connection -> tab.connect(connection.context().name()));
    show(tab);
    return tab;
  }

  /// A new tab with a statement in it, on a connection.
  QueryTab open(String connection, String text) {
    QueryTab tab = open();
    tab.connect(connection);
    tab.editor().textProperty().set(text);
    tab.editor().caretProperty().set(text.length());
    show(tab);
    return tab;
  }

  /// A tab for a file; an empty tab without one makes room for it.
  QueryTab open(SqlFile file, String text) {
    Optional<QueryTab> idle =
        active
            .get()
            .filter(tab -> tab.file().path().isEmpty())
            .filter(tab -> tab.editor().textProperty().get().isBlank());
    QueryTab tab = idle.orElseGet(this::open);
    tab.file().opened(file, text);
    tab.editor().textProperty().set(text);
    tab.editor().caretProperty().set(0);
    show(tab);
    return tab;
  }

  /// Looks after the files of all tabs: the person was elsewhere.
  void checkFiles() {
    tabs.forEach(tab -> tab.file().check());
  }

  void reopenLast() {
    SavedTab last = closed.poll();
    if (last != null) {
      reopen(last);
      show(tabs.getLast());
    }
  }

  private void reopen(SavedTab saved) {
    counter++;
    String name = saved.title().isBlank() ? messages.text("tab.name", counter) : saved.title();
    tab(saved.id(), name).restore(saved);
  }

  private QueryTab tab(String id, String name) {
    QueryTab tab = new QueryTab(id, name, context, connections, clock, this::open);
    tabs.add(tab);
    unseen.add(tab);
    HBox head = head(tab);
    heads.put(tab, head);
    strip.getChildren().add(head);
    cache.ifPresent(tab::keepResults);
    Debounce writing = new Debounce(context.background(), JOURNAL_AFTER);
    tab.editor().textProperty().addListener((observed, before, now) -> keep(tab, writing));
    tab.editor().connectionProperty().addListener((observed, before, now) -> keep(tab, writing));
    tab.editor()
        .parameterChangesProperty()
        .addListener((observed, before, now) -> keep(tab, writing));
    tab.editor().caretProperty().addListener((observed, before, now) -> keep(tab, writing));
    tab.titleProperty().addListener((observed, before, now) -> keep(tab, writing));
    return tab;
  }

  private void keep(QueryTab tab, Debounce writing) {
    if (journal.isEmpty() || !tabs.contains(tab)) {
      return;
    }
    int order = tabs.indexOf(tab);
    writing.request(
        () ->
            context
                .background()
                .deliver(
                    () -> {
                      if (tabs.contains(tab)) {
                        write(tab.saved(order));
                      }
                    }));
  }

  private void write(SavedTab saved) {
    context
        .background()
        .run(
            () -> {
              try {
                journal.orElseThrow().write(saved);
              } catch (IOException e) {
                context
                    .background()
                    .deliver(
                        () ->
                            context
                                .notifications()
                                .show(
                                    Notifications.Kind.WARNING,
                                    messages.text("journal.failed"),
                                    messages.text("journal.failed.detail")));
              }
            });
  }

  /// Writes all tabs down at once, on the caller's thread: the window is closing.
  void flush() {
    journal.ifPresent(
        open -> {
          for (int i = 0; i < tabs.size(); i++) {
            try {
              open.write(tabs.get(i).saved(i));
            } catch (IOException e) {
              System.getLogger(QueryTabs.class.getName())
                  .log(System.Logger.Level.WARNING, "A tab could not be kept.", e);
            }
          }
        });
  }

  void show(QueryTab tab) {
    active.get().ifPresent(QueryTab::detach);
    active.set(Optional.of(tab));
    boolean fresh = unseen.remove(tab);
    // The editor is there at once, whoever goes on typing; what is around it comes frame by frame.
    Optional<Pieces> parts =
        fresh ? Optional.of(Pieces.around(tab.root(), tab.editorView().root())) : Optional.empty();
    root.setCenter(tab.root());
    tab.attach();
    tab.editorView().focus();
    parts.ifPresent(
        apart -> {
          comingUp++;
          apart.together(() -> comingUp--);
        });
    heads.forEach(
        (other, head) ->
            head.pseudoClassStateChanged(
                javafx.css.PseudoClass.getPseudoClass("selected"), other == tab));
  }

  void step(int by) {
    active
        .get()
        .ifPresent(tab -> show(tabs.get(Math.floorMod(tabs.indexOf(tab) + by, tabs.size()))));
  }

  void closeActive() {
    active.get().ifPresent(this::close);
  }

  private void close(QueryTab tab) {
    int at = tabs.indexOf(tab);
    closed.push(tab.saved(at));
    while (closed.size() > REOPENABLE) {
      closed.removeLast();
    }
    tab.detach();
    tab.close();
    tabs.remove(tab);
    unseen.remove(tab);
    strip.getChildren().remove(heads.remove(tab));
    context
        .background()
        .run(
            () ->
                journal.ifPresent(
                    open -> {
                      try {
                        open.remove(tab.id());
                        if (cache.isPresent()) {
                          cache.get().remove(tab.id());
                        }
                      } catch (IOException e) {
                        System.getLogger(QueryTabs.class.getName())
                            .log(System.Logger.Level.WARNING, "A closed tab stays on disk.", e);
                      }
                    }));
    if (active.get().filter(shown -> shown == tab).isPresent()) {
      active.set(Optional.empty());
      if (tabs.isEmpty()) {
        open();
      } else {
        show(tabs.get(Math.clamp(at, 0, tabs.size() - 1)));
      }
    }
  }

  void closeAll() {
    active.get().ifPresent(QueryTab::detach);
    tabs.forEach(QueryTab::close);
    cache.ifPresent(
        kept -> {
          try {
            kept.close();
          } catch (IOException e) {
            System.getLogger(QueryTabs.class.getName())
                .log(System.Logger.Level.WARNING, "Kept results stay on disk.", e);
          }
        });
  }

  private HBox head(QueryTab tab) {
    ToggleButton name = new ToggleButton();
    name.getStyleClass().add("tab-name");
    name.textProperty().bind(tab.titleProperty());
    name.setOnAction(event -> show(tab));
    name.setOnMouseClicked(
        event -> {
          if (event.getButton() == MouseButton.MIDDLE) {
            close(tab);
          }
        });
    var state = Ui.label("", "tab-state");
    Ui.shown(state, false);
    tab.request()
        .requestProperty()
        .addListener(
            (observed, before, now) -> {
              ApprovalState known = now.map(item -> item.state()).orElse(ApprovalState.CANCELLED);
              boolean shown = known == ApprovalState.PENDING || known == ApprovalState.APPROVED;
              state.setText(
                  messages.text(known == ApprovalState.PENDING ? "tab.waiting" : "tab.approved"));
              state
                  .getStyleClass()
                  .setAll(
                      "tab-state", known == ApprovalState.PENDING ? "tab-waiting" : "tab-approved");
              Ui.shown(state, shown);
            });
    Button close =
        Ui.iconButton("tab-close", "fth-x", messages.text("tab.close"), () -> close(tab));
    close.getStyleClass().add("tab-close");
    close.setFocusTraversable(false);
    HBox head = new HBox(2, name, state, close);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("tab-head");
    head.setOnMouseClicked(event -> show(tab));
    return head;
  }
}
