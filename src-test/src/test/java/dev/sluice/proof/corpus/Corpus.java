package dev.sluice.proof.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/// Runs the files of one kind of corpus as tests, or records them.
final class Corpus {

  private Corpus() {}

  static Path folder() {
    return Path.of(System.getProperty("sluice.root", ".."), "src-test", "corpus");
  }

  /// One container a file, one test a case.
  static Stream<DynamicNode> tests(String kind, CorpusEvaluator evaluator) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder().resolve(kind))) {
      files = all.sorted().toList();
    }
    assertThat(files).as("corpus files of " + kind).isNotEmpty();
    return files.stream().map(file -> container(file, evaluator));
  }

  private static DynamicNode container(Path path, CorpusEvaluator evaluator) {
    String name = String.valueOf(path.getFileName());
    if (!name.endsWith(".slt")) {
      return DynamicTest.dynamicTest(
          name, () -> assertThat(name).as("a corpus folder holds .slt files").endsWith(".slt"));
    }
    CorpusFile file;
    try {
      file = CorpusFile.read(path, evaluator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CorpusException e) {
      return DynamicTest.dynamicTest(
          name,
          () -> {
            throw e;
          });
    }
    if (Boolean.getBoolean("corpus.record")) {
      return DynamicTest.dynamicTest(name + " (recorded)", () -> record(file, evaluator));
    }
    return DynamicContainer.dynamicContainer(
        name,
        file.cases().stream()
            .map(
                each -> DynamicTest.dynamicTest(each.title(), () -> check(file, each, evaluator))));
  }

  private static void record(CorpusFile file, CorpusEvaluator evaluator) throws IOException {
    List<List<String>> answers = new ArrayList<>();
    for (CorpusCase each : file.cases()) {
      answers.add(evaluator.evaluate(each));
    }
    file.record(answers);
  }

  private static void check(CorpusFile file, CorpusCase each, CorpusEvaluator evaluator) {
    assertThat(evaluator.evaluate(each))
        .as("%s:%d", file.path().getFileName(), each.line())
        .containsExactlyElementsOf(each.expected());
  }
}
