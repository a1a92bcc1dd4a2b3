package dev.sluice.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// `SHA256SUMS` of a folder, in the form that `sha256sum --check` reads.
final class Checksums {

  private Checksums() {}

  static Path write(Path folder) throws IOException {
    StringBuilder text = new StringBuilder();
    List<Path> files;
    try (Stream<Path> children = Files.list(folder)) {
      files =
          children
              .filter(Files::isRegularFile)
              .filter(file -> !file.endsWith("SHA256SUMS"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      text.append(of(file)).append("  ").append(file.getFileName()).append('\n');
    }
    return Files.writeString(folder.resolve("SHA256SUMS"), text);
  }

  static String of(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
