package dev.sluice.app.shell;

import dev.sluice.app.fx.Messages;
import dev.sluice.app.fx.Pieces;
import dev.sluice.app.fx.Subscriptions;
import dev.sluice.gateway.workspace.WorkspaceConnection;
import dev.sluice.governance.identity.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.event.EventHandler;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// The frame of the window: edge in the environment's colour, header, navigation rail, the screen
/// that is shown, status bar, notifications, palette.
public final class ShellView {

  private final WindowContext context;
  private final Messages messages;
  private final StackPane root = new StackPane();
  private final Region edge = new Region();
  private final VBox rail = new VBox(4);
  private final ToggleGroup navigation = new ToggleGroup();
  private final StackPane content = new StackPane();
  private final StatusBar statusBar;
  private final Palette palette;
  private final HBox sessionBanner = new HBox(10);
  private final FreezeBanner freezeBanner;
  private final AwayBanner awayBanner;
  private final Label badge = Ui.label("", "badge");
  private final Map<String, Node> screens = new LinkedHashMap<>();
  private final Map<String, ToggleButton> buttons = new LinkedHashMap<>();
  private final Map<String, Pieces> pieces = new HashMap<>();
  private final Subscriptions subscriptions = new Subscriptions();
  private final VBox top = new VBox();
  private Consumer<String> onShown = screen -> {};
  private String shown = "";
  private int comingUp;

  public ShellView(WindowContext context) {
    this.context = context;
    this.messages = context.messages();
    statusBar = new StatusBar(messages);
    palette = new Palette(context.commands(), messages);
    edge.getStyleClass().add("env-edge");
    rail.getStyleClass().add("rail");
    rail.setAlignment(Pos.TOP_CENTER);
    badge.setId(ControlIds.INBOX_BADGE);
    Ui.shown(badge, false);
    sessionBanner.setId(ControlIds.SESSION_BANNER);
    sessionBanner.getStyleClass().add("session-banner");
    sessionBanner.setAlignment(Pos.CENTER_LEFT);
    Ui.shown(sessionBanner, false);
    awayBanner = new AwayBanner(messages);
    freezeBanner =
        new FreezeBanner(context.session().freezesProperty(), context.session().clock(), messages);
    top.getChildren().addAll(edge, header(), sessionBanner, freezeBanner, awayBanner);
    BorderPane frame = new BorderPane(content, top, null, statusBar, rail);
    // A screen too wide for a small window is cut where it ends, and moves nothing else.
    content.setMinWidth(0);
    content.setAlignment(Pos.TOP_LEFT);
    Toasts toasts = new Toasts(context.notifications(), messages);
    toasts.setMaxHeight(Region.USE_PREF_SIZE);
    StackPane.setAlignment(toasts, Pos.BOTTOM_RIGHT);
    root.getStyleClass().add("workbench");
    root.getChildren().addAll(frame, toasts, palette);
  }

  public StackPane root() {
    return root;
  }

  /// Adds a screen with its button in the rail.
  public void addScreen(String id, String buttonId, String icon, String title, Node screen) {
    ToggleButton button = new ToggleButton("", Ui.icon(icon));
    button.setId(buttonId);
    button.getStyleClass().add("rail-button");
    button.setToggleGroup(navigation);
    button.setAccessibleText(title);
    Ui.hint(button, title);
    button.setOnAction(event -> show(id));
    StackPane cell = new StackPane(button);
    if (buttonId.equals(ControlIds.NAVIGATE_INBOX)) {
      StackPane.setAlignment(badge, Pos.TOP_RIGHT);
      badge.setMouseTransparent(true);
      cell.getChildren().add(badge);
    }
    if (buttonId.equals(ControlIds.NAVIGATE_SETTINGS)) {
      Region spring = new Region();
      VBox.setVgrow(spring, Priority.ALWAYS);
      rail.getChildren().add(spring);
    }
    rail.getChildren().add(cell);
    screens.put(id, screen);
    if (screen instanceof Parent whole) {
      pieces.put(id, Pieces.of(whole));
    }
    buttons.put(id, button);
  }

  /// Shows a screen that was added; unknown ids change nothing.
  public void show(String id) {
    Node screen = screens.get(id);
    ToggleButton button = buttons.get(id);
    if (screen == null || button == null) {
      return;
    }
    button.setSelected(true);
    if (!id.equals(shown)) {
      shown = id;
      awayBanner.show(id, content);
      content.getChildren().setAll(screen);
      Pieces parts = pieces.remove(id);
      if (parts == null) {
        onShown.accept(id);
      } else {
        comingUp++;
        parts.together(
            () -> {
              comingUp--;
              if (shown.equals(id)) {
                onShown.accept(id);
              }
            });
      }
    }
  }

  /// Shows the frame, which is in no scene yet, in pieces.
  ///
  /// @param show puts it where it is to be
  /// @param then called when it is there as a whole
  public void comeUp(Runnable show, Runnable then) {
    comingUp++;
    Pieces parts = Pieces.of(root);
    show.run();
    parts.together(
        () -> {
          comingUp--;
          then.run();
        });
  }

  /// Whether no screen is still coming up in pieces.
  public boolean isSettled() {
    return comingUp == 0;
  }

  public String shown() {
    return shown;
  }

  /// Called with the id of each screen that comes up.
  public void onShown(Consumer<String> listener) {
    onShown = listener;
  }

  /// Colours the window for a connection.
  public void target(Optional<WorkspaceConnection> connection) {
    // Only what carries the colour is told: a class on the root restyles the whole window.
    List<String> classes = new ArrayList<>(List.of("env-edge"));
    connection.ifPresent(
        chosen -> classes.add(Environment.of(chosen.context().environment()).styleClass()));
    edge.getStyleClass().setAll(classes);
    statusBar.target(connection);
  }

