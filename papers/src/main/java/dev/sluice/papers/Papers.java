package dev.sluice.papers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Every page that is written for people.
public final class Papers {

  private Papers() {}

  /// The pages at the root, then those under `docs`, by name.
  ///
  /// @param root of the repository
  public static List<Page> all(Path root) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> files = Files.list(root)) {
      files.filter(Papers::isPage).sorted().forEach(paths::add);
    }
    try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
      files.filter(Papers::isPage).sorted().forEach(paths::add);
    }
    paths.add(root.resolve("jpackage/README.md"));
    List<Page> pages = new ArrayList<>();
    for (Path path : paths) {
      pages.add(Page.read(root, root.relativize(path)));
    }
    return pages;
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md") && Files.isRegularFile(file);
  }
}
