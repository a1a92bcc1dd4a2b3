package dev.sluice.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What the pages show works, or is shown with a reason why it is not tried.
@DisabledOnOs(OS.WINDOWS)
class PapersTest {

  @TempDir Path folder;

  @Test
  void everySnippetIsDecidedOn() {
    List<String> undecided = new ArrayList<>();
    for (Page page : Repository.pages()) {
      for (Snippet snippet : page.snippets()) {
        String place = page.path() + ":" + snippet.line();
        switch (snippet.mark().orElse(new Mark.Shown(""))) {
          case Mark.AsFile file -> {}
          case Mark.Shown shown -> {
            if (shown.reason().split(" ").length < 3) {
              undecided.add(place + " has no mark with a reason");
            }
          }
          case Mark.Run run -> {
            if (!PageRun.WAYS.contains(run.how()) && !isTestOf(run.how(), page)) {
              undecided.add(place + ": there is no way to run " + run.how());
            }
          }
        }
      }
    }
    assertThat(undecided)
        .as("put <!-- run: ... -->, <!-- file: ... --> or <!-- shown: REASON --> above them")
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicContainer> whatIsShownRuns() {
    return Repository.pages().stream()
        .map(
            page -> {
              PageRun run = new PageRun(fresh(page));
              return DynamicContainer.dynamicContainer(
                  page.path().toString(),
                  page.snippets().stream().flatMap(snippet -> tests(run, snippet)));
            });
  }

  @Test
  void aSnippetThatIsWrongIsFound() {
    assertThat(CommandLines.sluice(List.of("query", "--conection", "shop", "SELECT 1")))
        .isPresent();
    assertThat(CommandLines.sluice(List.of("enforce", "applly"))).isPresent();
    assertThat(CommandLines.sluice(List.of("connection", "add"))).isPresent();
    assertThat(ShellWords.commands("A=b sluice x \"a b\" > out # c\ncat <<END\nsluice no\nEND\n"))
        .containsExactly(List.of("sluice", "x", "a b"), List.of("cat"));
    Page page = Page.of(Path.of("x.md"), "# X\n\n```sh\nsluice nothing\n```\n");
    assertThat(page.snippets()).allMatch(snippet -> snippet.mark().isEmpty());
  }

  @Test
  void whatPagesPrintInBoldStandsInTheWindow() throws IOException {
    Properties words = new Properties();
    try (var in =
        Files.newBufferedReader(
            Repository.ROOT.resolve("app/src/main/resources/dev/sluice/app/messages.properties"))) {
      words.load(in);
    }
    List<String> shown = words.values().stream().map(String::valueOf).toList();
    for (Page page : Repository.pages()) {
      if (Repository.text(page.path().toString()).contains("<!-- bold: labels of the window -->")) {
        assertThat(page.bold()).isNotEmpty();
        assertThat(page.bold())
            .allSatisfy(
                label ->
                    assertThat(shown)
                        .as("%s: **%s**", page.path(), label)
                        .anyMatch(word -> word.equals(label) || word.startsWith(label + "  ")));
      }
    }
  }

  private static Stream<DynamicTest> tests(PageRun run, Snippet snippet) {
    return snippet.mark().stream()
        .flatMap(
            mark ->
                switch (mark) {
                  case Mark.Shown shown -> Stream.of();
                  case Mark.AsFile file ->
                      Stream.of(test(snippet, "file", () -> run.file(file.name(), snippet.text())));
                  case Mark.Run ways ->
                      PageRun.WAYS.contains(ways.how())
                          ? Stream.of(
                              test(snippet, ways.how(), () -> run.run(ways, snippet.text())))
                          : Stream.of();
                });
  }

  private static DynamicTest test(
      Snippet snippet, String how, org.junit.jupiter.api.function.Executable work) {
    return DynamicTest.dynamicTest("line " + snippet.line() + " " + how, work);
  }

  /// Another test that reads the page, by its class name.
  private static boolean isTestOf(String name, Page page) {
    if (!name.endsWith("Test")) {
      return false;
    }
    try (Stream<Path> modules = Files.list(Repository.ROOT)) {
      for (Path module : modules.filter(Files::isDirectory).toList()) {
        Path tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests) && namesPage(tests, name, page)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean namesPage(Path tests, String name, Page page) throws IOException {
    try (Stream<Path> files = Files.walk(tests)) {
      for (Path file : files.filter(each -> each.endsWith(name + ".java")).toList()) {
        if (Files.readString(file).contains(String.valueOf(page.path().getFileName()))) {
          return true;
        }
      }
      return false;
    }
  }

  private Path fresh(Page page) {
    try {
      return Files.createDirectories(
          folder.resolve(page.path().toString().replaceAll("[/\\\\.]", "-")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
