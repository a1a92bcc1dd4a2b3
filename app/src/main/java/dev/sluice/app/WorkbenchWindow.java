package dev.sluice.app;

import dev.sluice.app.approvals.InboxView;
import dev.sluice.app.approvals.InboxViewModel;
import dev.sluice.app.connections.DirectView;
import dev.sluice.app.connections.DirectViewModel;
import dev.sluice.app.editor.TabJournal;
import dev.sluice.app.explorer.ExplorerView;
import dev.sluice.app.explorer.ExplorerViewModel;
import dev.sluice.app.fx.Background;
import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.app.fx.UiExecutor;
import dev.sluice.app.results.imports.TableImports;
import dev.sluice.app.saved.SavedQueries;
import dev.sluice.app.saved.SavedView;
import dev.sluice.app.settings.SettingsView;
import dev.sluice.app.shell.CommandRegistry;
import dev.sluice.app.shell.ControlIds;
import dev.sluice.app.shell.Environment;
import dev.sluice.app.shell.Notifications;
import dev.sluice.app.shell.Preferences;
import dev.sluice.app.shell.Session;
import dev.sluice.app.shell.ShellView;
import dev.sluice.app.shell.Spans;
import dev.sluice.app.shell.Theme;
import dev.sluice.app.shell.WindowContext;
import dev.sluice.app.signin.FreshSignInView;
import dev.sluice.app.signin.FreshSignInViewModel;
import dev.sluice.app.signin.SignInView;
import dev.sluice.app.signin.SignInViewModel;
import dev.sluice.app.timeline.TimelineView;
import dev.sluice.app.timeline.TimelineViewModel;
import dev.sluice.gateway.workspace.SignIn;
import dev.sluice.gateway.workspace.Workspace;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;

/// One window: the sign-in card, then the workbench of one person. Its methods are called on the FX
/// thread, except [#awaitClosed()].
public final class WorkbenchWindow {

  /// A clock that is off by more than this is worth a word.
  private static final Duration CLOCK_OFF = Duration.ofSeconds(90);

  private final SignIn signIn;
  private final WorkbenchOptions options;
  private final Background background = Background.threads(UiExecutor.platform());
  private final Preferences preferences;
  private Runnable stopFollowing = () -> {};
  private final Messages messages;
  private final Stage stage = new Stage();
  private final StackPane layers = new StackPane();
  private final Scene scene;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Subscriptions subscriptions = new Subscriptions();
  private final FreshSignInViewModel freshSignIn;
  private final FreshSignInView freshSignInView;
  private Optional<Open> open = Optional.empty();
  private Optional<TableImports> tableImports = Optional.empty();

  /// What belongs to a signed-in session.
  private record Open(
      WindowContext context,
      ShellView shell,
      QueryTabs tabs,
      InboxViewModel inbox,
      TimelineViewModel timeline,
      Runnable detach,
      Optional<TabJournal> journal) {}

  WorkbenchWindow(SignIn signIn, WorkbenchOptions options) {
    this.signIn = signIn;
    this.options = options;
    preferences = Preferences.load(options.state(), options.locked());
    options
        .theme()
        .map(name -> name.toUpperCase(Locale.ROOT))
        .ifPresent(name -> preferences.themeProperty().set(Preferences.ThemeChoice.valueOf(name)));
    String language = preferences.languageProperty().get();
    messages = Messages.in(language.isEmpty() ? options.locale() : Locale.forLanguageTag(language));
    scene = new Scene(layers, options.width(), options.height());
    stage.setScene(scene);
    stage.setTitle("Sluice");
    stage.setMinWidth(760);
    stage.setMinHeight(480);
    stage.setOnHidden(event -> closed());
    freshSignIn = new FreshSignInViewModel(background, options.browser());
    freshSignInView =
        new FreshSignInView(
            freshSignIn,
            messages,
            asked -> open.ifPresent(present -> present.shell().root().setDisable(asked)));
    freshSignInView.attach();
  }

