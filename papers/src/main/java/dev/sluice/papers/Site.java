package dev.sluice.papers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The pages as a static site: plain files with relative links, to be opened from a disk or put on
/// any web server. Needs no network, runs no script.
public final class Site {

  private static final Path STYLE = Path.of("site.css");

  private final Path root;
  private final Path to;
  private final List<Page> pages;
  private final Set<Path> files = new LinkedHashSet<>();

  private Site(Path root, Path to) throws IOException {
    this.root = root;
    this.to = to;
    this.pages = new ArrayList<>(Papers.all(root));
  }

  /// @param arguments the folder of the site, `target/site` without one
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(System.getProperty("sluice.root", "")).toAbsolutePath().normalize();
    Path to = arguments.length == 0 ? root.resolve("target/site") : Path.of(arguments[0]);
    int pages = make(root, to);
    System.err.println(pages + " pages: " + to.resolve("index.html").toAbsolutePath());
  }

  /// Makes the site; files of an earlier one are replaced.
  ///
  /// @param root of the repository
  /// @return how many pages it has
  public static int make(Path root, Path to) throws IOException {
    return new Site(root, to).write();
  }

  private int write() throws IOException {
    Files.createDirectories(to);
    addFolderPages();
    for (Page page : pages) {
      Path file = to.resolve(address(page.path()).toString());
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, Template.page(page.title(), navigation(page), body(page), up(page).resolve(STYLE)));
    }
    Files.writeString(to.resolve(STYLE.toString()), Template.style());
    for (Path file : files) {
      Path copy = to.resolve(file.toString());
      Files.createDirectories(copy.getParent());
      Files.copy(root.resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return pages.size();
  }

  /// A folder that a page links to gets a page that lists what is in it.
  private void addFolderPages() throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (Page page : pages) {
      for (String target : page.targets()) {
        Path path = resolve(page, target);
        if (!isOutside(target) && Files.isDirectory(root.resolve(path))) {
          folders.add(path);
        }
      }
    }
    for (Path folder : folders) {
      StringBuilder text = new StringBuilder("# ").append(folder.getFileName()).append("\n\n");
      try (Stream<Path> all = Files.list(root.resolve(folder))) {
        for (Path file : all.sorted().toList()) {
          Path below = root.relativize(file);
          String title =
              pages.stream()
                  .filter(page -> page.path().equals(below))
                  .map(Page::title)
                  .findFirst()
                  .orElse(String.valueOf(file.getFileName()));
          text.append("- [").append(title).append("](").append(file.getFileName()).append(")\n");
        }
      }
      pages.add(Page.of(folder.resolve("index.md"), text.toString()));
    }
  }

  private String body(Page page) {
    return new Html(target -> link(page, target)).render(page);
  }

  /// Where a link leads on the site; what is not a page is copied beside it.
  private String link(Page page, String target) {
    if (isOutside(target) || target.startsWith("#")) {
      return target;
    }
    String anchor = target.contains("#") ? target.substring(target.indexOf('#')) : "";
    Path path = resolve(page, target);
    Path known = path.resolve("index.md");
    boolean folder = pages.stream().anyMatch(each -> each.path().equals(known));
    boolean isPage = pages.stream().anyMatch(each -> each.path().equals(path));
    if (!folder && !isPage) {
      files.add(path);
    }
    Path leads = folder ? address(known) : isPage ? address(path) : path;
    return slashes(up(page).resolve(leads)) + anchor;
  }

  private String navigation(Page current) {
    StringBuilder text = new StringBuilder();
    for (Page page : pages) {
      boolean listed =
          page.path().getNameCount() == 1
              || (page.path().startsWith("docs") && !page.path().startsWith("docs/decisions"))
              || page.path().equals(Path.of("docs/decisions/index.md"));
      if (listed) {
        String here = page.equals(current) ? " aria-current=\"page\"" : "";
        text.append("<a href=\"")
            .append(slashes(up(current).resolve(address(page.path()))))
            .append('"')
            .append(here)
            .append('>')
            .append(Html.escaped(page.title()))
            .append("</a>\n");
      }
    }
    return text.toString();
  }

  /// `README.md` at the root is the first page.
  private static Path address(Path page) {
    return page.equals(Path.of("README.md"))
        ? Path.of("index.html")
        : Path.of(page.toString().replaceFirst("\\.md$", ".html"));
  }

  private static Path resolve(Page page, String target) {
    Path parent = page.path().getParent();
    String file = target.replaceFirst("#.*", "");
    Path path = parent == null ? Path.of(file) : parent.resolve(file);
    return file.isEmpty() ? page.path() : path.normalize();
  }

  /// From a page back to the root.
  private static Path up(Page page) {
    Path up = Path.of("");
    for (int depth = 1; depth < page.path().getNameCount(); depth++) {
      up = up.resolve("..");
    }
    return up;
  }

  private static boolean isOutside(String target) {
    return target.contains("://") || target.startsWith("mailto:");
  }

  private static String slashes(Path path) {
    return path.toString().replace('\\', '/');
  }
}
