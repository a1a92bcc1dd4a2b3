package dev.sluice.app.editor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps the text of open tabs on disk, so that neither a crash nor kill -9 loses what a person
/// wrote. One file a tab, replaced atomically, readable by its owner alone. Nothing that is
/// restored is ever run by itself.
///
/// Each window of one person holds its own numbered place by a file lock; a second window takes the
/// next. Blocks: call it off the FX thread.
public final class TabJournal implements AutoCloseable {

  private static final int PLACES = 64;
  private static final String SUFFIX = ".sql-tab";

  private final Path directory;
  private final FileChannel channel;
  private final FileLock lock;

  /// What a tab was when it was written down.
  ///
  /// @param id file-safe
  /// @param order position in the strip
  /// @param title as shown
  /// @param connection name, empty when none
  /// @param caret UTF-16 offset
  /// @param text exactly
  /// @param parameters values given to placeholders
  /// @param file that the text belongs to, empty when none
  /// @param digest of that file as it was read or written last, see [SqlFile]
  public record SavedTab(
      String id,
      int order,
      String title,
      String connection,
      int caret,
      String text,
      Map<String, Parameters.Value> parameters,
      String file,
      String digest) {

    public SavedTab {
      parameters = Map.copyOf(parameters);
    }

    public SavedTab(String id, int order, String title, String connection, int caret, String text) {
      this(id, order, title, connection, caret, text, Map.of(), "", "");
    }
  }

  private TabJournal(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    this.channel = channel;
    this.lock = lock;
  }

  /// Takes the first free place under `base`.
  ///
  /// @throws IOException when none can be had, for example on a read-only disk
  public static TabJournal open(Path base) throws IOException {
    for (int place = 1; place <= PLACES; place++) {
      Path directory = base.resolve("window-" + place);
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isPresent()) {
        return new TabJournal(directory, channel, lock.get());
      }
      channel.close();
    }
    throw new IOException("All " + PLACES + " places for windows are taken.");
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  /// What was open when the last window at this place ended, in order. A file that cannot be read
  /// is left where it is and skipped.
  public synchronized List<SavedTab> read() throws IOException {
    List<SavedTab> tabs = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        parse(file).ifPresent(tabs::add);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    tabs.sort(Comparator.comparingInt(SavedTab::order));
    return tabs;
  }

  public synchronized void write(SavedTab tab) throws IOException {
    Path file = fileOf(tab.id());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    String content =
        "sluice-tab 1\norder="
            + tab.order()
            + "\ntitle="
            + oneLine(tab.title())
            + "\nconnection="
            + oneLine(tab.connection())
            + "\ncaret="
            + tab.caret()
            + "\nfile="
            + oneLine(tab.file())
            + "\ndigest="
            + oneLine(tab.digest())
            + written(tab.parameters())
            + "\n\n"
            + tab.text();
    if (!Files.exists(fresh)) {
      createPrivate(fresh);
    }
    Files.writeString(fresh, content);
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  public synchronized void remove(String id) throws IOException {
    Files.deleteIfExists(fileOf(id));
  }

  @Override
  public synchronized void close() throws IOException {
    lock.release();
    channel.close();
  }

  /// Where what belongs to a tab is kept beside its text.
  public Path directory() {
    return directory;
  }

  private Path fileOf(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private static void createPrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  /// One line each: `parameter.NAME=KIND:value`, with name and value encoded.
  private static String written(Map<String, Parameters.Value> parameters) {
    StringBuilder lines = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            lines
                .append("\nparameter.")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(value.kind().name())
                .append(':')
                .append(URLEncoder.encode(value.value(), StandardCharsets.UTF_8)));
    return lines.toString();
  }

  private static void readParameter(
      String key, String value, Map<String, Parameters.Value> parameters) {
    int colon = value.indexOf(':');
    if (key.startsWith("parameter.") && colon > 0) {
      String name = URLDecoder.decode(key.substring("parameter.".length()), StandardCharsets.UTF_8);
      parameters.put(
          name,
          new Parameters.Value(
              Parameters.Kind.valueOf(value.substring(0, colon)),
              URLDecoder.decode(value.substring(colon + 1), StandardCharsets.UTF_8)));
    }
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  private static Optional<SavedTab> parse(Path file) {
    try {
      String content = Files.readString(file);
      int body = content.indexOf("\n\n");
      if (!content.startsWith("sluice-tab 1\n") || body < 0) {
        return Optional.empty();
      }
      int order = 0;
      int caret = 0;
      String title = "";
      String connection = "";
      String opened = "";
      String digest = "";
      Map<String, Parameters.Value> parameters = new HashMap<>();
      for (String line : content.substring(0, body).lines().toList()) {
        int equals = line.indexOf('=');
        String value = line.substring(equals + 1);
        switch (equals < 0 ? "" : line.substring(0, equals)) {
          case "order" -> order = Integer.parseInt(value);
          case "caret" -> caret = Integer.parseInt(value);
          case "title" -> title = value;
          case "connection" -> connection = value;
          case "file" -> opened = value;
          case "digest" -> digest = value;
          // The head line, and keys of later versions, are passed over.
          default -> readParameter(equals < 0 ? "" : line.substring(0, equals), value, parameters);
        }
      }
      String name = file.getFileName().toString();
      String id = name.substring(0, name.length() - SUFFIX.length());
      return Optional.of(
          new SavedTab(
              id,
              order,
              title,
              connection,
              caret,
              content.substring(body + 2),
              parameters,
              opened,
              digest));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