  public void status(String text) {
    statusBar.run(text);
  }

  /// The number on the inbox button, 0 for none.
  public void badge(int waiting) {
    badge.setText(waiting > 99 ? "99+" : String.valueOf(waiting));
    Ui.shown(badge, waiting > 0);
  }

  public void openPalette() {
    palette.open();
  }

  /// Starts to listen to the session and to the keys of all commands.
  public void attach(Scene scene, Runnable signInAgain) {
    freezeBanner.attach(subscriptions);
    Session session = context.session();
    subscriptions.bind(session.onlineProperty(), this::link);
    subscriptions.bind(
        session.policyProperty(),
        status -> {
          statusBar.policy(status, now());
          statusBar.link(session.onlineProperty().get(), status);
        });
    Timeline minutes =
        new Timeline(
            new KeyFrame(
                Duration.seconds(30),
                event -> statusBar.policy(session.policyProperty().get(), now())));
    minutes.setCycleCount(Animation.INDEFINITE);
    minutes.play();
    subscriptions.add(minutes::stop);
    subscriptions.bind(session.endedProperty(), reason -> ended(reason, signInAgain));
    EventHandler<KeyEvent> keys = this::key;
    scene.addEventFilter(KeyEvent.KEY_PRESSED, keys);
    subscriptions.add(() -> scene.removeEventFilter(KeyEvent.KEY_PRESSED, keys));
  }

  private Instant now() {
    return context.session().clock().instant();
  }

  /// What a screen shows is read anew when the server is there again.
  private void link(boolean online) {
    statusBar.link(online, context.session().policyProperty().get());
    boolean back = awayBanner.link(online);
    awayBanner.show(shown, content);
    if (back) {
      onShown.accept(shown);
    }
  }

  public void detach() {
    subscriptions.clear();
  }

  private void ended(String reason, Runnable signInAgain) {
    sessionBanner.getChildren().clear();
    if (!reason.isEmpty()) {
      Button again =
          Ui.button("sign-in-again", messages.text("session.again"), "fth-log-in", signInAgain);
      again.getStyleClass().add("small");
      sessionBanner
          .getChildren()
          .addAll(
              Ui.icon("fth-alert-circle", "verdict-ask"),
              Ui.label(messages.text("session.ended", reason)),
              Ui.spacer(),
              again);
    }
    Ui.shown(sessionBanner, !reason.isEmpty());
  }

  private void key(KeyEvent event) {
    if (palette.isVisible() || root.isDisabled()) {
      return;
    }
    for (Command command : context.commands().all()) {
      for (String key : command.keys()) {
        if (KeyCombination.valueOf(key).match(event)) {
          // A plain key such as Esc is left to the controls when the command has nothing to do.
          if (command.enabled() || event.isShortcutDown()) {
            context.commands().execute(command.id());
            event.consume();
          }
          return;
        }
      }
    }
  }

  private HBox header() {
    HBox brand =
        new HBox(8, Ui.icon("fth-sliders", "brand-icon-small"), Ui.label("Sluice", "brand-small"));
    brand.setAlignment(Pos.CENTER_LEFT);
    Button search =
        Ui.button(
            ControlIds.PALETTE_OPEN, messages.text("palette.open"), "fth-search", palette::open);
    search.getStyleClass().addAll("palette-button");
    search.setAlignment(Pos.CENTER_LEFT);
    search.setPrefWidth(380);
    search.setMinWidth(120);
    Label key = Ui.label(Ui.keyWords("Shortcut+Shift+P"), "key-cap");
    StackPane searchPane = new StackPane(search, key);
    StackPane.setAlignment(key, Pos.CENTER_RIGHT);
    key.setMouseTransparent(true);
    key.setTranslateX(-8);
    searchPane.setMaxWidth(380);
    Principal me = context.session().me().principal();
    Label initials = Ui.label(initials(me.displayName()), "avatar");
    VBox words =
        new VBox(Ui.label(me.displayName(), "strong"), Ui.label(roles(me), "muted", "small"));
    words.setAlignment(Pos.CENTER_LEFT);
    HBox chip = new HBox(8, initials, words);
    chip.setId(ControlIds.IDENTITY_CHIP);
    chip.setAlignment(Pos.CENTER_LEFT);
    chip.setMinWidth(Region.USE_PREF_SIZE);
    chip.setAccessibleText(messages.text("identity", me.displayName(), roles(me)));
    Ui.hint(
        chip,
        messages.text(
            "identity.detail", me.displayName(), roles(me), String.join(", ", me.groups())));
    Button theme =
        Ui.iconButton(
            ControlIds.THEME_TOGGLE,
            "fth-moon",
            messages.text("theme.toggle"),
            () -> context.commands().execute("theme.toggle"));
    HBox header = new HBox(14, brand, Ui.spacer(), searchPane, Ui.spacer(), theme, chip);
    header.getStyleClass().add("window-header");
    header.setAlignment(Pos.CENTER_LEFT);
    return header;
  }

  private static String roles(Principal me) {
    return String.join(", ", me.groups().isEmpty() ? me.roles() : me.groups());
  }

  private static String initials(String name) {
    StringBuilder letters = new StringBuilder();
    for (String part : name.strip().split("[\\s.@_-]+")) {
      if (!part.isEmpty() && letters.length() < 2) {
        letters.append(part.charAt(0));
      }
    }
    return letters.toString().toUpperCase(Locale.ROOT);
  }
}
