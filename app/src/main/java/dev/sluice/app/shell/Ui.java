package dev.sluice.app.shell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Small makers of controls that look and read alike on every screen.
public final class Ui {

  private static final Object HINT = "sluice-hint";
  private static final Object HINT_SHOWN = "sluice-hint-shown";

  private static final Map<String, Ikon> ICONS = new ConcurrentHashMap<>();

  private Ui() {}

  public static FontIcon icon(String literal, String... styleClasses) {
    // To find one by its name goes through all of them; a screen has hundreds.
    FontIcon icon =
        new FontIcon(ICONS.computeIfAbsent(literal, name -> new FontIcon(name).getIconCode()));
    icon.getStyleClass().addAll(styleClasses);
    return icon;
  }

  public static Label label(String text, String... styleClasses) {
    Label label = new Label(text);
    label.getStyleClass().addAll(styleClasses);
    return label;
  }

  /// A label that is shown whole where there is any room for it at all.
  public static Label whole(String text, String... styleClasses) {
    Label label = label(text, styleClasses);
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  /// A label that breaks its lines and is never cut.
  public static Label paragraph(String text, String... styleClasses) {
    Label label = label(text, styleClasses);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setMaxWidth(Double.MAX_VALUE);
    return label;
  }

  public static Button button(String id, String text, String icon, Runnable action) {
    Button button = new Button(text);
    button.setId(id);
    if (!icon.isEmpty()) {
      button.setGraphic(icon(icon));
    }
    button.setOnAction(event -> action.run());
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  /// A button with an icon alone; its name is in the tooltip and for assistive technology.
  public static Button iconButton(String id, String icon, String name, Runnable action) {
    Button button = button(id, "", icon, action);
    button.getStyleClass().addAll("flat", "button-icon");
    button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
    button.setAccessibleText(name);
    hint(button, name);
    button.setFocusTraversable(true);
    return button;
  }

  /// Words that come up while the mouse rests on a control. They cost nothing before: a tooltip is
  /// a window of its own, and a screen has dozens.
  public static void hint(Node node, String text) {
    node.setAccessibleHelp(text);
    boolean known = node.getProperties().put(HINT, text) != null;
    if (!known) {
      node.addEventHandler(MouseEvent.MOUSE_ENTERED, event -> showHint(node));
    } else if (node.getProperties().get(HINT_SHOWN) instanceof Tooltip tooltip) {
      if (text.isEmpty()) {
        Tooltip.uninstall(node, tooltip);
        node.getProperties().remove(HINT_SHOWN);
      } else {
        tooltip.setText(text);
      }
    }
  }

  private static void showHint(Node node) {
    if (node.getProperties().get(HINT_SHOWN) == null
        && node.getProperties().get(HINT) instanceof String text
        && !text.isEmpty()) {
      Tooltip tooltip = tooltip(text);
      node.getProperties().put(HINT_SHOWN, tooltip);
      Tooltip.install(node, tooltip);
    }
  }

  /// A tooltip at once, for what changes its words while it is shown.
  public static Tooltip tooltip(String text) {
    Tooltip tooltip = new Tooltip(text);
    tooltip.setShowDelay(Duration.millis(350));
    tooltip.setShowDuration(Duration.seconds(30));
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(420);
    return tooltip;
  }

  public static Region spacer() {
    Region region = new Region();
    HBox.setHgrow(region, Priority.ALWAYS);
    return region;
  }

  /// The words for the values of a choice; they are chosen, never typed.
  public static <T> StringConverter<T> words(Function<T, String> name) {
    return new StringConverter<>() {
      @Override
      public String toString(T value) {
        return value == null ? "" : name.apply(value);
      }

      @Override
      public T fromString(String text) {
        throw new UnsupportedOperationException("Choices are not typed.");
      }
    };
  }

  /// Shows a node or takes it out of the layout.
  public static void shown(Node node, boolean shown) {
    node.setVisible(shown);
    node.setManaged(shown);
  }

  /// A key combination as people read it: `Shortcut+Shift+P` becomes `Ctrl+Shift+P`.
  public static String keyWords(String key) {
    boolean mac = System.getProperty("os.name", "").startsWith("Mac");
    return key.replace("Shortcut", mac ? "Cmd" : "Ctrl")
        .replace("Page_", "Page ")
        .replace("Back_Slash", "\\")
        .replace("Comma", ",")
        .replace("+Plus", " +")
        .replace("+Equals", " =")
        .replace("Minus", "-");
  }

  /// A statement as one line of at most so many characters, and `…` where it goes on.
  public static String oneLine(String statement, int most) {
    String line = statement.replaceAll("\\s+", " ");
    return line.length() > most ? line.substring(0, most) + "…" : line;
  }
}