  WorkbenchWindow show() {
    applyTheme();
    preferences.themeProperty().addListener((observed, before, now) -> applyTheme());
    preferences.zoomProperty().addListener((observed, before, now) -> applyTheme());
    stopFollowing = Theme.onSystemChange(this::applyTheme);
    askToSignIn(options.notice());
    stage.show();
    return this;
  }

  public Stage stage() {
    return stage;
  }

  public Scene scene() {
    return scene;
  }

  /// The commands of the signed-in workbench; empty before sign-in.
  public Optional<CommandRegistry> commands() {
    return open.map(present -> present.context().commands());
  }

  /// The query tab that is shown; empty before sign-in.
  public Optional<QueryTab> activeTab() {
    return open.flatMap(present -> present.tabs().activeProperty().get());
  }

  public Optional<QueryTabs> tabs() {
    return open.map(Open::tabs);
  }

  public Optional<InboxViewModel> inbox() {
    return open.map(Open::inbox);
  }

  public Optional<TimelineViewModel> timeline() {
    return open.map(Open::timeline);
  }

  /// Shows `query`, `inbox`, `timeline` or `settings`.
  public void navigate(String screen) {
    open.ifPresent(present -> present.shell().show(screen));
  }

  /// Reads a file for the table that is chosen, as when it is dropped on the window.
  public void importFile(Path file) {
    tableImports.ifPresent(imports -> imports.open(file));
  }

  /// Whether the screen that was asked for is there as a whole: large ones come up in pieces.
  public boolean isSettled() {
    return open.map(present -> present.shell().isSettled() && present.tabs().isSettled())
        .orElse(true);
  }

  /// Hides popups and closes the window; what was written is kept.
  public void close() {
    for (Window window : java.util.List.copyOf(Window.getWindows())) {
      if (window instanceof javafx.stage.PopupWindow popup && popup.getOwnerWindow() == stage) {
        popup.hide();
      }
    }
    stage.close();
  }

  /// Waits, on any thread but the FX thread, until the person has closed the window.
  public void awaitClosed() throws InterruptedException {
    closed.await();
  }

  private void applyTheme() {
    Theme.apply(scene, preferences.themeProperty().get(), preferences.zoomProperty().get());
  }

  private void askToSignIn(String notice) {
    SignInView[] view = new SignInView[1];
    SignInViewModel model =
        new SignInViewModel(
            signIn,
            background,
            messages,
            options.browser(),
            workspace -> {
              view[0].detach();
              layers.getChildren().remove(view[0].root());
              signedIn(workspace);
            });
    String account =
        open.map(present -> present.context().session().me().principal().subject())
            .orElse(options.account());
    model.accountProperty().set(account);
    view[0] = new SignInView(model, messages, options.server(), notice);
    open.ifPresent(present -> present.shell().root().setDisable(true));
    layers.getChildren().add(view[0].root());
    view[0].attach();
  }

  private void signedIn(Workspace workspace) {
    workspace.onFreshSignInNeeded(freshSignIn);
    if (open.isPresent()) {
      open.get().shell().root().setDisable(false);
      open.get().context().session().replace(workspace);
      open.get().inbox().load();
      return;
    }
    CommandRegistry commands = new CommandRegistry(preferences.keys());
    Notifications notifications = new Notifications(this::callOutside);
    commands.onRefused(reason -> notifications.show(Notifications.Kind.INFORMATION, reason, ""));
    Session session = new Session(workspace, background);
    WindowContext context =
        new WindowContext(session, background, messages, commands, notifications, preferences);
    Path place = options.state().resolve("tabs").resolve(fileSafe(session.me().principal().key()));
    background.call(
        () -> journal(place),
        journal -> build(context, journal),
        problem -> build(context, Optional.empty()));
  }

  /// Whoever looks at the window needs no second notice.
  private void callOutside(String title, String message) {
    if (preferences.noticesProperty().get() && !isInFront()) {
      background.run(() -> options.notifier().show(title, message));
    }
  }

