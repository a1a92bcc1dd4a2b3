package dev.sluice.proof.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A page under docs/proof with the figures of a full run, and how to repeat it.
final class ProofPage {
  private ProofPage() {}

  static void write(String name, List<String> lines) {
    Path folder = Path.of(System.getProperty("sluice.root", ".."), "docs", "proof");
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
