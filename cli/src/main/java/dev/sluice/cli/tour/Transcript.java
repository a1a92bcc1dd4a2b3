package dev.sluice.cli.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells the tour twice: line by line to the person waiting, and as Markdown with the pictures.
final class Transcript {

  private final PrintStream words;
  private final StringBuilder text = new StringBuilder("# The guided tour\n");
  private int step;

  Transcript(PrintStream words) {
    this.words = words;
  }

  void step(String title) {
    step++;
    text.append("\n## ").append(step).append(". ").append(title).append("\n\n");
    words.println(step + ". " + title);
  }

  /// Something that was checked and is so.
  void seen(String fact) {
    text.append("- ").append(fact).append('\n');
    words.println("   ✓ " + fact);
  }

  void picture(String name) {
    text.append("\n![").append(name).append("](").append(name).append(")\n\n");
  }

  void failed(String reason) {
    text.append("\n**Did not happen:** ").append(reason).append('\n');
    words.println("   ✗ " + reason);
  }

  void writeTo(Path file) throws IOException {
    Files.writeString(file, text);
  }
}