  /// Whether a person can be looking at it. FX thread.
  public boolean isInFront() {
    return stage.isFocused() && !stage.isIconified();
  }

  private static Optional<TabJournal> journal(Path place) {
    try {
      return Optional.of(TabJournal.open(place));
    } catch (IOException e) {
      System.getLogger(WorkbenchWindow.class.getName())
          .log(System.Logger.Level.WARNING, "Tabs cannot be kept on this disk.", e);
      return Optional.empty();
    }
  }

  private static String fileSafe(String key) {
    return key.replaceAll("[^A-Za-z0-9.-]", "_");
  }

  private void sayIfClockIsWrong(WindowContext context) {
    Duration behind = context.session().workspace().clockBehind();
    if (behind.abs().compareTo(CLOCK_OFF) > 0) {
      context
          .notifications()
          .show(
              Notifications.Kind.WARNING,
              messages.text(
                  behind.isNegative() ? "clock.ahead" : "clock.behind",
                  Spans.until(behind.abs(), messages)),
              messages.text("clock.way"));
    }
  }

  private void build(WindowContext context, Optional<TabJournal> journal) {
    Session session = context.session();
    Clock clock = session.clock();
    QueryTabs tabs = new QueryTabs(context, clock, journal);
    ExplorerViewModel explorer = new ExplorerViewModel(session, background, messages);
    InboxViewModel inbox = new InboxViewModel(session, background, messages);
    TimelineViewModel timeline =
        new TimelineViewModel(session, background, messages, ZoneId.systemDefault());
    ShellView shell = new ShellView(context);
    ExplorerView explorerView =
        new ExplorerView(
            explorer,
            messages,
            (connection, statement) -> tabs.open(connection, statement).runStatement());
    InboxView inboxView = new InboxView(inbox, messages, clock);
    TimelineView timelineView =
        new TimelineView(
            timeline,
            messages,
            (connection, statement) -> {
              shell.show("query");
              insert(tabs, connection, statement);
            });
    // Three panes fit a small window only when the middle one may give way.
    tabs.root().setMinWidth(0);
    SplitPane query = new SplitPane(explorerView.root(), tabs.root());
    query.setDividerPositions(0.22);
    SplitPane.setResizableWithParent(explorerView.root(), false);
    TableImports imports =
        new TableImports(
            context,
            () -> importPlace(explorer, explorerView),
            pane -> beside(query, pane),
            (connection, statement) -> {
              tabs.open(connection.context().name(), statement.text()).runStatement();
            });
    explorerView.onTablePane(
        pane -> {
          imports.close();
          beside(query, pane.map(Region.class::cast));
        });
    explorerView.onImport(imports::openChosen);
    tableImports = Optional.of(imports);
    imports.takeDropsOn(scene);
    ScriptFiles files = new ScriptFiles(context, tabs);
    files.takeDropsOn(scene);
    subscriptions.listen(
        stage.focusedProperty(),
        focused -> {
          if (focused) {
            tabs.checkFiles();
          }
        });
    WindowCommands all = new WindowCommands(context, tabs);
    all.registerFiles(files, () -> stage);
    all.registerImport(
        () -> {
          shell.show("query");
          imports.openChosen();
        });
    SavedView saved =
        new SavedView(
            context,
            new SavedQueries(options.state().resolve("queries")),
            (connection, text) -> {
              shell.show("query");
              tabs.open(connection, text);
            });
    all.registerSaved(
        shell::show,
        tab -> {
          shell.show("saved");
          saved.offer(
              tab.editor()
                  .connectionProperty()
                  .get()
                  .map(chosen -> chosen.context().name())
                  .orElse(""),
              tab.editor().textProperty().get());
        });
    all.register(
        shell::show,
        shell::openPalette,
        explorerView::focusSearch,
        this::signOut,
        explorerView::showTable);
    Parent settings = new SettingsView(context).root();
    shell.addScreen(
        "query",
        ControlIds.NAVIGATE_QUERY,
        "fth-terminal",
        messages.text("command.navigate.query"),
        query);
    shell.addScreen(
        "inbox",
        ControlIds.NAVIGATE_INBOX,
        "fth-inbox",
        messages.text("command.navigate.inbox"),
        inboxView.root());
    shell.addScreen(
        "timeline",
        ControlIds.NAVIGATE_TIMELINE,
        "fth-clock",
        messages.text("command.navigate.timeline"),
        timelineView.root());
    AgentScreen agents =
        new AgentScreen(
            context,
            shell,
            (connection, text) -> {
              shell.show("query");
              tabs.open(connection, text);
            });
    GovernanceScreens governance = new GovernanceScreens(context, shell);
    governance.addScreens(
        () -> {
          DirectViewModel direct =
              new DirectViewModel(session, background, messages, explorer::refresh);
          DirectView directView = new DirectView(direct, messages);
          directView.attach();
          if (session.workspace().direct().isPresent()
              && preferences.ownConnectionsForbiddenBy().isEmpty()) {
            shell.addScreen(
                "direct",
                "navigate-direct",
                "fth-link",
                messages.text("direct.title"),
                directView.root());
          }
          shell.addScreen(
              "saved",
              ControlIds.NAVIGATE_SAVED,
              "fth-bookmark",
              messages.text("command.navigate.saved"),
              saved.root());
          shell.addScreen(
              "settings",
              ControlIds.NAVIGATE_SETTINGS,
              "fth-settings",
              messages.text("command.navigate.settings"),
              settings);
          shell.onShown(
              screen -> {
                governance.shown(screen);
                agents.shown(screen);
                switch (screen) {
                  case "inbox" -> {
                    context.notifications().dismissLeadingTo(messages.text("toast.open-inbox"));
                    inbox.load();
                    inboxView.focus();
                  }
                  case "timeline" -> {
                    timeline.load();
                    timelineView.focus();
                  }
                  case "direct" -> direct.load();
                  case "saved" -> {
                    saved.load();
                    saved.focus();
                  }
                  case "query" ->
                      tabs.activeProperty().get().ifPresent(tab -> tab.editorView().focus());
                  default -> {
                    // The other screens need nothing when they come up.
                  }
                }
              });
          Runnable detach =
              () -> {
                subscriptions.clear();
                explorerView.detach();
                inboxView.detach();
                timelineView.detach();
                governance.detach();
                directView.detach();
                agents.detach();
                shell.detach();
              };
          open = Optional.of(new Open(context, shell, tabs, inbox, timeline, detach, journal));
          sayIfClockIsWrong(context);
          subscriptions.bind(inbox.waitingProperty(), count -> shell.badge(count.intValue()));
          subscriptions.listen(explorer.connectionsProperty(), tabs::connections);
          Subscriptions ofTab = new Subscriptions();
          subscriptions.bind(
              tabs.activeProperty(),
              tab -> {
                ofTab.clear();
                tab.ifPresent(shown -> follow(shown, shell, ofTab));
              });
          subscriptions.add(ofTab::clear);
          subscriptions.add(new RequestNews(context, shell, inbox).follow());
          shell.comeUp(
              () -> {
                layers.getChildren().addFirst(shell.root());
                layers.getChildren().add(freshSignInView.root());
              },
              () -> {
                if (open.filter(present -> present.shell() == shell).isEmpty()) {
                  return;
                }
                shell.attach(scene, () -> askToSignIn(messages.text("session.ended.notice")));
                if (journal.isEmpty()) {
                  context
                      .notifications()
                      .show(
                          Notifications.Kind.WARNING,
                          messages.text("journal.failed"),
                          messages.text("journal.failed.detail"));
                }
                shell.show("query");
                inboxView.attach();
                timelineView.attach();
                explorerView.attach();
                tabs.restore(() -> files.open(options.files()));
              });
        });
  }

