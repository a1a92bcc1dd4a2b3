package dev.sluice.cli.tour;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/// Numbered PNG files in one folder.
final class Pictures {

  private final Path folder;
  private int taken;

  Pictures(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    try (var old = Files.newDirectoryStream(folder, "*.png")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
  }

  /// @return the file's name
  String keep(WritableImage image, String title) throws IOException {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    copy.setRGB(0, 0, width, height, pixels, 0, width);
    String name = String.format(Locale.ROOT, "%02d-%s.png", ++taken, title);
    if (!ImageIO.write(copy, "png", folder.resolve(name).toFile())) {
      throw new IOException("This Java has no PNG writer.");
    }
    return name;
  }
}
