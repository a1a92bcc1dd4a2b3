package dev.sluice.app.fx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// A screen taken apart, to come up in pieces: the first time it is shown, every control of it gets
/// its skin and its styles, which for a whole screen at once holds up the window.
///
/// Taken apart before it is in a scene; put together once, frame by frame. What the screen itself
/// took out of its layout meanwhile stays out.
public final class Pieces {

  /// About what one control costs, counted in plain nodes.
  private static final int CONTROL = 4;

  private static final int FIELD = 14;

  /// A piece of this weight costs some five milliseconds on a slow machine.
  private static final int PIECE = 16;

  private static final int DEEPEST = 7;
  private static final long FRAME_NANOS = 4_000_000;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final Set<Node> kept = new HashSet<>();

  private Pieces() {}

  /// Takes a screen apart that is in no scene yet.
  public static Pieces of(Parent screen) {
    Pieces pieces = new Pieces();
    pieces.begin(screen);
    return pieces;
  }

  /// Takes a screen apart, but leaves `first` where it is: it is there at once, to be typed into.
  public static Pieces around(Parent screen, Node first) {
    Pieces pieces = new Pieces();
    // In a split pane, what is inside has no parent before it is shown.
    pieces.path(screen, first);
    pieces.begin(screen);
    return pieces;
  }

  private void begin(Parent screen) {
    takeApart(screen, 0);
    if (!waiting.isEmpty()) {
      // Panes that split or scroll hold what is in them by their skins: with none, nothing that is
      // put back is in the scene yet, and all of it would be styled at once.
      waiting.addFirst(screen::applyCss);
    }
  }

  private boolean path(@Nullable Node node, Node first) {
    if (node == null) {
      return false;
    }
    boolean holds = node == first || inside(node).stream().anyMatch(child -> path(child, first));
    if (holds) {
      kept.add(node);
    }
    return holds;
  }

  private static List<Node> inside(Node node) {
    return switch (node) {
      case SplitPane split -> split.getItems();
      case ScrollPane scroll ->
          scroll.getContent() == null ? List.of() : List.of(scroll.getContent());
      case Parent parent -> new ArrayList<>(parent.getChildrenUnmodifiable());
      default -> List.of();
    };
  }

  /// Puts everything back, a few milliseconds' worth with each frame, then calls `done`. At once
  /// when it is together already.
  public void together(Runnable done) {
    if (waiting.isEmpty()) {
      done.run();
      return;
    }
    new AnimationTimer() {
      @Override
      public void handle(long now) {
        long begun = System.nanoTime();
        while (!waiting.isEmpty() && System.nanoTime() - begun < FRAME_NANOS) {
          waiting.removeFirst().run();
        }
        if (waiting.isEmpty()) {
          stop();
          done.run();
        }
      }
    }.start();
  }

  private void takeApart(@Nullable Node node, int depth) {
    if (node == null || depth > DEEPEST || weight(node) <= PIECE) {
      return;
    }
    switch (node) {
      case SplitPane split -> split.getItems().forEach(item -> takeApart(item, depth + 1));
      case ScrollPane scroll -> takeApart(scroll.getContent(), depth + 1);
      case TabPane tabs ->
          tabs.getTabs()
              .forEach(tab -> take(tab.getContent(), tab::getContent, tab::setContent, depth));
      case BorderPane border -> {
        take(border.getTop(), border::getTop, border::setTop, depth);
        take(border.getLeft(), border::getLeft, border::setLeft, depth);
        take(border.getCenter(), border::getCenter, border::setCenter, depth);
        take(border.getBottom(), border::getBottom, border::setBottom, depth);
        take(border.getRight(), border::getRight, border::setRight, depth);
      }
      case Pane pane -> {
        ObservableList<Node> children = pane.getChildren();
        for (int i = 0; i < children.size(); i++) {
          Node child = children.get(i);
          if (kept.contains(child)) {
            takeApart(child, depth + 1);
            continue;
          }
          Region hole = new Region();
          hole.setManaged(false);
          hole.setVisible(false);
          children.set(i, hole);
          waiting.addLast(
              () -> {
                int at = children.indexOf(hole);
                if (at >= 0) {
                  children.set(at, child);
                  child.applyCss();
                }
              });
          takeApart(child, depth + 1);
        }
      }
      default -> {
        // A control comes whole.
      }
    }
  }

  private void take(
      @Nullable Node node, Supplier<@Nullable Node> now, Consumer<@Nullable Node> set, int depth) {
    if (node == null) {
      return;
    }
    if (kept.contains(node)) {
      takeApart(node, depth + 1);
      return;
    }
    set.accept(null);
    waiting.addLast(
        () -> {
          if (now.get() == null) {
            set.accept(node);
            node.applyCss();
          }
        });
    takeApart(node, depth + 1);
  }

  private static int weight(Node node) {
    return switch (node) {
      case SplitPane split -> CONTROL + sum(split.getItems());
      case ScrollPane scroll ->
          CONTROL + (scroll.getContent() == null ? 0 : weight(scroll.getContent()));
      case TabPane tabs ->
          CONTROL
              + tabs.getTabs().stream()
                  .mapToInt(tab -> tab.getContent() == null ? 0 : weight(tab.getContent()))
                  .sum();
      case Labeled labeled ->
          CONTROL + (labeled.getGraphic() == null ? 0 : weight(labeled.getGraphic()));
      case Control control -> FIELD;
      case Parent parent -> 1 + sum(new ArrayList<>(parent.getChildrenUnmodifiable()));
      default -> 1;
    };
  }

  private static int sum(List<Node> nodes) {
    return nodes.stream().mapToInt(Pieces::weight).sum();
  }
}
