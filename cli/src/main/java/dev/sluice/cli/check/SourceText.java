package dev.sluice.cli.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Texts from files or standard input, read as UTF-8.
public final class SourceText {

  private SourceText() {}

  /// @param file a name, or `-` for standard input
  public static String read(String file) throws BadInput, IOException {
    if (file.equals("-")) {
      return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }
    try {
      return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new BadInput("There is no file " + file + ".");
    }
  }

  /// For the eye.
  public static String name(String file) {
    return file.equals("-") ? "standard input" : file;
  }
}
