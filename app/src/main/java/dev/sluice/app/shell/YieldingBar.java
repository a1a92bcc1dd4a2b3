package dev.sluice.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Labeled;
import javafx.scene.layout.HBox;

/// A row of controls that gives way when there is less room than they need: first words, then what
/// can be reached another way, in the order it was told. It never makes the pane around it wider
/// than the window.
///
/// A control whose own minimum is its preferred size is shown whole or not at all; one with a
/// smaller minimum is cut before anything gives way.
public final class YieldingBar extends HBox {

  private record Step(Runnable yield, Runnable restore) {}

  private final List<Step> steps = new ArrayList<>();
  private int yielded;

  public YieldingBar(double spacing, Node... children) {
    super(spacing, children);
  }

  /// The next to give way: `control` keeps its icon; its words go into its tooltip.
  public YieldingBar thenWords(Labeled control) {
    String hint = control.getAccessibleHelp() == null ? "" : control.getAccessibleHelp();
    return then(
        () -> {
          control.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
          Ui.hint(control, (control.getText() + "  " + hint).strip());
        },
        () -> {
          control.setContentDisplay(ContentDisplay.LEFT);
          Ui.hint(control, hint);
        });
  }

  /// The next to give way: `node` is taken out, unless it is `needed` just now.
  public YieldingBar thenWhole(Node node, BooleanSupplier needed) {
    return then(() -> Ui.shown(node, needed.getAsBoolean()), () -> Ui.shown(node, true));
  }

  /// The next to give way, in a way of its own.
  ///
  /// @param yield makes something narrower
  /// @param restore takes that back
  public YieldingBar then(Runnable yield, Runnable restore) {
    steps.add(new Step(yield, restore));
    return this;
  }

  @Override
  public void resize(double width, double height) {
    fit(width);
    super.resize(width, height);
  }

  private void fit(double width) {
    while (yielded > 0) {
      yielded--;
      steps.get(yielded).restore().run();
    }
    while (yielded < steps.size() && super.computeMinWidth(-1) > width) {
      steps.get(yielded).yield().run();
      yielded++;
    }
  }

  @Override
  protected double computeMinWidth(double height) {
    return 0;
  }
}
