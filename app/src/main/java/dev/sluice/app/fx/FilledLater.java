package dev.sluice.app.fx;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.animation.AnimationTimer;

/// Fills what comes up for the first time a few pieces a frame: a list that is shown makes all of
/// its visible cells at once, each with its skin and styles, which together hold up the window.
///
/// On the FX thread only.
public final class FilledLater {

  /// So many cells of half a dozen labels take some ten milliseconds on a slow machine.
  private static final int EACH_FRAME = 6;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int filled;
  private final AnimationTimer frames =
      new AnimationTimer() {
        @Override
        public void handle(long now) {
          filled = 0;
          while (filled < EACH_FRAME && !waiting.isEmpty()) {
            filled++;
            waiting.removeFirst().run();
          }
          if (filled == 0) {
            stop();
          }
        }
      };

  /// Runs `fill` now while this frame has room for it, else with one of the next. Call it only for
  /// what is made new; what is there already costs little.
  public void fill(Runnable fill) {
    frames.start();
    if (filled < EACH_FRAME && waiting.isEmpty()) {
      filled++;
      fill.run();
    } else {
      waiting.addLast(fill);
    }
  }
}
