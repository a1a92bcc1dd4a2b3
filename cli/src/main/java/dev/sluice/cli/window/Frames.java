package dev.sluice.cli.window;

import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;

/// Waits for frames of the window. FX thread only.
final class Frames {

  private Frames() {}

  /// Runs `then` at the start of the second frame after the condition holds: the first has drawn
  /// it.
  static void after(BooleanSupplier condition, Runnable then) {
    new AnimationTimer() {
      private int frames;

      @Override
      public void handle(long now) {
        if (frames > 0 || condition.getAsBoolean()) {
          frames++;
        }
        if (frames == 2) {
          stop();
          then.run();
        }
      }
    }.start();
  }
}
