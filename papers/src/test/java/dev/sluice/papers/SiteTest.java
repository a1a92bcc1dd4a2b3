package dev.sluice.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

  @TempDir Path folder;

  @Test
  void everyPageIsThereAndEveryLinkOfTheSiteLeadsSomewhere() throws IOException {
    int pages = Site.make(Repository.ROOT, folder);

    List<Path> made = html();
    assertThat(made).hasSize(pages);
    assertThat(pages).isGreaterThanOrEqualTo(Repository.pages().size());
    List<String> broken = new ArrayList<>();
    for (Path page : made) {
      for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
        String problem = problem(page, link.group(1));
        if (!problem.isEmpty()) {
          broken.add(folder.relativize(page) + ": " + link.group(1) + " " + problem);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void aPageLoadsNothingFromElsewhere() throws IOException {
    Site.make(Repository.ROOT, folder);
    for (Path page : html()) {
      assertThat(Files.readString(page))
          .doesNotContain("src=\"http", "<script", "@import", "stylesheet\" href=\"http");
    }
    assertThat(folder.resolve("site.css")).content().contains("prefers-color-scheme: dark");
  }

  @Test
  void marksAreNotShownAndMarkupOfAPageStaysText() {
    Page page =
        Page.of(Path.of("x.md"), "# X\n\n<!-- run: sql -->\n```sql\n<b>\n```\n\n<b>x</b>\n");
    assertThat(new Html(target -> target).render(page))
        .contains("<h1 id=\"x\">", "&lt;b&gt;")
        .doesNotContain("run: sql", "<b>");
  }

  private List<Path> html() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }

  private static String problem(Path page, String link) throws IOException {
    if (link.contains("://") || link.startsWith("mailto:")) {
      return "";
    }
    String file = link.replaceFirst("#.*", "");
    Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    if (!Files.isRegularFile(target)) {
      return "is not there";
    }
    String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
    return anchor.isEmpty() || Files.readString(target).contains("id=\"" + anchor + "\"")
        ? ""
        : "has no such heading";
  }
}
