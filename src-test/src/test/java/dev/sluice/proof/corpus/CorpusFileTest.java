package dev.sluice.proof.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusFileTest {

  private static final CorpusEvaluator SHOUT =
      new CorpusEvaluator() {
        @Override
        public Set<String> settings() {
          return Set.of("mark");
        }

        @Override
        public Set<String> answers() {
          return Set.of("says");
        }

        @Override
        public List<String> evaluate(CorpusCase each) {
          return List.of(
              "says "
                  + each.body().replace("\n", "|").toUpperCase(Locale.ROOT)
                  + each.setting("mark"));
        }
      };

  private static final String GOOD =
      """
      # Shouting.
      mark !

      case plain
      hello
      ----
      says HELLO!

      case asked

      @mark in the text is text
      ----
      says WRONG
      """;

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("a.slt"), text);
  }

  @Test
  void settingsOfACaseStandOverThoseOfTheFile() throws IOException {
    CorpusFile read =
        CorpusFile.read(file(GOOD.replace("case plain\n", "case plain\n@mark ?\n")), SHOUT);
    assertThat(SHOUT.evaluate(read.cases().getFirst())).containsExactly("says HELLO?");
  }

  @Test
  void textKeepsItsEmptyLines() throws IOException {
    CorpusFile read = CorpusFile.read(file(GOOD), SHOUT);
    assertThat(read.cases().get(1).body()).isEqualTo("\n@mark in the text is text");
  }

  @Test
  void recordingChangesAnswersOnly() throws IOException {
    Path path = file(GOOD);
    CorpusFile read = CorpusFile.read(path, SHOUT);
    read.record(read.cases().stream().map(SHOUT::evaluate).toList());
    String recorded = Files.readString(path);
    assertThat(recorded).isEqualTo(GOOD.replace("says WRONG", "says |@MARK IN THE TEXT IS TEXT!"));
  }

  @Test
  void whatIsNotKnownRefuses() {
    assertRefused(GOOD.replace("mark !", "colour red"), "'colour' is no setting");
    assertRefused(GOOD.replace("case plain\n", "case plain\n@colour red\n"), "'colour'");
    assertRefused(GOOD.replace("says HELLO!", "sings HELLO!"), "'sings' is no answer");
    assertRefused(GOOD.replace("case asked", "case plain"), "second case");
    assertRefused(GOOD.replace("----", "---"), "no line '----'");
    assertRefused(GOOD.replace("# Shouting.\n", ""), "idea in words");
    assertRefused("# Nothing.\n", "at least one case");
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> CorpusFile.read(file(text), SHOUT))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("a.slt:");
  }
}
