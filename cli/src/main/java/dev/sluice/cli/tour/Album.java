package dev.sluice.cli.tour;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/// Keeps what the tour did: numbered pictures and a transcript in Markdown, written as it goes.
final class Album {

  private final Path folder;
  private final List<String> lines = new ArrayList<>();
  private int pictures;
  private int steps;

  Album(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    try (Stream<Path> old = Files.list(folder)) {
      for (Path file : old.filter(path -> path.toString().endsWith(".png")).toList()) {
        Files.delete(file);
      }
    }
    lines.add("# The guided tour");
    lines.add("");
    lines.add("Every line below was checked in the window, in the database or in the ledger.");
    save();
  }

  Path folder() {
    return folder;
  }

  /// Begins a step.
  void step(String title) {
    steps++;
    lines.add("");
    lines.add("## " + steps + ". " + title);
    lines.add("");
    System.err.println("  " + steps + ". " + title);
    save();
  }

  /// Something that was seen to be so.
  void seen(String fact) {
    lines.add("- " + fact);
    save();
  }

  void picture(String name, WritableImage image) {
    pictures++;
    String file = String.format(Locale.ROOT, "%02d-%s.png", pictures, name);
    try {
      ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", folder.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    lines.add("");
    lines.add("![" + name + "](" + file + ")");
    save();
  }

  int steps() {
    return steps;
  }

  int pictures() {
    return pictures;
  }

  void failed(String why) {
    lines.add("");
    lines.add("**Failed here:** " + why);
    save();
  }

  private void save() {
    try {
      Files.writeString(
          folder.resolve("transcript.md"), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
