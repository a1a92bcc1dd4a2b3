package dev.sluice.governance.policy.broken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Broken on purpose: the core does no I/O.
final class ReadsAFile {
  String read(Path path) throws IOException {
    return Files.readString(path);
  }
}