  private static Optional<TableImports.Place> importPlace(
      ExplorerViewModel explorer, ExplorerView view) {
    return view.chosen()
        .flatMap(
            chosen ->
                explorer.connectionsProperty().get().stream()
                    .filter(each -> each.context().name().equals(chosen.connection()))
                    .findFirst()
                    .map(each -> new TableImports.Place(each, chosen.relation())));
  }

  /// Shows a pane at the right of the query in place of the one before, or takes it away.
  private static void beside(SplitPane query, Optional<Region> pane) {
    double first = query.getDividerPositions()[0];
    if (query.getItems().size() > 2) {
      if (pane.isPresent() && query.getItems().get(2) == pane.get()) {
        return;
      }
      query.getItems().remove(2);
    }
    if (pane.isPresent()) {
      query.getItems().add(pane.get());
      double wide = query.getWidth() > 0 ? pane.get().prefWidth(-1) / query.getWidth() : 0.32;
      query.setDividerPositions(first, 1 - Math.clamp(wide, 0.3, 0.345));
    }
  }

  private static void insert(QueryTabs tabs, String connection, String statement) {
    boolean sameConnection =
        tabs.activeProperty()
            .get()
            .flatMap(tab -> tab.editor().connectionProperty().get())
            .map(chosen -> chosen.context().name().equals(connection))
            .orElse(false);
    if (sameConnection) {
      tabs.activeProperty().get().ifPresent(tab -> tab.editorView().insert(statement));
    } else {
      tabs.open(connection, statement);
    }
  }

