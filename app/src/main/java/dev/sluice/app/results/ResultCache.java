package dev.sluice.app.results;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Keeps the last result of each tab of one window on disk, encrypted, so that it is there again
/// after a crash; nothing is ever run again for it. The key is a file of its own that only its
/// owner reads; it goes, and with it everything it sealed, when the window ends in order. A result
/// goes with its tab. Blocks: call it off the FX thread.
public final class ResultCache implements AutoCloseable {

  private static final String SUFFIX = ".rows";
  private static final long MOST_BYTES = 200L * 1024 * 1024;
  private static final int KEY_BYTES = 32;

  private final Path directory;
  private final SecretKey key;

  private ResultCache(Path directory, SecretKey key) {
    this.directory = directory;
    this.key = key;
  }

  /// @param directory of one window alone
  /// @throws IOException when nothing can be kept there
  public static ResultCache open(Path directory) throws IOException {
    Path file = directory.resolve("rows.key");
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    if (bytes.length != KEY_BYTES) {
      bytes = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(bytes);
      Files.deleteIfExists(file);
      createPrivate(file);
      Files.write(file, bytes);
    }
    return new ResultCache(directory, new SecretKeySpec(bytes, "AES"));
  }

  private static void createPrivate(Path file) throws IOException {
    try {
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException("The key of the kept results is in use.", e);
    }
  }

  /// Keeps a result as the tab's last one. What the disk has no room for is left out; what is there
  /// is then known as partial.
  void keep(String tab, ResultViewModel result, GridModel model) throws IOException {
    Path file = file(tab);
    if (!Files.exists(file)) {
      createPrivate(file);
    }
    ResultSpool.write(
        file,
        key,
        result.statement().text(),
        result.connection().context().name(),
        Instant.now(),
        model,
        MOST_BYTES);
  }

  /// The last result of a tab of a window that ended without warning.
  public Optional<ResultSpool.Kept> find(String tab) {
    return Files.exists(file(tab)) ? ResultSpool.read(file(tab), key) : Optional.empty();
  }

  /// Forgets a tab's result.
  public void remove(String tab) throws IOException {
    Files.deleteIfExists(file(tab));
  }

  private Path file(String tab) {
    return directory.resolve(tab + SUFFIX);
  }

  /// The window ends in order: key and results go.
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(directory.resolve("rows.key"));
    try (var files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
