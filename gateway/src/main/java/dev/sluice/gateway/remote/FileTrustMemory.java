package dev.sluice.gateway.remote;

import dev.sluice.governance.codec.JsonCodec;
import dev.sluice.governance.codec.wire.LogHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/// Remembers in a file, replaced as a whole at each change. A file that is damaged is an error, not
/// an empty memory: it may have been damaged to make the client forget.
public final class FileTrustMemory implements TrustMemory {

  private final Path file;
  private final Map<String, Seen> seen;

  /// @throws UncheckedIOException when the file is there and cannot be read
  public FileTrustMemory(Path file) {
    this.file = file;
    this.seen = new TreeMap<>(read(file).logs());
  }

  @Override
  public synchronized LogHead head(String logOrigin) {
    return of(logOrigin).head();
  }

  @Override
  public synchronized void keep(String logOrigin, LogHead head) {
    Seen old = of(logOrigin);
    if (head.size() > old.head().size()) {
      replace(logOrigin, new Seen(head, old.policyVersion()));
    }
  }

  @Override
  public synchronized long policyVersion(String logOrigin) {
    return of(logOrigin).policyVersion();
  }

  @Override
  public synchronized void keepPolicyVersion(String logOrigin, long version) {
    Seen old = of(logOrigin);
    if (version > old.policyVersion()) {
      replace(logOrigin, new Seen(old.head(), version));
    }
  }

  private Seen of(String logOrigin) {
    return seen.getOrDefault(logOrigin, new Seen(LogHead.none(), 0));
  }

  private void replace(String logOrigin, Seen now) {
    seen.put(logOrigin, now);
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, JsonCodec.write(new Memory(seen)));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("What was seen of the server cannot be remembered.", e);
    }
  }

  private static Memory read(Path file) {
    try {
      return JsonCodec.read(Files.readString(file), Memory.class);
    } catch (NoSuchFileException e) {
      return new Memory(Map.of());
    } catch (JsonCodec.MalformedJson e) {
      throw new UncheckedIOException(
          new IOException("What was seen of the server is damaged: " + file));
    } catch (IOException e) {
      throw new UncheckedIOException("What was seen of the server cannot be read.", e);
    }
  }

  private record Memory(Map<String, Seen> logs) {}

  private record Seen(LogHead head, long policyVersion) {}
}
