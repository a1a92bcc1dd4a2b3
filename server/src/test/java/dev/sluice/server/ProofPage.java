package dev.sluice.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A page under docs/proof with the figures of a full run, and how to repeat it.
final class ProofPage {

  private ProofPage() {}

  static void write(String name, List<String> lines) throws IOException {
    Path folder = Path.of(System.getProperty("sluice.root", ".."), "docs", "proof");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }
}