  private void follow(QueryTab tab, ShellView shell, Subscriptions ofTab) {
    ofTab.bind(
        tab.editor().connectionProperty(),
        connection -> {
          shell.target(connection);
          stage.setTitle(titleFor(tab, connection));
        });
    ofTab.bind(
        tab.results().shownProperty(),
        result -> {
          shell.status(result.map(found -> found.stateText()).orElse(""));
          result.ifPresent(
              found ->
                  ofTab.listen(found.phaseProperty(), phase -> shell.status(found.stateText())));
        });
  }

  private static String titleFor(QueryTab tab, Optional<WorkspaceConnection> connection) {
    return connection
        .map(
            chosen ->
                "["
                    + Environment.wordFor(chosen.context().environment())
                    + "] "
                    + chosen.context().name()
                    + " – "
                    + tab.titleProperty().get()
                    + " – Sluice")
        .orElse("Sluice");
  }

  /// Ends the provider's own session too. Without a browser on this machine there is none to end.
  private void signOutInBrowser(URI page) {
    if (!options.browser().test(page)) {
      System.getLogger(WorkbenchWindow.class.getName())
          .log(System.Logger.Level.INFO, "No browser could be started to sign out there.");
    }
  }

  private void signOut() {
    Optional<URI> browserPage =
        open.flatMap(present -> present.context().session().workspace().browserSignOut());
    end();
    browserPage.ifPresent(page -> background.run(() -> signOutInBrowser(page)));
    layers.getChildren().clear();
    stage.setTitle("Sluice");
    askToSignIn(options.notice());
  }

  private void end() {
    freshSignIn.cancel();
    open.ifPresent(
        present -> {
          present.tabs().flush();
          present.detach().run();
          present.tabs().closeAll();
          present.inbox().close();
          present.timeline().close();
          present.context().session().close();
          present
              .journal()
              .ifPresent(
                  journal -> {
                    try {
                      journal.close();
                    } catch (IOException e) {
                      System.getLogger(WorkbenchWindow.class.getName())
                          .log(
                              System.Logger.Level.WARNING,
                              "The place of the tabs stays locked.",
                              e);
                    }
                  });
        });
    open = Optional.empty();
  }

  private void closed() {
    stopFollowing.run();
    end();
    freshSignInView.detach();
    background.close();
    closed.countDown();
  }
}
