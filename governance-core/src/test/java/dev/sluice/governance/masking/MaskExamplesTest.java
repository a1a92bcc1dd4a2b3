package dev.sluice.governance.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Runs the examples in the documentation of the mask classes.
class MaskExamplesTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/sluice/governance/masking");
  private static final MaskKeys KEYS = name -> Optional.of("k".repeat(32).getBytes());

  private record Example(String file, MaskSpec spec, Object input, Object expected) {}

  @TestFactory
  Stream<DynamicTest> everyExampleInTheDocumentationHolds() throws IOException {
    return examples().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.spec() + " of " + example.input(),
                    () ->
                        assertThat(Masks.of(example.spec(), KEYS).mask(example.input()))
                            .isEqualTo(example.expected())));
  }

  @Test
  void everyAlgorithmHasAnExample() throws IOException {
    Set<String> shown = new HashSet<>();
    examples().forEach(example -> shown.add(example.spec().algorithm()));
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            Masks.algorithms().stream().map(MaskAlgorithm::name).toList());
  }

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.sorted().toList()) {
        examples.addAll(examplesIn(file));
      }
    }
    return examples;
  }

  private static List<Example> examplesIn(Path file) throws IOException {
    List<Example> examples = new ArrayList<>();
    boolean inside = false;
    MaskSpec spec = null;
    for (String line : Files.readAllLines(file)) {
      String text = line.startsWith("/// ") ? line.substring(4).strip() : "";
      if (text.equals("```example")) {
        inside = true;
        spec = null;
      } else if (text.equals("```")) {
        inside = false;
      } else if (inside && spec == null) {
        spec = specOf(text);
      } else if (inside) {
        int arrow = text.lastIndexOf(" -> ");
        assertThat(arrow).as("an arrow in %s: %s", file, text).isPositive();
        examples.add(
            new Example(
                file.toString(),
                spec,
                valueOf(text.substring(0, arrow)),
                valueOf(text.substring(arrow + 4))));
      }
    }
    return examples;
  }

  @SuppressWarnings("unchecked")
  private static MaskSpec specOf(String yaml) {
    Map<String, Object> map = new LinkedHashMap<>((Map<String, Object>) load(yaml));
    return new MaskSpec(String.valueOf(map.remove("algorithm")), map);
  }

  private static Object valueOf(String yaml) {
    return yaml.startsWith("!date ") ? LocalDate.parse(yaml.substring(6)) : load(yaml);
  }

  private static Object load(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }
}
