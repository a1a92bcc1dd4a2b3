package dev.sluice.app.results;

import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

/// The theme's colours for a canvas, which CSS does not reach: each is read from the background of
/// an invisible region that CSS does reach.
final class GridPalette extends Pane {

  private final Region background = swatch("grid-swatch-background");
  private final Region header = swatch("grid-swatch-header");
  private final Region line = swatch("grid-swatch-line");
  private final Region text = swatch("grid-swatch-text");
  private final Region muted = swatch("grid-swatch-muted");
  private final Region hatch = swatch("grid-swatch-hatch");
  private final Region hatchGround = swatch("grid-swatch-hatch-ground");
  private final Region selection = swatch("grid-swatch-selection");
  private final Region accent = swatch("grid-swatch-accent");
  private final Region stripe = swatch("grid-swatch-stripe");
  private final Region changed = swatch("grid-swatch-changed");
  private final Region added = swatch("grid-swatch-added");
  private final Region deleted = swatch("grid-swatch-deleted");

  GridPalette(Runnable onChanged) {
    setManaged(false);
    setMouseTransparent(true);
    setVisible(false);
    getChildren()
        .addAll(
            background,
            header,
            line,
            text,
            muted,
            hatch,
            hatchGround,
            selection,
            accent,
            stripe,
            changed,
            added,
            deleted);
    getChildren()
        .forEach(
            child ->
                ((Region) child)
                    .backgroundProperty()
                    .addListener((observed, before, now) -> onChanged.run()));
  }

  private static Region swatch(String styleClass) {
    Region region = new Region();
    region.getStyleClass().add(styleClass);
    return region;
  }

  Paint background() {
    return paint(background, Color.WHITE);
  }

  Paint header() {
    return paint(header, Color.WHITESMOKE);
  }

  Paint line() {
    return paint(line, Color.LIGHTGRAY);
  }

  Paint text() {
    return paint(text, Color.BLACK);
  }

  Paint muted() {
    return paint(muted, Color.GRAY);
  }

  Paint hatch() {
    return paint(hatch, Color.LIGHTGRAY);
  }

  Paint hatchGround() {
    return paint(hatchGround, Color.WHITESMOKE);
  }

  Paint selection() {
    return paint(selection, Color.LIGHTBLUE);
  }

  Paint accent() {
    return paint(accent, Color.DODGERBLUE);
  }

  Paint stripe() {
    return paint(stripe, Color.WHITE);
  }

  Paint changed() {
    return paint(changed, Color.LIGHTYELLOW);
  }

  Paint added() {
    return paint(added, Color.HONEYDEW);
  }

  Paint deleted() {
    return paint(deleted, Color.MISTYROSE);
  }

  private static Paint paint(Region region, Color otherwise) {
    return region.getBackground() == null || region.getBackground().getFills().isEmpty()
        ? otherwise
        : region.getBackground().getFills().getFirst().getFill();
  }
}
