package dev.sluice.app.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;

/// Finds the controls of a window that are shown but lie outside of the pane that holds them, where
/// no mouse reaches them. What scrolls may be outside.
public final class CutOff {

  private static final double ROUNDING = 1.5;

  private CutOff() {}

  /// The buttons, choices and fields out of reach, each with where it is and where it would have to
  /// be, in pixels of the scene; none when all is well. To be asked on the FX thread.
  public static List<String> in(Scene scene) {
    List<String> found = new ArrayList<>();
    scene.getRoot().layout();
    look(scene.getRoot(), new BoundingBox(0, 0, scene.getWidth(), scene.getHeight()), found);
    return found;
  }

  private static void look(Node node, Bounds place, List<String> found) {
    if (!node.isVisible() || scrolls(node)) {
      return;
    }
    Bounds own = node.localToScene(node.getLayoutBounds());
    if (isPressed(node) && !within(place, own)) {
      found.add(name(node) + " at " + words(own) + " outside of " + words(place));
    }
    if (node instanceof Parent parent && !isPressed(node)) {
      Bounds narrower = node.getClip() == null ? place : common(place, own);
      parent.getChildrenUnmodifiable().forEach(child -> look(child, narrower, found));
    }
  }

  private static boolean scrolls(Node node) {
    return node instanceof ScrollPane
        || (node instanceof Control control
            && control.getClass().getSimpleName().matches("(List|Table|Tree|TreeTable)View"))
        || node.getStyleClass().contains("virtual-flow")
        || node.getStyleClass().contains("code-area")
        || node.getStyleClass().contains("scroll-bar");
  }

  private static boolean isPressed(Node node) {
    return node instanceof ButtonBase
        || node instanceof ComboBoxBase
        || node instanceof TextInputControl;
  }

  private static boolean within(Bounds place, Bounds own) {
    return own.getMinX() >= place.getMinX() - ROUNDING
        && own.getMinY() >= place.getMinY() - ROUNDING
        && own.getMaxX() <= place.getMaxX() + ROUNDING
        && own.getMaxY() <= place.getMaxY() + ROUNDING;
  }

  private static Bounds common(Bounds a, Bounds b) {
    double x = Math.max(a.getMinX(), b.getMinX());
    double y = Math.max(a.getMinY(), b.getMinY());
    return new BoundingBox(
        x,
        y,
        Math.max(0, Math.min(a.getMaxX(), b.getMaxX()) - x),
        Math.max(0, Math.min(a.getMaxY(), b.getMaxY()) - y));
  }

  private static String name(Node node) {
    return node.getClass().getSimpleName()
        + (node.getId() == null ? " " + node.getStyleClass() : " #" + node.getId());
  }

  private static String words(Bounds bounds) {
    return String.format(
        Locale.ROOT,
        "%.0f,%.0f..%.0f,%.0f",
        bounds.getMinX(),
        bounds.getMinY(),
        bounds.getMaxX(),
        bounds.getMaxY());
  }
}
