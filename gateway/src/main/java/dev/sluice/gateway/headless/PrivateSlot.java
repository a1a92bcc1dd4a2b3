package dev.sluice.gateway.headless;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A state folder that one program at a time uses. A journal tells on opening which statements a
/// killed program left open, so a program that still lives must not share it.
final class PrivateSlot implements AutoCloseable {

  private static final int MOST = 256;

  private final Path folder;
  private final FileChannel channel;

  private PrivateSlot(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Takes the first free slot below a folder.
  static PrivateSlot take(Path parent) throws IOException {
    for (int number = 1; number <= MOST; number++) {
      Path folder = parent.resolve(Integer.toString(number));
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isOurs(channel)) {
        return new PrivateSlot(folder, channel);
      }
      channel.close();
    }
    throw new IOException("More than " + MOST + " programs use " + parent + " at once.");
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
