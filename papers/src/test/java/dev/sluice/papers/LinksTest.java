package dev.sluice.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Links within the repository lead somewhere. Those that leave it are not followed: no network.
class LinksTest {

  @Test
  void everyLinkLeadsSomewhere() {
    List<Page> pages = Repository.pages();
    List<String> broken = new ArrayList<>();
    for (Page page : pages) {
      for (String target : page.targets()) {
        problem(pages, page, target)
            .ifPresent(problem -> broken.add(page.path() + ": " + target + " " + problem));
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageUnderDocsCanBeReachedFromTheReadme() {
    List<Page> pages = Repository.pages();
    List<Path> reached = new ArrayList<>(List.of(Path.of("README.md")));
    for (int next = 0; next < reached.size(); next++) {
      Path from = reached.get(next);
      pages.stream()
          .filter(page -> page.path().equals(from))
          .flatMap(page -> page.targets().stream())
          .filter(target -> !target.contains("://"))
          .map(target -> resolve(from, target.replaceFirst("#.*", "")))
          .flatMap(path -> withinFolder(pages, path).stream())
          .filter(path -> !reached.contains(path))
          .forEach(reached::add);
    }
    assertThat(pages.stream().map(Page::path).filter(path -> path.startsWith("docs")))
        .isSubsetOf(reached);
  }

  @Test
  void aLinkThatLeadsNowhereIsFound() {
    List<Page> pages = Repository.pages();
    Page readme = pages.getFirst();
    assertThat(problem(pages, readme, "docs/nothing.md")).isPresent();
    assertThat(problem(pages, readme, "docs/agents.md#nothing")).isPresent();
    assertThat(problem(pages, readme, "docs/agents.md#labels")).isEmpty();
  }

  /// A link to a folder reaches its pages.
  private static List<Path> withinFolder(List<Page> pages, Path path) {
    return Files.isDirectory(Repository.ROOT.resolve(path))
        ? pages.stream().map(Page::path).filter(each -> each.startsWith(path)).toList()
        : List.of(path);
  }

  private static Optional<String> problem(List<Page> pages, Page page, String target) {
    if (target.contains("://") || target.startsWith("mailto:")) {
      return Optional.empty();
    }
    String file = target.replaceFirst("#.*", "");
    String anchor = target.contains("#") ? target.substring(target.indexOf('#') + 1) : "";
    Path path = file.isEmpty() ? page.path() : resolve(page.path(), file);
    if (!Files.exists(Repository.ROOT.resolve(path))) {
      return Optional.of("is not there");
    }
    boolean known =
        anchor.isEmpty()
            || pages.stream()
                .filter(each -> each.path().equals(path))
                .anyMatch(each -> each.anchors().contains(anchor));
    return known ? Optional.empty() : Optional.of("has no such heading");
  }

  private static Path resolve(Path from, String target) {
    Path parent = from.getParent();
    return (parent == null ? Path.of(target) : parent.resolve(target)).normalize();
  }
}
