package dev.sluice.app.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.scene.text.Font;

/// The fonts that come with Sluice, so that it looks alike on every system.
public final class Fonts {

  /// Family for words.
  public static final String TEXT = "Inter";

  /// Family for statements and values.
  public static final String CODE = "JetBrains Mono";

  private static final List<String> FILES =
      List.of(
          "Inter-Regular.otf",
          "Inter-Italic.otf",
          "Inter-Medium.otf",
          "Inter-SemiBold.otf",
          "Inter-Bold.otf",
          "JetBrainsMono-Regular.ttf",
          "JetBrainsMono-Italic.ttf",
          "JetBrainsMono-Medium.ttf",
          "JetBrainsMono-Bold.ttf");

  private Fonts() {}

  /// Makes them known to the toolkit. Once per process; the toolkit must be running.
  public static void load() {
    for (String file : FILES) {
      try (InputStream stream = Theme.resource("fonts/" + file).openStream()) {
        Font.loadFont(stream, 13);
      } catch (IOException e) {
        throw new UncheckedIOException("A font of Sluice is missing: " + file, e);
      }
    }
  }
}
