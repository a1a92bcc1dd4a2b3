package dev.sluice.app.saved;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Kept texts as plain files, `FOLDER/NAME.sql`, so that other tools and version control can have
/// them. What the window adds stands in the first line, as a comment. Blocks: call it off the FX
/// thread.
public final class SavedQueries {

  private static final String HEAD = "-- sluice: ";
  private static final String SUFFIX = ".sql";
  private static final long LIMIT = 4L * 1024 * 1024;

  private final Path root;

  public SavedQueries(Path root) {
    this.root = root;
  }

  /// All of them: favourites first, then by folder and name. A file that cannot be read is left
  /// out.
  public List<SavedQuery> all() throws IOException {
    List<SavedQuery> found = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return found;
    }
    try (Stream<Path> files = Files.walk(root, 2)) {
      for (Path file : files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
        read(file).ifPresent(found::add);
      }
    }
    found.sort(
        Comparator.comparing((SavedQuery query) -> !query.favourite())
            .thenComparing(SavedQuery::folder, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(SavedQuery::name, String.CASE_INSENSITIVE_ORDER));
    return found;
  }

  private Optional<SavedQuery> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LIMIT) {
        return Optional.empty();
      }
      Path folder = root.relativize(file).getParent();
      String name = String.valueOf(file.getFileName());
      String content = Files.readString(file);
      int end = content.indexOf('\n');
      boolean headed = content.startsWith(HEAD) && end > 0;
      String head = headed ? content.substring(HEAD.length(), end).strip() : "";
      return Optional.of(
          new SavedQuery(
              folder == null ? "" : folder.toString(),
              name.substring(0, name.length() - SUFFIX.length()),
              head.startsWith("favourite ")
                  ? head.substring(10)
                  : head.equals("favourite") ? "" : head,
              head.equals("favourite") || head.startsWith("favourite "),
              headed ? content.substring(end + 1) : content));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Whether there is one of this name.
  public boolean has(String folder, String name) {
    return Files.exists(file(folder, name));
  }

  /// Keeps it, in place of one with the same folder and name.
  ///
  /// @throws IllegalArgumentException when its name or folder cannot be a file's
  public void keep(SavedQuery query) throws IOException {
    Path file = file(query.folder(), query.name());
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
    String head = (query.favourite() ? "favourite " : "") + query.connection();
    try {
      Files.writeString(fresh, HEAD + head.strip().replace('\n', ' ') + "\n" + query.text());
      try {
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  public void remove(SavedQuery query) throws IOException {
    Path file = file(query.folder(), query.name());
    Files.deleteIfExists(file);
    if (!query.folder().isEmpty()) {
      try (Stream<Path> left = Files.list(file.getParent())) {
        if (left.findAny().isPresent()) {
          return;
        }
      }
      Files.deleteIfExists(file.getParent());
    }
  }

  private Path file(String folder, String name) {
    if (!SavedQuery.whyNot(folder, name).isEmpty()) {
      throw new IllegalArgumentException("This cannot be the name of a file.");
    }
    return (folder.isEmpty() ? root : root.resolve(folder)).resolve(name + SUFFIX);
  }
}
